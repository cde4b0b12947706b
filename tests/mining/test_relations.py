"""Candidates: a unit is asked about what is near and what is answered, and about no more."""

from __future__ import annotations

from app.domain.argument import ARTICLE, Unit, UnitKind
from app.domain.page import Span
from app.mining.relations import ANSWERED, NEAR, Text, choose_candidates


def text(key, *units, author=None, answers=None, before=""):
    """Return a text of units, one a line."""
    words = before + "\n".join(units)
    spans, start = [], len(before)
    for unit in units:
        spans.append(Unit(Span(start, start + len(unit)), UnitKind.CLAIM, 0.9))
        start += len(unit) + 1
    return Text(key, words, author, answers, spans)


def candidates(*texts):
    """Return the candidates of texts."""
    return list(choose_candidates({each.id: each for each in texts}))


def test_a_unit_may_bear_on_those_near_it_and_on_those_it_answers():
    """What answers no comment answers the article; who speaks and how far apart is told."""
    found = candidates(
        text(ARTICLE, "It burned."),
        text("c1", "The guards slept.", "They did.", author="Ann"),
        text("c2", "No.", author="Ann", answers="c1"),
    )

    ends = {(each.source, each.target): each.pair for each in found}
    assert set(ends) == {
        (("c1", 0), ("c1", 1)),
        (("c1", 1), ("c1", 0)),
        (("c1", 0), (ARTICLE, 0)),
        (("c1", 1), (ARTICLE, 0)),
        (("c2", 0), ("c1", 0)),
        (("c2", 0), ("c1", 1)),
    }
    assert ends[("c1", 1), ("c1", 0)].apart == 1
    answer = ends[("c2", 0), ("c1", 0)]
    assert (answer.same_author, answer.answers, answer.same_comment) == (True, True, False)


def test_what_is_quoted_comes_first():
    """Of a long text the quoted unit is asked about, wherever it stands."""
    said = [f"Claim number {at} about the fire." for at in range(30)]
    quoting = text("c2", "No.", answers="c1", before=f"> {said[-1]}\n")

    across = [each for each in candidates(text("c1", *said), quoting) if each.pair.answers]

    assert len(across) == ANSWERED
    assert [each.target for each in across if each.pair.quoted] == [("c1", 29)]


def test_the_candidates_of_a_long_thread_grow_with_its_length():
    """Every comment answers the first one, of many units: so many a unit, never all pairs."""
    first = text("c0", *[f"Claim number {at}." for at in range(60)])
    rest = [text(f"c{at}", "Yes.", "No.", answers="c0") for at in range(1, 200)]

    found = candidates(first, *rest)

    units = 60 + 2 * 199
    assert len(found) <= units * (2 * NEAR + ANSWERED)
