"""Turns at the model: few at a time, small work first, and nobody waits for ever."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Barrier, Event, Lock, Thread

import pytest

from app.service.turns import EVERYBODY_EACH, Turns
from app.service.work import Caller, CallerGone, Stopping, Work

MANY = 200
"""Turns of long work: nobody could mistake the middle of it for its end."""


class Line:
    """Threads that wait for a turn in a stated order, while another holds it."""

    def __init__(self) -> None:
        self.turns = Turns(clock=lambda: 0.0)
        self.served: list[str] = []
        self.dropped: list[str] = []
        self._threads: list[Thread] = []

    def join(self, name: str, work: Work | None = None) -> None:
        """Have one more thread wait, and return once it does."""
        waiting = self.turns.waiting
        thread = Thread(target=self._serve, args=(name, work))
        self._threads.append(thread)
        thread.start()
        while self.turns.waiting == waiting:
            Event().wait(0.0005)

    @contextmanager
    def held(self):
        """Hold the turn until all have joined, then let everybody have theirs."""
        with self.turns:
            yield
        for thread in self._threads:
            thread.join()

    def _serve(self, name: str, work: Work | None) -> None:
        try:
            with self.turns.working_on(work or Work()), self.turns:
                self.served.append(name)
        except CallerGone:
            self.dropped.append(name)


def test_who_waits_first_goes_first():
    """Among those who had nothing yet, turns go in order of arrival."""
    line = Line()

    with line.held():
        for name in "abcde":
            line.join(name)

    assert line.served == list("abcde")


def test_whose_request_came_first_goes_first():
    """The order is that of requests, not that in which their threads got to asking."""
    line, early, late = Line(), Caller(arrived_s=1.0), Caller(arrived_s=2.0)

    with line.held():
        line.join("late", Work(caller=late))
        line.join("early", Work(caller=early))

    assert line.served == ["early", "late"]


def test_what_is_done_for_nobody_is_dropped():
    """Work that has not begun ends with its caller's leaving; what has begun is finished."""
    line = Line()
    callers = {name: Caller() for name in ("stays", "left", "left late")}

    with line.held():
        for name, caller in callers.items():
            line.join(name, Work(caller=caller, used_s=float(name == "left late")))
        callers["left"].has_gone = callers["left late"].has_gone = True

    assert line.served == ["stays", "left late"]
    assert line.dropped == ["left"]


def test_who_had_least_goes_first():
    """Work that has had much of the model waits behind work that has had little."""
    line = Line()

    with line.held():
        line.join("had much", Work(used_s=60.0))
        line.join("had some", Work(used_s=1.0))
        line.join("new", Work())

    assert line.served == ["new", "had some", "had much"]


def test_who_began_first_goes_first():
    """Work that a busy machine kept from asking goes before later work that had as little."""
    line, early, late = Line(), Work(), Work()

    with line.held():
        line.join("late", late)
        line.join("early", early)

    assert line.served == ["early", "late"]


def test_background_gives_way():
    """What nobody waits for goes last, however little it has had."""
    line = Line()

    with line.held():
        line.join("job", Work(in_background=True))
        line.join("page", Work(used_s=9.0))

    assert line.served == ["page", "job"]


def test_background_waits_between_turns_of_others():
    """While somebody's call is under way, a job does not slip in between two of its turns."""
    turns, order, begun = Turns(), [], Event()

    def read_in_background() -> None:
        with turns.working_on(Work(in_background=True)):
            begun.set()
            with turns:
                order.append("job")

    job = Thread(target=read_in_background)
    with turns.working_on(Work()):
        job.start()
        begun.wait(10)
        for _ in range(EVERYBODY_EACH - 2):
            with turns:
                Event().wait(0.002)
            Event().wait(0.002)  # long enough for the job to come in, if it could
            order.append("page")
    job.join()

    assert order == ["page"] * (EVERYBODY_EACH - 2) + ["job"]


