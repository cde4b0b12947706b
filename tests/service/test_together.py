"""Questions answered together: each asker gets their own answer, or their own failure."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from app.service.turns import Turns
from app.service.work import Stopping, Work

MOST = 3
"""Questions that fit together in these tests."""


class Doubler:
    """Doubles numbers, a few at a time; refuses what is no number."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.alone: list[bool] = []

    def fits(self, there, more) -> bool:
        """Return whether there is room, and both are whole numbers or neither."""
        return len(there) < MOST and isinstance(more, type(there[0]))

    def answer(self, asked, *, alone):
        """Return the doubles."""
        self.asked.append(tuple(asked))
        self.alone.append(alone)
        if any(number < 0 for number in asked):
            raise ValueError(f"expected no negative number, got {min(asked)}")
        return [2 * number for number in asked]


class Interrupted(Doubler):
    """Is interrupted in its work."""

    def answer(self, asked, *, alone):
        """Be interrupted, with all that is asked."""
        super().answer(asked, alone=alone)
        raise KeyboardInterrupt


class Askers:
    """Threads that ask in a stated order while somebody holds all turns."""

    def __init__(self, doubler: Doubler, *, at_once: int = 1) -> None:
        self.turns = Turns(at_once=at_once, clock=lambda: 0.0)
        self.told: dict[object, object] = {}
        self._doubler = doubler
        self._threads: list[Thread] = []

    def ask(self, number: object, work: Work | None = None) -> None:
        """Have one more thread ask, and return once it waits."""
        waiting = self.turns.waiting
        thread = Thread(target=self._ask, args=(number, work or Work()))
        self._threads.append(thread)
        thread.start()
        while self.turns.waiting == waiting:
            Event().wait(0.0005)

    def join(self) -> None:
        """Wait until all have been told."""
        for thread in self._threads:
            thread.join(10)

    def _ask(self, number, work) -> None:
        try:
            with self.turns.working_on(work):
                self.told[number] = self.turns.share(number, self._doubler)
        except (ValueError, Stopping, KeyboardInterrupt) as error:
            self.told[number] = error


@pytest.fixture
def doubler():
    """Return what answers."""
    return Doubler()


@pytest.fixture
def askers(doubler):
    """Return threads that ask it."""
    return Askers(doubler)


def test_who_waits_is_answered_together_in_order(askers, doubler):
    """What waits when a turn becomes free goes as far as it fits, first come first."""
    with askers.turns:
        for number in range(7):
            askers.ask(number)
    askers.join()

    assert doubler.asked == [(0, 1, 2), (3, 4, 5), (6,)]
    assert askers.told == {number: 2 * number for number in range(7)}


def test_nobody_waits_for_others_to_come(askers, doubler):
    """Who finds the turn free asks at once, and alone."""
    assert askers.turns.share(4, doubler) == 8
    assert (doubler.asked, doubler.alone) == ([(4,)], [True])


def test_what_does_not_fit_waits_and_the_next_goes_along(askers, doubler):
    """One that is of another kind keeps its place; who stands behind it is not held up."""
    with askers.turns:
        for number in (1, 2.5, 3, 4.5):
            askers.ask(number)
    askers.join()

    assert doubler.asked == [(1, 3), (2.5, 4.5)]
    assert askers.told == {1: 2, 2.5: 5.0, 3: 6, 4.5: 9.0}


def test_a_failure_is_its_own_askers_alone(askers, doubler):
    """Where one question cannot be answered, those asked with it are answered all the same."""
    with askers.turns:
        for number in (1, -2, 3):
            askers.ask(number)
    askers.join()

    assert doubler.asked[0] == (1, -2, 3)
    assert (askers.told[1], askers.told[3]) == (2, 6)
    assert str(askers.told[-2]) == "expected no negative number, got -2"
    assert askers.turns.share(5, doubler) == 10


def test_the_background_does_not_go_along_with_who_waits(askers, doubler):
    """A job's batch makes nobody's batch longer who waits for an answer."""
    with askers.turns:
        askers.ask(1, Work(in_background=True))
        askers.ask(2)
        askers.ask(3)
    askers.join()

    assert doubler.asked == [(2, 3), (1,)]


def test_each_is_charged_its_part(doubler):
    """The time of a turn is divided among those who were answered in it."""
    askers, works = Askers(doubler), [Work(), Work(), Work()]
    times = iter([0.0, 1.0, 1.0, 7.0])
    askers.turns = Turns(clock=lambda: next(times))

    with askers.turns:
        for number, work in enumerate(works):
            askers.ask(number, work)
    askers.join()

    assert [work.used_s for work in works] == [2.0, 2.0, 2.0]


def test_who_shares_the_machine_is_told(doubler):
    """While another holds a turn, what is asked beside it is asked knowing that."""
    turns = Turns(at_once=2)

    with turns:
        turns.share(1, doubler)
    turns.share(2, doubler)

    assert doubler.alone == [False, True]


def test_the_end_comes_to_all_who_wait(askers):
    """When turns are over, nobody who waits to be taken along waits for ever."""
    with askers.turns:
        askers.ask(1)
        askers.ask(2)
        askers.turns.close()
    askers.join()

    assert all(isinstance(told, Stopping) for told in askers.told.values())
    assert len(askers.told) == 2


def test_who_is_interrupted_leaves_nobody_behind():
    """Who was taken along by a thread that is interrupted is told to stop, not forgotten."""
    askers = Askers(Interrupted())

    with askers.turns:
        askers.ask(1)
        askers.ask(2)
    askers.join()

    assert isinstance(askers.told[1], KeyboardInterrupt)
    assert isinstance(askers.told[2], Stopping)
    assert askers.turns.share(3, Doubler()) == 6
