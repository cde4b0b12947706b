"""The bounded queue before the model."""

from __future__ import annotations

import threading

import anyio
import pytest
from starlette.requests import ClientDisconnect

from app.errors import Busy
from app.service.turns import Turns
from app.service.work import Work
from app.web.admission import Admission


async def stay() -> None:
    """Be a caller who never leaves."""
    await anyio.sleep_forever()


async def until(condition) -> None:
    """Wait until something is so, a few seconds at most."""
    with anyio.fail_after(5):
        while not condition():  # noqa: ASYNC110  (nobody sets an event for it)
            await anyio.sleep(0.001)


def test_returns_what_the_work_returns():
    """The result of the work, done in another thread, comes back."""
    admission = Admission(workers=1, limit=1)

    async def ask() -> int:
        return await admission.run(threading.get_ident, until_gone=stay)

    assert anyio.run(ask) != threading.get_ident()


def test_refuses_when_as_many_wait_as_may():
    """With one running and two waiting the fourth is refused, and the others are served."""
    admission = Admission(workers=1, limit=2)
    release = threading.Event()
    served: list[bool] = []

    async def one() -> None:
        served.append(await admission.run(lambda: release.wait(5), until_gone=stay))

    async def scenario() -> Busy:
        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(one)
            await until(lambda: admission.running == 1 and admission.waiting == 2)
            with pytest.raises(Busy) as refused:
                await admission.run(lambda: None, until_gone=stay)
            release.set()
        return refused.value

    busy = anyio.run(scenario)

    assert busy.retry_after_s >= 1
    assert served == [True, True, True]
    assert (admission.running, admission.waiting) == (0, 0)


def test_a_caller_who_leaves_frees_the_place():
    """Whoever hangs up while waiting is never served, and the next one may wait instead."""
    admission = Admission(workers=1, limit=1)
    release = threading.Event()
    done: list[str] = []

    async def run_first() -> None:
        await admission.run(lambda: release.wait(5), until_gone=stay)

    async def scenario() -> None:
        hang_up = anyio.Event()

        async def leave() -> None:
            with pytest.raises(ClientDisconnect):
                await admission.run(lambda: done.append("left"), until_gone=hang_up.wait)

        async def come_later() -> None:
            await admission.run(lambda: done.append("later"), until_gone=stay)

        async with anyio.create_task_group() as group:
            group.start_soon(run_first)
            await until(lambda: admission.running == 1)
            group.start_soon(leave)
            await until(lambda: admission.waiting == 1)
            hang_up.set()
            await until(lambda: admission.waiting == 0)
            group.start_soon(come_later)
            await until(lambda: admission.waiting == 1)
            release.set()

    anyio.run(scenario)

    assert done == ["later"]


def test_work_that_fails_frees_its_place():
    """An error comes out to its caller, and the next one gets the turn."""
    admission = Admission(workers=1, limit=1)

    def fail() -> None:
        raise ValueError("broken")

    async def scenario() -> str:
        with pytest.raises(ValueError, match="broken"):
            await admission.run(fail, until_gone=stay)
        return await admission.run(lambda: "next", until_gone=stay)

    assert anyio.run(scenario) == "next"
    assert admission.running == 0


def test_a_caller_who_leaves_is_not_answered_by_the_model():
    """Work that waits for the model is dropped with its caller; the others' goes on."""
    admission, turns = Admission(workers=2, limit=1), Turns()
    read: list[str] = []

    def ask(name: str) -> str:
        with turns.working_on(Work()), turns:
            read.append(name)
        return name

    async def scenario() -> None:
        hang_up = anyio.Event()
        told: list[str] = []

        async def leave() -> None:
            with pytest.raises(ClientDisconnect):
                await admission.run(lambda: ask("left"), until_gone=hang_up.wait)

        async def wait() -> None:
            told.append(await admission.run(lambda: ask("stayed"), until_gone=stay))

        async with anyio.create_task_group() as group:
            with turns:
                group.start_soon(leave)
                await until(lambda: turns.waiting == 1)
                group.start_soon(wait)
                await until(lambda: turns.waiting == 2)
                hang_up.set()
                await anyio.wait_all_tasks_blocked()
        assert told == ["stayed"]

    anyio.run(scenario)

    assert read == ["stayed"]
