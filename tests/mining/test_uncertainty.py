"""The interval of a strength: around it, narrow where much is sure, the same each time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.page import Span
from app.domain.stance import Attribution, Label, Role
from app.mining.uncertainty import interval_of
from app.mining.voices import Said, Weighing


def weighing(*positions):
    """Return what is said where each (label, probability) is an author's own position."""
    made = Weighing()
    for number, (label, probability) in enumerate(positions):
        row = Attribution(
            "x",
            label,
            certain=True,
            role=Role.PERPETRATOR,
            reported=False,
            probability=probability,
            evidence=Span(0, 1),
        )
        made.add(Said(("author", str(number)), number, number, number, row))
    return made


POSITIONS = st.lists(
    st.tuples(st.sampled_from([Label.SUPPORT, Label.DENY]), st.floats(0.25, 1.0)), max_size=20
)


@given(POSITIONS, st.randoms())
def test_the_interval_holds_the_strength_in_any_order(positions, random):
    """It lies in 0 … 1 around the strength and does not depend on who speaks first."""
    made = weighing(*positions)
    shuffled = list(positions)
    random.shuffle(shuffled)

    low, high = interval_of(made)

    assert 0.0 <= low <= made.voices().strength() <= high < 1.0
    assert interval_of(weighing(*shuffled)) == (low, high)


def test_sure_labels_leave_no_room():
    """Where every label is certain the interval is a point."""
    low, high = interval_of(weighing((Label.SUPPORT, 1.0), (Label.DENY, 1.0)))

    assert low == high == 0.25


def test_many_unsure_labels_leave_less_room_than_few():
    """What is drawn evens out over many voices."""
    few = interval_of(weighing(*[(Label.SUPPORT, 0.6)] * 3))
    many = interval_of(weighing(*[(Label.SUPPORT, 0.6)] * 300))

    assert few[1] - few[0] > 0.2
    assert many[1] - many[0] < 0.02


def test_nobody_speaks():
    """A hypothesis that nobody weighs is surely worth nothing."""
    assert interval_of(weighing()) == (0.0, 0.0)
