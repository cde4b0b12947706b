"""Shares one model among threads: few batches at a time, whoever has had least of it first.

A batch of one short text does not keep two cores busy: as many run at a time as there are cores.
A text of 100,000 words is read in hundreds of turns of some 50 ms. A small page that comes while
it is read has had nothing yet, so that it waits for the present turn at most, then goes ahead.
Nobody says how large a piece of work is; what it has had already tells.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from threading import Condition, local
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_AT_ONCE = 4
"""Batches at a time on a machine of many cores: each uses several itself."""

EVERYBODY_EACH = 8
"""Every so many turns the one goes to whoever has waited longest: where readers keep the model
busy for hours, a job in the background gets an eighth of it, and ends."""


class Stopping(Exception):
    """The process ends or a job was cancelled: the work is to be broken off."""


@dataclass(slots=True, eq=False)
class Work:
    """One piece of work: all its turns count together.

    Work in the background gives way to all that somebody waits for, and has no turn between
    theirs. `on_turn` runs before each turn, `on_scored` hears now and then how many more texts
    have been read; what they raise ends the work.
    """

    in_background: bool = False
    on_turn: Callable[[], None] | None = None
    on_scored: Callable[[int], None] | None = None
    used_s: float = 0.0


@dataclass(slots=True, eq=False)
class _Place:
    work: Work
    number: int


class Turns:
    """A lock that goes from work in the foreground to that in the background, by what each had.

    As many as `at_once` hold it at a time.
    Source: Kleinrock 1975, "Queueing Systems" II, chapter 4: foreground-background scheduling,
    which serves small jobs first where sizes are not known.
    """

    def __init__(self, *, at_once: int = 1, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._left = at_once
        self._changed = Condition()
        self._line: list[_Place] = []
        self._numbers = count()
        self._given = 0
        self._in_front = 0
        self._over = False
        self._own = local()

    @property
    def waiting(self) -> int:
        """How many threads wait for a turn."""
        return len(self._line)

    @contextmanager
    def working_on(self, work: Work) -> Iterator[None]:
        """Count this thread's turns to that work until the end.

        Until work in the foreground ends, the background waits: nothing else that takes long
        belongs in it.
        """
        before: Work | None = getattr(self._own, "work", None)
        self._own.work = work
        self._count_in_front(not work.in_background)
        try:
            yield
        finally:
            self._own.work = before
            self._count_in_front(-(not work.in_background))

    def close(self) -> None:
        """Give no more turns: whoever asks for one, or waits for it, gets Stopping."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def open(self) -> None:
        """Give turns again after `close`."""
        with self._changed:
            self._over = False

    def __enter__(self) -> None:
        work: Work = getattr(self._own, "work", None) or Work()
        if work.on_turn is not None:
            work.on_turn()
        place = _Place(work, next(self._numbers))
        with self._changed:
            self._line.append(place)
            try:
                self._changed.wait_for(lambda: self._over or self._is_next(place))
            finally:  # after an interrupt too, or nobody behind ever moves
                self._line.remove(place)
                self._changed.notify_all()
            if self._over:
                raise Stopping
            self._left -= 1
            self._own.held = work, self._clock()
            self._given += 1

    def __exit__(self, *_: object) -> None:
        with self._changed:
            work, begun_s = self._own.held
            work.used_s += self._clock() - begun_s
            self._left += 1
            self._changed.notify_all()

    def _is_next(self, place: _Place) -> bool:
        return self._left > 0 and self._first() is place

    def _first(self) -> _Place | None:
        if self._given % EVERYBODY_EACH == EVERYBODY_EACH - 1:
            return min(self._line, key=lambda place: place.number)
        first = min(
            self._line,
            key=lambda place: (place.work.in_background, place.work.used_s, place.number),
        )
        return None if first.work.in_background and self._in_front else first

    def _count_in_front(self, more: int) -> None:
        with self._changed:
            self._in_front += more
            self._changed.notify_all()
