"""Cutting texts where marks begin and end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.page import Span
from app.domain.stance import Label
from app.web.site.pieces import Mark, Piece, cut


@st.composite
def marks(draw) -> list[Mark]:
    """Draw marks that overlap, are empty, or go beyond the end."""
    ends = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)
    one = st.builds(
        lambda ends, actor, label: Mark(Span(*ends), actor, label),
        ends,
        st.integers(0, 3),
        st.sampled_from([None, Label.SUPPORT, Label.DENY]),
    )
    return draw(st.lists(one, max_size=8))


@given(st.text(max_size=25), marks())
def test_nothing_of_a_text_is_lost_and_each_mark_covers_its_words(text, drawn):
    """The pieces are the text, and a character has just the actors of the marks that hold it."""
    pieces = cut(text, drawn)

    assert "".join(piece.text for piece in pieces) == text
    held = [set(piece.actors) for piece in pieces for _ in piece.text]
    for at, actors in enumerate(held):
        assert actors == {mark.actor for mark in drawn if mark.span.start <= at < mark.span.end}


def test_evidence_that_overlaps_is_shown_by_its_first_label():
    """Where two claims rest on the same words, the first one's label is shown, with both actors."""
    pieces = cut("Not A, B.", [Mark(Span(0, 9), 0, Label.DENY), Mark(Span(7, 8), 1, Label.SUPPORT)])

    assert pieces[1] == Piece("B", (0, 1), Label.DENY)