def test_background_is_not_starved():
    """However many readers come, whoever waits longest has a turn among so many."""
    line = Line()

    with line.held():
        line.join("job", Work(in_background=True))
        for number in range(2 * EVERYBODY_EACH):
            line.join(f"page {number}")

    assert line.served.index("job") < EVERYBODY_EACH


def test_small_work_overtakes_long_work():
    """Short work that comes in the middle of long work ends long before that does."""
    turns, begun, done = Turns(), Event(), []

    def read(name: str, count: int) -> None:
        with turns.working_on(Work()):
            for number in range(count):
                with turns:
                    begun.set()
                    Event().wait(0.0005)
                done.append((name, number))

    long = Thread(target=read, args=("long", MANY))
    long.start()
    begun.wait(10)
    read("short", 3)
    read_before = len(done)
    long.join()

    assert read_before < MANY // 2
    assert len(done) == MANY + 3


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_as_many_turns_at_a_time_as_there_may_be(at_once):
    """Threads that ask at once are served so many at a time, and all of them in the end."""
    turns, guard, start = Turns(at_once=at_once), Lock(), Barrier(5)
    inside: list[int] = [0]
    seen: list[int] = []

    def ask() -> None:
        start.wait()
        for _ in range(20):
            with turns:
                with guard:
                    inside[0] += 1
                    seen.append(inside[0])
                Event().wait(0.0005)  # long enough for others to come in
                with guard:
                    inside[0] -= 1

    threads = [Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(seen), max(seen)) == (100, at_once)


def test_turns_at_the_same_time_are_charged_to_whose_they_are():
    """What one holds while another begins and ends is counted to each by itself."""
    times = iter([0.0, 1.0, 2.0, 5.0])
    turns = Turns(at_once=2, clock=lambda: next(times))
    long, short, held = Work(), Work(), Event()

    def hold() -> None:
        with turns.working_on(long), turns:
            held.set()
            other.join()

    def pass_through() -> None:
        held.wait(10)
        with turns.working_on(short), turns:
            pass

    other, holder = Thread(target=pass_through), Thread(target=hold)
    other.start()
    holder.start()
    holder.join()

    assert (long.used_s, short.used_s) == (5.0, 1.0)


def test_use_is_added_up():
    """What a piece of work is charged is the time of all its turns, and of no others."""
    times = iter([0.0, 2.0, 10.0, 10.5, 20.0, 20.25])
    turns, work = Turns(clock=lambda: next(times)), Work()

    with turns.working_on(work):
        with turns:
            pass
        with turns.working_on(Work()), turns:
            pass
        with turns:
            pass

    assert work.used_s == pytest.approx(2.25)


def test_work_ends_before_a_turn():
    """Work that is told to stop takes no further turn, and does not keep others from theirs."""
    turns, taken = Turns(), []

    def stop_after_three() -> None:
        if len(taken) == 3:
            raise InterruptedError

    def take_turns() -> None:
        with turns.working_on(Work(on_turn=stop_after_three)):
            for number in range(MANY):
                with turns:
                    taken.append(number)

    with pytest.raises(InterruptedError):
        take_turns()
    with turns:
        taken.append("another")

    assert taken == [0, 1, 2, "another"]


def test_closed_turns_end_all_work():
    """Once turns are over, who waits for one and who asks for one are told to stop."""
    turns, told, waits = Turns(), [], Event()

    def wait() -> None:
        waits.set()
        try:
            with turns:
                told.append("a turn")
        except Stopping:
            told.append("to stop")

    waiting = Thread(target=wait)
    with turns:
        waiting.start()
        waits.wait(10)
        turns.close()
        waiting.join()

    with pytest.raises(Stopping), turns:
        pass
    assert told == ["to stop"]


def test_a_line_that_was_closed_opens_again():
    """Once a service is served anew, its model has turns again."""
    turns = Turns()
    turns.close()
    with pytest.raises(Stopping), turns:
        pass
    turns.open()
    with turns:
        assert turns.waiting == 0
