"""A shared scorer: the same answers, cut into parts, each call for a piece of work."""

from __future__ import annotations

from threading import Barrier, Event, Lock, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.reading import Query, Reading
from app.domain.stance import Target, TargetKind
from app.service.shared import PART_CHARS, PART_TEXTS, SharedScorer
from app.service.turns import Turns
from app.service.work import Work
from tests.fakes import FakeScorer

QUERIES = (Query(Target(TargetKind.SENTENCE, "The paper is right.")),)
SLICES = 300
"""Batches of the long text in these tests."""


class SlicingScorer(FakeScorer):
    """A scorer that takes a turn for every batch, of which a long text needs many."""

    def __init__(self, turns: Turns) -> None:
        super().__init__()
        self.done: list[str] = []
        self.begun = Event()
        self._turns = turns

    def score(self, readings):
        """Return what word rules say, after a turn for each slice of each text."""
        for reading in readings:
            for _ in range(SLICES if len(reading.text) > 1000 else 2):
                with self._turns:
                    self.begun.set()
                    Event().wait(0.0005)
                self.done.append(reading.text[:5])
        return super().score(readings)


@settings(max_examples=20)  # the texts are long
@given(
    st.lists(
        st.tuples(st.sampled_from(["I agree.", "No, wrong.", "Source?"]), st.integers(1, 4)),
        max_size=6,
    )
)
def test_parts_change_no_answer(texts):
    """However a call is cut into parts, every reading gets the score it gets alone."""
    readings = [Reading(text.ljust(part * PART_CHARS // 3), QUERIES) for text, part in texts]

    scores = SharedScorer(FakeScorer(), Turns()).score(readings)

    assert scores == [FakeScorer().score([reading])[0] for reading in readings]


def test_progress_is_told_between_parts():
    """Whoever watches hears of every reading, in portions no larger than a part."""
    told: list[int] = []
    scorer = SharedScorer(FakeScorer(), Turns()).working(Work(on_scored=told.append))

    scorer.score([Reading("I agree.", QUERIES)] * (2 * PART_TEXTS + 5))

    assert told == [PART_TEXTS, PART_TEXTS, 5]


def test_watcher_can_stop_a_call():
    """What the watcher raises ends the call, and the next caller is served."""
    inner = FakeScorer()
    shared = SharedScorer(inner, Turns())

    def stop(_: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        shared.working(Work(on_scored=stop)).score([Reading("I agree.", QUERIES)] * 200)

    assert len(inner.readings) == PART_TEXTS
    assert len(shared.score([Reading("I agree.", QUERIES)])) == 1


def test_short_text_overtakes_a_long_one():
    """A short text that comes while one of 100,000 words is read is answered long before it."""
    turns = Turns()
    inner = SlicingScorer(turns)
    shared = SharedScorer(inner, turns, takes_turns=True)
    long = Thread(
        target=shared.working(Work(in_background=True)).score,
        args=([Reading("long " * 100_000, QUERIES)],),
    )
    long.start()
    inner.begun.wait(10)

    shared.score([Reading("short", QUERIES)])
    read_before = inner.done.count("long ")
    long.join()

    assert read_before < SLICES // 2
    assert inner.done.count("long ") == SLICES


def test_long_text_can_be_stopped_in_its_middle():
    """Work that is to end ends between the batches of a single text."""
    turns = Turns()
    inner = SlicingScorer(turns)

    def stop() -> None:
        if len(inner.done) == 5:
            raise InterruptedError

    scorer = SharedScorer(inner, turns, takes_turns=True).working(Work(on_turn=stop))

    with pytest.raises(InterruptedError):
        scorer.score([Reading("long " * 100_000, QUERIES)])
    assert len(inner.done) == 5


def test_a_scorer_without_turns_is_asked_by_one_at_a_time():
    """A scorer that takes no turns of its own serves one part of one call at a time."""
    inside, clashes, start = Lock(), [], Barrier(4)

    def enter_alone() -> None:
        if not inside.acquire(blocking=False):
            clashes.append("two at once")
            return
        Event().wait(0.0005)  # long enough for another thread to come in, if it could
        inside.release()

    shared = SharedScorer(FakeScorer(on_call=enter_alone), Turns())

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
