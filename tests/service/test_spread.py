"""The batches of one call are spread over turns that are free, and stay one piece of work."""

from __future__ import annotations

from threading import Barrier, Event, Thread, get_ident

import pytest

from app.service.turns import Turns
from app.service.work import Stopping, Work


def in_turns(turns: Turns, do):
    """Return what does that in a turn of its thread."""

    def take_turn(item):
        with turns:
            return do(item)

    return take_turn


def test_answers_keep_the_order_of_what_was_asked():
    """Also where a later item ends first."""
    later = Event()

    def do(item: int) -> int:
        if item == 0:
            assert later.wait(10)
        later.set()
        return item * item

    turns = Turns(at_once=2)

    assert turns.spread(in_turns(turns, do), range(5)) == [0, 1, 4, 9, 16]


def test_a_call_alone_has_all_turns():
    """Two batches run at a time: each waits for the other to have begun."""
    meet = Barrier(2, timeout=10)
    turns = Turns(at_once=2)

    turns.spread(in_turns(turns, lambda _: meet.wait()), range(4))


@pytest.mark.parametrize(("at_once", "items"), [(1, 3), (2, 1)])
def test_no_thread_is_begun_for_one_turn_or_one_batch(at_once, items):
    """It would only cost time."""
    turns = Turns(at_once=at_once)

    ran_in = turns.spread(lambda _: get_ident(), range(items))

    assert ran_in == [get_ident()] * items


def test_work_in_the_background_leaves_a_turn_to_readers():
    """A job goes through its batches one by one, in the thread that it has."""
    turns = Turns(at_once=2)

    with turns.working_on(Work(in_background=True)):
        ran_in = turns.spread(lambda _: get_ident(), range(4))

    assert ran_in == [get_ident()] * 4


def test_all_turns_count_to_the_work_of_who_asked():
    """Else a long page would come in as a new small one with every batch."""
    ticks = iter(range(1000))
    turns, work = Turns(at_once=2, clock=lambda: next(ticks)), Work()

    with turns.working_on(work):
        turns.spread(in_turns(turns, lambda _: None), range(6))

    assert work.used_s >= 6


def test_small_work_goes_before_the_rest_of_a_long_call():
    """Whoever comes in between waits for the batches that run and for no others."""
    turns, order = Turns(at_once=2), []
    running, go_on, small_has_turn = Barrier(3, timeout=10), Event(), Event()

    def read(item: int) -> None:
        if item < 2:
            running.wait()
            assert go_on.wait(10)
        else:
            assert small_has_turn.wait(10)
        order.append(item)

    def read_all() -> None:
        with turns.working_on(Work(used_s=1.0)):
            turns.spread(in_turns(turns, read), range(6))

    long = Thread(target=read_all)
    small = Thread(target=in_turns(turns, lambda _: small_has_turn.set()), args=(None,))
    long.start()
    running.wait()
    small.start()
    while turns.waiting < 1:
        Event().wait(0.001)
    go_on.set()
    for thread in (long, small):
        thread.join(30)

    assert sorted(order) == list(range(6))


def test_what_goes_wrong_is_raised_and_what_waits_is_not_begun():
    """A job that is broken off does not read the rest of its page."""
    begun = []

    def do(item: int) -> None:
        begun.append(item)
        Event().wait(0.01)
        raise Stopping

    turns = Turns(at_once=2)

    with pytest.raises(Stopping):
        turns.spread(in_turns(turns, do), range(100))

    assert len(begun) < 100
    assert turns.waiting == 0
    with turns:  # none is lost
        pass
