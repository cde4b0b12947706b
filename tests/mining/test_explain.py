"""The explained ranking of a page, in each order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.domain.page import Article, Comment, Page
from app.domain.ranking import RankedBy
from app.mining.explain import explain_ranking
from app.mining.mine import mine
from tests.fakes import FakeScorer

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TEXTS = [
    ("Ann", "Red Brigade is behind it."),
    ("Bob", "Red Brigade is behind it."),
    ("Cy", "Silver Order did it. Not Red Brigade."),
    ("Di", "Silver Order did it, they paid for the lorry, I saw Silver Order at the gate."),
    ("Ed", "Rain fell."),
]


@pytest.fixture
def mined():
    """Return a mined page on which two actors are weighed."""
    comments = tuple(Comment(f"c{n}", text, author) for n, (author, text) in enumerate(TEXTS))
    return mine(Page(Article("A bomb", "A bomb went off."), comments), FakeScorer(), now=NOW)


def test_the_ranking_is_that_of_the_page(mined):
    """By strength, the hypotheses are those of the mined page, each within its interval."""
    ranking = explain_ranking(mined)

    assert [each.hypothesis for each in ranking.hypotheses] == list(mined.hypotheses)
    for each in ranking.hypotheses:
        assert each.low <= each.hypothesis.strength <= each.high
        assert 0 <= each.df_quad <= 1
        assert 0 <= each.quadratic_energy <= 1
        assert each.moved_by


def test_arguments_are_fewer_than_comments(mined):
    """The same words twice are one argument."""
    ranking = explain_ranking(mined)

    assert ranking.comments == 4
    brigade = next(each for each in ranking.hypotheses if each.hypothesis.support == 2)
    assert brigade.voices >= brigade.arguments


@pytest.mark.parametrize("by", list(RankedBy))
def test_any_order_ranks_all(mined, by):
    """Whatever it goes by, each hypothesis has a place, the first one first."""
    ranking = explain_ranking(mined, ranked_by=by)

    assert [each.rank for each in ranking.hypotheses] == list(range(1, len(mined.actors) + 1))


def test_a_page_without_comments_is_explained():
    """Where nobody speaks there is nothing to explain."""
    empty = mine(Page(Article("A bomb", "A bomb went off.")), FakeScorer(), now=NOW)

    assert explain_ranking(empty).hypotheses == ()
