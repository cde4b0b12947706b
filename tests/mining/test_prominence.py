"""Who stands out on a page is likelier to be weighed; short pages do not tell."""

from __future__ import annotations

import numpy as np
import pytest

from app.domain.mined import IN_ARTICLE, Actor, Mention
from app.domain.page import Span
from app.mining.collective import as_found
from app.mining.prominence import (
    FEWEST_COMMENTS,
    MOST,
    USUAL,
    features_of,
    prominence_of,
)


def actor(name: str, *locations: str, at: int = 0) -> Actor:
    """Return an actor that is named once in each of these places."""
    span = Span(at, at + len(name))
    return Actor(name, name, (), tuple(Mention(own, span, name) for own in locations))


def odds(*actors: Actor, comments: int = 12) -> list[float]:
    """Return their log-odds on a page of that many comments."""
    found = prominence_of(actors, article_chars=1000, comments=comments)
    return [found[own.id] for own in actors]


def test_whom_the_article_names_often_stands_above_whom_it_names_once():
    """Where they rank as candidates alike and are first named in the same place."""
    (often,) = odds(actor("reds", *[IN_ARTICLE] * 4, "c1"))
    (once,) = odds(actor("fox", IN_ARTICLE, "c1"))
    assert often > once


def test_the_likeliest_candidate_stands_above_the_others():
    """Candidates come as mining ranks them."""
    first, *_, last = odds(*(actor(name, IN_ARTICLE, "c1") for name in ("a", "b", "c", "d")))
    assert first > last


def test_a_page_of_few_comments_does_not_tell():
    """A lone comment's actors are as likely as those of comments are on average."""
    assert odds(actor("fox", "c1"), comments=FEWEST_COMMENTS - 1) == [USUAL]


def test_no_page_is_believed_without_measure():
    """However many comments name somebody, and however often."""
    everywhere = actor("reds", *[IN_ARTICLE] * 500, *(f"c{n}" for n in range(500)))
    nowhere = [actor(f"a{n}") for n in range(100)]
    assert all(-MOST <= own <= MOST for own in odds(everywhere, *nowhere, comments=2000))


def test_what_speaks_for_an_actor_is_what_the_page_says():
    """Mentions in the article, comments, their share, the place among actors, the first mention."""
    own = actor("reds", IN_ARTICLE, "c1", "c1", "c2", at=250)
    other = actor("fox")
    first, second = features_of([own, other], article_chars=1000, comments=8)
    assert first == pytest.approx((np.log(2), np.log(3), 0.25, 0.0, 0.25))
    assert second == (0.0, 0.0, 0.0, 0.5, 1.0)


def test_a_stance_to_a_prominent_actor_is_likelier_to_be_one():
    """Of two actors of whom the model says the same."""
    shares = np.asarray([[0.4, 0.1, 0.0, 0.5]] * 2)
    low, high = as_found(shares, np.asarray([True, True]), np.asarray([-1.0, 1.0]))
    assert high[0] > low[0]
    assert high[3] < low[3]
