"""Answers what several callers ask with one call of the model, as they come: dynamic batching.

A caller's HTTP and Python cost a third of what the model takes for a short text. Where each has a
thread to itself, that waits for the model and hands its answer back, threads change places several
times a request. Here callers stand in a line, and a few threads take as many from it as one call
reads well, until nobody is left: nobody waits for a batch to fill.

Source: Crankshaw et al. 2017, "Clipper: a low-latency online prediction serving system" (NSDI),
which batches what has come while the model was busy.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextvars import Context
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from anyio.to_thread import run_sync
from starlette.requests import ClientDisconnect

from app.service.together import Outcome, answer_each
from app.service.work import CALLER, Caller, CallerGone

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from app.web.admission import Admission

AskedT = TypeVar("AskedT")
AnswerT = TypeVar("AnswerT")

ALIKE = 0.15
"""How much longer or shorter than the first of a batch the others may be: more is padding."""


@dataclass(slots=True, eq=False)
class _Place(Generic[AskedT]):
    """Somebody in the line; `answer` is awaited on the event loop, `batch` is read together."""

    asked: AskedT
    size: int
    answer: asyncio.Future[object]
    arrived_s: float = field(default_factory=time.perf_counter)
    has_left: bool = False
    batch: _Batch[AskedT] | None = None


@dataclass(slots=True, eq=False)
class _Batch(Generic[AskedT]):
    """Those who are read together, and who they are to the model's turns: the first who came.

    That one has gone when all have.
    """

    places: list[_Place[AskedT]]
    caller: Caller = field(init=False)

    def __post_init__(self) -> None:
        self.caller = Caller(self.places[0].arrived_s)
        for place in self.places:
            place.batch = self

    def note_who_left(self) -> None:
        """Say that nobody waits any more, where that is so."""
        self.caller.has_gone = all(place.has_left for place in self.places)


class Batcher(Generic[AskedT, AnswerT]):
    """Has `answer` answer what waits, in at most `at_once` threads, each with a turn of admission.

    A call has at most `most` in size together, all of about the same size; what is larger than
    that by itself is asked by itself, as all else is that admission lets in.
    """

    def __init__(
        self,
        answer: Callable[[Sequence[AskedT]], Sequence[AnswerT]],
        admission: Admission,
        *,
        at_once: int,
        most: int,
    ) -> None:
        self._answer = answer
        self._admission = admission
        self._at_once = at_once
        self._most = most
        self._line: deque[_Place[AskedT]] = deque()
        self._guard = Lock()
        self._readers: set[asyncio.Task[None]] = set()
        admission.count(self._line)

    async def ask(
        self, asked: AskedT, *, size: int, until_gone: Callable[[], Awaitable[None]]
    ) -> AnswerT:
        """Return the answer, when its batch has been read.

        Raises:
            Busy: as many wait as may.
            ClientDisconnect: the caller left before.
        """
        if size > self._most:
            (answer,) = await self._admission.run(
                lambda: self._answer([asked]), until_gone=until_gone
            )
            return answer
        self._admission.check_room()
        loop = asyncio.get_running_loop()
        place: _Place[AskedT] = _Place(asked, size, loop.create_future())
        with self._guard:
            self._line.append(place)
        if len(self._readers) < self._at_once:
            # A context of its own: what this caller's carries, as its request's id, is not others'.
            reader = loop.create_task(self._read(loop), context=Context())
            self._readers.add(reader)
        watch = loop.create_task(self._drop_when_gone(place, until_gone))
        try:
            return await place.answer  # type: ignore[return-value]  # what `answer` made of it
        finally:
            watch.cancel()
            self._leave(place)

    async def _drop_when_gone(
        self, place: _Place[AskedT], until_gone: Callable[[], Awaitable[None]]
    ) -> None:
        await until_gone()
        self._leave(place)
        if not place.answer.done():
            place.answer.set_exception(ClientDisconnect())

    def _leave(self, place: _Place[AskedT]) -> None:
        place.has_left = True
        with self._guard:
            if place in self._line:
                self._line.remove(place)
        if place.batch is not None:
            place.batch.note_who_left()

    async def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            async with self._admission.hold():
                while self._line:
                    await run_sync(self._read_line, loop)
        finally:
            self._readers.remove(asyncio.current_task())  # type: ignore[arg-type]  # this is one

    def _read_line(self, loop: asyncio.AbstractEventLoop) -> None:
        """Answer batch after batch, in a thread, until nobody is left in the line."""
        while batch := self._take():
            begun_s = time.perf_counter()
            CALLER.set(batch.caller)
            outcomes = answer_each(self._answer, [place.asked for place in batch.places])
            lasted_s = time.perf_counter() - begun_s
            loop.call_soon_threadsafe(self._deliver, batch, outcomes, lasted_s)

    def _take(self) -> _Batch[AskedT] | None:
        """Take the first out of the line, and with it who fits: the first come the first."""
        with self._guard:
            if not self._line:
                return None
            first = self._line.popleft()
            places, size = [first], first.size
            for place in tuple(self._line):
                alike = abs(place.size - first.size) <= ALIKE * first.size
                if alike and size + place.size <= self._most:
                    self._line.remove(place)
                    places.append(place)
                    size += place.size
            return _Batch(places)

    def _deliver(self, batch: _Batch[AskedT], outcomes: Sequence[Outcome], lasted_s: float) -> None:
        self._admission.note(lasted_s)
        for place, outcome in zip(batch.places, outcomes, strict=True):
            if place.answer.done():
                continue
            if isinstance(outcome.error, CallerGone):
                place.answer.set_exception(ClientDisconnect())
            elif outcome.error is not None:
                place.answer.set_exception(outcome.error)
            else:
                place.answer.set_result(outcome.answer)
