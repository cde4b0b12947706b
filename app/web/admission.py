"""The bounded queue before the model: few calls run at a time, some wait, the rest are refused.

It lives on the event loop and runs the work itself in worker threads, so that the loop is never
held up by a forward pass.
"""

from __future__ import annotations

import math
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

import anyio
import anyio.to_thread
from starlette.requests import ClientDisconnect

from app.errors import Busy
from app.service.work import CALLER, Caller, CallerGone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sized

ResultT = TypeVar("ResultT")

_FIRST_GUESS_S = 1.0
"""How long a call is taken to run before one has been seen."""
_WEIGHT_OF_LAST = 0.3
"""How much the last call moves the typical time: about the last five calls count."""
_LONGEST_RETRY_S = 120
"""Nobody is sent away for longer: by then the estimate says nothing any more."""


class Admission:
    """Lets `workers` calls run at a time and `limit` more wait for their turn, first come first."""

    def __init__(self, *, workers: int, limit: int) -> None:
        self._turns = anyio.Semaphore(workers)
        self._threads = anyio.CapacityLimiter(workers)
        self._workers = workers
        self._limit = limit
        self._typical_s = _FIRST_GUESS_S
        self._waiting = 0
        self._lines: list[Sized] = []
        self.running = 0

    @property
    def waiting(self) -> int:
        """How many wait, those in lines of their own too."""
        return self._waiting + sum(map(len, self._lines))

    def count(self, line: Sized) -> None:
        """Count whoever stands in that line as waiting, from now on."""
        self._lines.append(line)

    async def run(
        self, work: Callable[[], ResultT], *, until_gone: Callable[[], Awaitable[None]]
    ) -> ResultT:
        """Return what `work` returns, run in a thread when its turn comes.

        `until_gone` returns when the caller has left; a caller who leaves while waiting frees
        the place. Work that runs for a caller who has left is told so, and ends where it has not
        come to the model yet.

        Raises:
            Busy: as many calls wait as may.
            ClientDisconnect: the caller left before the model had begun.
        """
        caller = Caller()
        CALLER.set(caller)
        await self._take_turn(until_gone)
        self.running += 1
        begun = time.perf_counter()
        try:
            return await self._run(work, caller, until_gone)
        except CallerGone:
            raise ClientDisconnect from None
        finally:
            self.note(time.perf_counter() - begun)
            self.running -= 1
            self._turns.release()

    @asynccontextmanager
    async def hold(self) -> AsyncIterator[None]:
        """Hold one of the turns, for who serves a line of its own: waits for it however long."""
        async with self._turns:
            self.running += 1
            try:
                yield
            finally:
                self.running -= 1

    def check_room(self) -> None:
        """Return if one more may wait.

        Raises:
            Busy: as many wait as may.
        """
        if self.waiting >= self._limit:
            raise Busy(
                f"expected at most {self._limit} requests to wait for the model, "
                "and that many do already",
                retry_after_s=self._estimate_wait_s(),
            )

    def note(self, lasted_s: float) -> None:
        """Learn how long a call held its turn, by which it is told when there may be room again."""
        self._typical_s += _WEIGHT_OF_LAST * (lasted_s - self._typical_s)

    async def _run(
        self, work: Callable[[], ResultT], caller: Caller, until_gone: Callable[[], Awaitable[None]]
    ) -> ResultT:
        async def watch() -> None:
            await until_gone()
            caller.has_gone = True

        problem: Exception | None = None
        async with anyio.create_task_group() as group:
            group.start_soon(watch)
            try:
                result = await anyio.to_thread.run_sync(work, limiter=self._threads)
            except Exception as error:  # noqa: BLE001 - raised below: a group would wrap it
                problem = error
            group.cancel_scope.cancel()
        if problem is not None:
            raise problem
        return result

    async def _take_turn(self, until_gone: Callable[[], Awaitable[None]]) -> None:
        try:
            self._turns.acquire_nowait()
        except anyio.WouldBlock:
            await self._wait_for_turn(until_gone)

    async def _wait_for_turn(self, until_gone: Callable[[], Awaitable[None]]) -> None:
        self.check_room()
        has_turn = False
        self._waiting += 1
        try:
            async with anyio.create_task_group() as group:

                async def watch() -> None:
                    await until_gone()
                    group.cancel_scope.cancel()

                group.start_soon(watch)
                await self._turns.acquire()
                has_turn = True
                group.cancel_scope.cancel()
        finally:
            self._waiting -= 1
        if not has_turn:
            raise ClientDisconnect

    def _estimate_wait_s(self) -> int:
        ahead = self.waiting + self.running
        return max(1, min(_LONGEST_RETRY_S, math.ceil(self._typical_s * ahead / self._workers)))
