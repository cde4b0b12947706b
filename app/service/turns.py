"""Shares one model among threads: few batches at a time, whoever has had least of it first.

A text of 100,000 words is read in hundreds of turns of some 50 ms. A small page that comes while
it is read has had nothing yet, so that it waits for the present turn at most, then goes ahead.
Nobody says how large a piece of work is; what it has had already tells.

Who has a turn takes along what others wait with, as far as that makes one batch with their own:
texts of many callers are read in less time together, and nobody waits for them to come.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import count
from threading import Lock, local
from typing import TYPE_CHECKING, Any, TypeVar

from app.service.line import Place
from app.service.together import Outcome, answer_each
from app.service.work import CallerGone, Stopping, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.service.together import Together

AskedT = TypeVar("AskedT")
AnswerT = TypeVar("AnswerT")
ItemT = TypeVar("ItemT")
DoneT = TypeVar("DoneT")

MOST_AT_ONCE = 4
"""Batches at a time on a machine of many cores: each uses several itself."""

EVERYBODY_EACH = 8
"""Every so many turns the one goes to whoever has waited longest: where readers keep the model
busy for hours, a job in the background gets an eighth of it, and ends."""


class Turns:
    """A lock that goes from work in the foreground to that in the background, by what each had.

    As many as `at_once` hold it at a time; it is handed to who is next, so that nobody who comes
    later can snatch it.
    Source: Kleinrock 1975, "Queueing Systems" II, chapter 4: foreground-background scheduling,
    which serves small jobs first where sizes are not known.
    """

    def __init__(self, *, at_once: int = 1, clock: Callable[[], float] = time.perf_counter) -> None:
        self.at_once = at_once
        self._clock = clock
        self._left = at_once
        self._guard = Lock()
        self._line: list[Place] = []
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

    def spread(self, do: Callable[[ItemT], DoneT], items: Sequence[ItemT]) -> list[DoneT]:
        """Return what `do` makes of each item, in order; all that is this thread's work.

        Where several turns are given at a time as many threads go through the items, so that a
        page which is alone has all of them. Work in the background keeps to one: a reader who
        comes then has another at once. What one raises is raised once the items begun end.
        """
        work = self._work()
        if self.at_once == 1 or not items[1:] or work.in_background:
            return [do(item) for item in items]

        def go_on(item: ItemT) -> DoneT:
            self._own.work = work
            return do(item)

        with ThreadPoolExecutor(self.at_once, thread_name_prefix="spread") as pool:
            begun = [pool.submit(go_on, item) for item in items]
            try:
                return [own.result() for own in begun]
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """Give no more turns: whoever asks for one, or waits for it, gets Stopping."""
        with self._guard:
            self._over = True
            for place in self._line:
                place.is_over = True
                place.called.release()
            self._line.clear()

    def open(self) -> None:
        """Give turns again after `close`."""
        with self._guard:
            self._over = False

    def __enter__(self) -> None:
        place = self._place()
        self._wait(place)
        self._own.held = place.work, self._clock()

    def __exit__(self, *_: object) -> None:
        work, begun_s = self._own.held
        self._end_turn([work], begun_s)

    def share(self, asked: AskedT, together: Together[AskedT, AnswerT]) -> AnswerT:
        """Return the answer to what is asked, had in a turn of this thread or along with another's.

        What fails together is asked again one by one, so that each hears of its own failure only.
        """
        place = self._place(asked, together)
        self._wait(place)
        outcome = place.outcome or self._answer_along(place, together)
        answer: AnswerT = outcome.open()
        return answer

    def _answer_along(self, leader: Place, together: Together[Any, Any]) -> Outcome:
        """Have what the leader asks answered, and all that goes along; end its turn."""
        begun_s = self._clock()
        with self._guard:
            along = [leader, *self._take_along(leader, together)]
            alone = self._left == self.at_once - 1 and self._in_front <= 1
        outcomes = [Outcome(error=Stopping()) for _ in along]  # should this thread be interrupted
        try:
            outcomes = answer_each(
                partial(together.answer, alone=alone), [own.asked for own in along]
            )
        finally:
            self._end_turn([own.work for own in along], begun_s)
            for own, outcome in zip(along[1:], outcomes[1:], strict=True):
                own.outcome = outcome
                own.called.release()
        return outcomes[0]

    def _place(self, asked: Any = None, together: Together[Any, Any] | None = None) -> Place:
        work = self._work()
        if work.on_turn is not None:
            work.on_turn()
        return Place(work, next(self._numbers), asked, together)

    def _work(self) -> Work:
        work: Work | None = getattr(self._own, "work", None)
        return work or Work()

    def _wait(self, place: Place) -> None:
        """Return once the place has a turn or its outcome."""
        with self._guard:
            if self._over:
                raise Stopping
            self._line.append(place)
            self._hand_out()
        try:
            place.called.acquire()
        except BaseException:  # an interrupt: nobody behind may wait for this one
            with self._guard:
                if place in self._line:
                    self._line.remove(place)
                self._left += place.has_turn
                self._hand_out()
            raise
        if place.is_over:
            raise Stopping
        if place.is_dropped:
            raise CallerGone

    def _end_turn(self, works: Sequence[Work], begun_s: float) -> None:
        with self._guard:
            each_s = (self._clock() - begun_s) / len(works)
            for work in works:
                work.used_s += each_s
            self._left += 1
            self._hand_out()

    def _hand_out(self) -> None:
        while self._left > 0 and (first := self._first()) is not None:
            self._line.remove(first)
            if first.work.is_for_nobody:
                first.is_dropped = True
            else:
                self._left -= 1
                self._given += 1
                first.has_turn = True
            first.called.release()

    def _first(self) -> Place | None:
        if not self._line:
            return None
        if self._given % EVERYBODY_EACH == EVERYBODY_EACH - 1:
            return min(self._line, key=lambda place: place.number)
        first = min(self._line, key=lambda place: place.rank)
        return None if first.work.in_background and self._in_front else first

    def _take_along(self, leader: Place, together: Together[Any, Any]) -> list[Place]:
        """Take out of the line whatever makes one batch with what the leader asks."""
        taken = [leader]
        for place in sorted(self._line, key=lambda place: place.rank):
            alike = (
                place.together is together
                and place.work.in_background == leader.work.in_background
                and not place.work.is_for_nobody
            )
            if alike and together.fits([own.asked for own in taken], place.asked):
                taken.append(place)
                self._line.remove(place)
        return taken[1:]

    def _count_in_front(self, more: int) -> None:
        with self._guard:
            self._in_front += more
            self._hand_out()
