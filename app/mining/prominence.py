"""How likely it is that anybody on a page weighs an actor whom mining found.

Many whom a tagger finds are passers-by. Where an actor stands in the article, how many comments
name it and where it ranks among the candidates tells some of who is weighed, whatever the words
beside its name say.
"""

from __future__ import annotations

import math
from operator import mul
from typing import TYPE_CHECKING

from app.domain.mined import IN_ARTICLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.mined import Actor

WEIGHTS = (0.76, 0.37, -2.29, -2.28, 1.41)
BIAS = -0.21
"""What each of `features_of` weighs, and the log-odds where none speaks.
`python -m models.training.prominence` fits them on the labelled training pages. They hold beside
each other: whom the article names late, or only comments name, is seldom a mere part of the scene,
and how many comments name an actor is already in its rank."""

MOST = 2.0
"""Log-odds that are believed at most: other pages are longer than the labelled ones."""

FEWEST_COMMENTS = 5
"""Below so many nobody can tell: the labelled pages have eleven at least."""

USUAL = 0.4
"""The log-odds where nobody can tell: the mean of whom comments name on the tuning pages."""


def prominence_of(
    actors: Sequence[Actor], *, article_chars: int, comments: int
) -> dict[str, float]:
    """Return the log-odds that each actor is weighed; `USUAL` for all where the page is too short.

    `actors` stand as mining ranks them, the likeliest first.
    """
    if comments < FEWEST_COMMENTS:
        return dict.fromkeys((actor.id for actor in actors), USUAL)
    odds = {}
    for actor, features in zip(
        actors,
        features_of(actors, article_chars=article_chars, comments=comments),
        strict=True,
    ):
        own = BIAS + sum(map(mul, WEIGHTS, features))
        odds[actor.id] = max(-MOST, min(MOST, own))
    return odds


def features_of(
    actors: Sequence[Actor], *, article_chars: int, comments: int
) -> Sequence[tuple[float, ...]]:
    """Return what speaks for each actor, five numbers.

    How often the article names it and how many comments do, by their logarithms; the share of all
    comments; its place among the actors (0 … 1); and the share of the article before its first
    mention, all of it where there is none.
    """
    features = []
    for place, actor in enumerate(actors):
        inside = [own.span.start for own in actor.mentions if own.location == IN_ARTICLE]
        naming = len({own.location for own in actor.mentions} - {IN_ARTICLE})
        first = min(inside) / max(article_chars, 1) if inside else 1.0
        features.append(
            (
                math.log1p(len(inside)),
                math.log1p(naming),
                naming / max(comments, 1),
                place / len(actors),
                first,
            )
        )
    return features
