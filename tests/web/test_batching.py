"""Callers who ask at once, answered together."""

from __future__ import annotations

import threading
import time

import anyio
import pytest
from starlette.requests import ClientDisconnect

from app.errors import Busy
from app.service.turns import Turns
from app.service.work import CALLER, Work
from app.web.admission import Admission
from app.web.batching import Batcher
from tests.web.test_admission import stay, until


class Model:
    """Answers a word by its capitals; `hold` has it wait, and `batches` are what it was asked."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.go_on = threading.Event()
        self.go_on.set()

    def answer(self, asked: list[str]) -> list[str]:
        """Return the words in capitals; one that is "bad" spoils its batch."""
        self.batches.append(list(asked))
        assert self.go_on.wait(5)
        if "bad" in asked:
            raise ValueError("broken")
        return [word.upper() for word in asked]


def batcher_of(model: Model, *, limit: int = 10, workers: int = 4, at_once: int = 1, most: int = 8):
    """Return a batcher over the model, with the admission that it asks."""
    admission = Admission(workers=workers, limit=limit)
    return Batcher(model.answer, admission, at_once=at_once, most=most), admission


def ask_all(batcher, model: Model, words: list[str], *, size: int = 2) -> dict[str, object]:
    """Ask the first word, and while the model holds it all others; return what came of each."""
    came: dict[str, object] = {}

    async def ask(word: str) -> None:
        try:
            came[word] = await batcher.ask(word, size=size, until_gone=stay)
        except ValueError as error:
            came[word] = error

    async def scenario() -> None:
        model.go_on.clear()
        async with anyio.create_task_group() as group:
            group.start_soon(ask, words[0])
            await until(lambda: model.batches)
            for word in words[1:]:
                group.start_soon(ask, word)
                await anyio.wait_all_tasks_blocked()
            model.go_on.set()

    anyio.run(scenario)
    return came


def test_who_waits_is_answered_together_and_each_gets_its_own():
    """What came while the model was busy is read in few calls, the first come first."""
    model = Model()
    batcher, admission = batcher_of(model)

    came = ask_all(batcher, model, ["a", "b", "c", "d", "e", "f"])

    assert came == {word: word.upper() for word in "abcdef"}
    assert model.batches == [["a"], ["b", "c", "d", "e"], ["f"]]
    assert (admission.waiting, admission.running) == (0, 0)


def test_nobody_waits_for_a_batch_to_fill():
    """A caller who is alone is answered at once, one after the other."""
    model = Model()
    batcher, _ = batcher_of(model)

    async def ask_twice() -> list[str]:
        return [await batcher.ask(word, size=1, until_gone=stay) for word in ("a", "b")]

    assert anyio.run(ask_twice) == ["A", "B"]
    assert model.batches == [["a"], ["b"]]


def test_texts_of_another_size_go_in_another_batch():
    """The longest of a batch is what all others are padded to."""
    model = Model()
    batcher, _ = batcher_of(model, most=100)
    sizes = {"long": 40, "longer": 44, "short": 10}

    async def scenario() -> None:
        model.go_on.clear()
        async with anyio.create_task_group() as group:

            async def ask(word: str) -> None:
                await batcher.ask(word, size=sizes.get(word, 1), until_gone=stay)

            group.start_soon(ask, "first")
            await until(lambda: model.batches)
            for word in ("long", "short", "longer"):
                group.start_soon(ask, word)
                await anyio.wait_all_tasks_blocked()
            model.go_on.set()

    anyio.run(scenario)

    assert model.batches == [["first"], ["long", "longer"], ["short"]]


def test_what_is_too_large_for_a_batch_is_asked_by_itself():
    """It has a turn of its own, in which nobody else waits for it."""
    model = Model()
    batcher, _ = batcher_of(model, most=8)

    async def ask() -> str:
        return await batcher.ask("novel", size=9, until_gone=stay)

    assert anyio.run(ask) == "NOVEL"


def test_what_one_breaks_is_broken_for_that_one_alone():
    """The others of the batch are asked again without it."""
    model = Model()
    batcher, _ = batcher_of(model)

    came = ask_all(batcher, model, ["a", "b", "bad", "c"])

    assert isinstance(came.pop("bad"), ValueError)
    assert came == {"a": "A", "b": "B", "c": "C"}


def test_who_leaves_is_not_read():
    """Whoever hangs up while waiting is never asked about, and holds no place in the line."""
    model = Model()
    batcher, admission = batcher_of(model)

    async def scenario() -> None:
        hang_up = anyio.Event()
        model.go_on.clear()

        async def leave() -> None:
            with pytest.raises(ClientDisconnect):
                await batcher.ask("left", size=1, until_gone=hang_up.wait)

        async def wait(word: str) -> None:
            await batcher.ask(word, size=1, until_gone=stay)

        async with anyio.create_task_group() as group:
            group.start_soon(wait, "a")
            await until(lambda: model.batches)
            group.start_soon(leave)
            group.start_soon(wait, "b")
            await until(lambda: admission.waiting == 2)
            hang_up.set()
            await until(lambda: admission.waiting == 1)
            model.go_on.set()

    anyio.run(scenario)

    assert model.batches == [["a"], ["b"]]


def test_refuses_when_as_many_wait_as_may():
    """The line is as long as the queue before the model may be, whoever stands in it."""
    model = Model()
    batcher, admission = batcher_of(model, limit=2)

    async def scenario() -> Busy:
        model.go_on.clear()

        async def wait(word: str) -> None:
            await batcher.ask(word, size=1, until_gone=stay)

        async with anyio.create_task_group() as group:
            group.start_soon(wait, "a")
            await until(lambda: model.batches)
            for word in "bc":
                group.start_soon(wait, word)
            await until(lambda: admission.waiting == 2)
            with pytest.raises(Busy) as refused:
                await batcher.ask("d", size=1, until_gone=stay)
            model.go_on.set()
        return refused.value

    assert anyio.run(scenario).retry_after_s >= 1
    assert [word for batch in model.batches for word in batch] == ["a", "b", "c"]


def test_waits_for_a_turn_where_others_have_all():
    """What admission lets in holds its turns; stances come when one is free."""
    model = Model()
    batcher, admission = batcher_of(model, workers=1)
    release = threading.Event()
    done: list[str] = []

    async def scenario() -> None:
        async def mine() -> None:
            await admission.run(lambda: release.wait(5), until_gone=stay)
            done.append("page")

        async def ask() -> None:
            done.append(await batcher.ask("a", size=1, until_gone=stay))

        async with anyio.create_task_group() as group:
            group.start_soon(mine)
            await until(lambda: admission.running == 1)
            group.start_soon(ask)
            await until(lambda: admission.waiting == 1)
            assert model.batches == []
            release.set()

    anyio.run(scenario)

    assert done == ["page", "A"]


def ask_in_turns(leaving: int) -> tuple[list[str], list[list[str]]]:
    """Ask for two words in one batch that waits for a turn; `leaving` of the callers hang up then.

    Returns what the others were told, and what the model was asked.
    """
    model, turns = Model(), Turns()

    def answer(asked: list[str]) -> list[str]:
        with turns.working_on(Work()), turns:
            return model.answer(asked)

    batcher = Batcher(answer, Admission(workers=2, limit=5), at_once=1, most=8)
    told: list[str] = []

    async def scenario() -> None:
        hang_up = anyio.Event()

        async def leave(word: str) -> None:
            with pytest.raises(ClientDisconnect):
                await batcher.ask(word, size=1, until_gone=hang_up.wait)

        async def wait(word: str) -> None:
            told.append(await batcher.ask(word, size=1, until_gone=stay))

        async with anyio.create_task_group() as group:
            with turns:
                for place, word in enumerate(("a", "b")):
                    group.start_soon(leave if place < leaving else wait, word)
                await until(lambda: turns.waiting == 1)
                hang_up.set()
                await anyio.wait_all_tasks_blocked()

    anyio.run(scenario)
    return told, model.batches


def test_one_who_leaves_takes_no_answer_from_the_others_of_the_batch():
    """The batch is read for those who stayed, though the first of it has gone."""
    assert ask_in_turns(leaving=1) == (["B"], [["a", "b"]])


def test_a_batch_that_all_have_left_is_not_read():
    """What is done for nobody is left at that."""
    assert ask_in_turns(leaving=2) == ([], [])


def test_a_batch_works_for_its_first_caller():
    """What the model's turns go by is when the first came; nothing else of a caller is carried."""
    seen: list[object] = []
    admission = Admission(workers=1, limit=5)

    def answer(asked: list[str]) -> list[str]:
        seen.append(CALLER.get())
        return asked

    batcher = Batcher(answer, admission, at_once=1, most=8)

    async def ask() -> None:
        CALLER.set("whoever this context was for")
        await batcher.ask("a", size=1, until_gone=stay)

    before_s = time.perf_counter()
    anyio.run(ask)

    (caller,) = seen
    assert before_s <= caller.arrived_s <= time.perf_counter()
