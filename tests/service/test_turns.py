"""Sharing a scorer: one call at a time, in short turns, with the same answers."""

from __future__ import annotations

from threading import Barrier, Event, Lock, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.reading import Query, Reading
from app.domain.stance import Target, TargetKind
from app.service.turns import TURN_CHARS, TURN_TEXTS, SharedScorer, Turns
from tests.fakes import FakeScorer

QUERIES = (Query(Target(TargetKind.SENTENCE, "The paper is right.")),)


@settings(deadline=None, max_examples=20)  # the texts are long
@given(
    st.lists(
        st.tuples(st.sampled_from(["I agree.", "No, wrong.", "Source?"]), st.integers(1, 4)),
        max_size=6,
    )
)
def test_turns_change_no_answer(texts):
    """However a call is cut into turns, every reading gets the score it gets alone."""
    readings = [Reading(text.ljust(part * TURN_CHARS // 3), QUERIES) for text, part in texts]

    scores = SharedScorer(FakeScorer()).score(readings)

    assert scores == [FakeScorer().score([reading])[0] for reading in readings]


def test_progress_is_told_between_turns():
    """Whoever watches hears of every reading, in portions no larger than a turn."""
    told: list[int] = []
    scorer = SharedScorer(FakeScorer()).watched(told.append)

    scorer.score([Reading("I agree.", QUERIES)] * (2 * TURN_TEXTS + 5))

    assert told == [TURN_TEXTS, TURN_TEXTS, 5]


def test_watcher_can_stop_a_call():
    """What the watcher raises ends the call, and the next caller still gets a turn."""
    inner = FakeScorer()
    shared = SharedScorer(inner)

    def stop(_: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        shared.watched(stop).score([Reading("I agree.", QUERIES)] * (3 * TURN_TEXTS))

    assert len(inner.readings) == TURN_TEXTS
    assert len(shared.score([Reading("I agree.", QUERIES)])) == 1


def test_one_call_at_a_time():
    """Threads that ask at once are served one after the other."""
    inside = Lock()
    start = Barrier(4)
    scorer = FakeScorer(on_call=lambda: _enter_alone(inside, clashes))
    clashes: list[str] = []
    shared = SharedScorer(scorer)

    def ask() -> None:
        start.wait()
        for _ in range(20):
            shared.tag_actors(["Northgate Militia"])

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert clashes == []


def test_turns_are_taken_in_order():
    """Who waits first goes first."""
    turns, order, holding = Turns(), [], Event()
    queued: list[Thread] = []

    def wait(name: int) -> None:
        with turns:
            order.append(name)

    with turns:
        for name in range(5):
            thread = Thread(target=wait, args=(name,))
            thread.start()
            while len(turns._line) < name + 2:  # noqa: SLF001 - the only sign of having queued
                holding.wait(0.001)
            queued.append(thread)
    for thread in queued:
        thread.join()

    assert order == [0, 1, 2, 3, 4]


def _enter_alone(inside: Lock, clashes: list[str]) -> None:
    if not inside.acquire(blocking=False):
        clashes.append("two at once")
        return
    Event().wait(0.0005)  # long enough for another thread to come in, if it could
    inside.release()
