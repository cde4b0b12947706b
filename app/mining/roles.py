"""What an actor is held responsible as, told by all comments of a page that speak of it.

Who is the perpetrator to one comment is the perpetrator to nearly all: on the labelled training
pages 95 % of the roles are those of most of the other comments about the same actor. And roles are
parted among the actors of a page: whom the article's account names did it, and where others did
it, this one let it happen or had it done. What an actor is called speaks too (`role_words`). A
log-linear model weighs the model's own reading of a comment with these (Berger et al. 1996, "A
maximum entropy approach to natural language processing").
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from app.domain.stance import LABELS, ROLES, Label
from app.mining.role_words import log_shares_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import numpy.typing as npt

    from app.domain.mined import Actor
    from app.domain.reading import TargetScore
    from app.mining.readings import CommentScores

    Floats = npt.NDArray[np.float64]

WEIGHTS = (
    (0.37, -0.05, -0.13, -0.15, -0.64, -0.57, -0.21, 0.14, 0.42, 0.61, 0.27, -0.20, -0.37),
    (-0.37, 0.23, -0.11, -0.35, 0.96, -0.75, 0.36, -0.15, 0.02, 0.28, 0.28, 0.44, 0.02),
    (0.00, -0.18, 0.24, 0.50, -0.32, 1.32, -0.15, 0.01, -0.45, -0.89, -0.55, -0.24, 0.35),
)
BIASES = (-1.56, 0.56, 1.00)
"""What each of `features_of` weighs for perpetrator, sponsor and enabler, and their log-odds where
none speaks. `python -m models.training.roles` fits them to both sizes alike on pages that the
weights have not read."""

FLOOR = 1e-4
"""Added to probabilities before their logarithms are taken: none is beyond recall."""

_NOBODY = 1e-3
"""Weight of an even chance beside what comments say of roles: all there is where none says any."""

_COMMENT = LABELS.index(Label.COMMENT)


def pool_roles(
    scores: Mapping[str, CommentScores], actors: Iterable[Actor], told: Collection[str]
) -> dict[str, CommentScores]:
    """Return the scores of a page's comments with each actor's role as the page has it.

    `told` are those of the actors whom the article's account names. Stances stay as they are.
    """
    speaking = [comment for comment, own in scores.items() if own.actors]
    if not speaking:
        return dict(scores)
    odds = features_of(scores, actors, told) @ np.asarray(WEIGHTS).T + np.asarray(BIASES)
    roles = np.exp(odds - odds.max(-1, keepdims=True))
    roles /= roles.sum(-1, keepdims=True)
    pooled = dict(scores)
    for comment, of_actors in zip(speaking, roles.tolist(), strict=True):
        own = scores[comment]
        pooled[comment] = replace(
            own,
            actors={
                actor: _with_roles(score, shares)
                for (actor, score), shares in zip(own.actors.items(), of_actors, strict=True)
            },
        )
    return pooled


def _with_roles(score: TargetScore, shares: Sequence[float]) -> TargetScore:
    perpetrator, sponsor, enabler = shares
    likeliest = ROLES[shares.index(max(shares))]
    return replace(score, role=likeliest, role_probabilities=(perpetrator, sponsor, enabler))


def features_of(
    scores: Mapping[str, CommentScores], actors: Iterable[Actor], told: Collection[str]
) -> Floats:
    """Return what speaks for roles, [C, A, 13], of the C comments that have scores of actors.

    That is, by their logarithms, the model's probabilities of the roles in this comment, their mean
    over all comments and the mean for the other actors, a comment counting by how likely it takes
    a side; whether the account names the actor; and the shares of the roles of who is so called.
    All comments have the same actors.
    """
    comments = [list(own.actors.values()) for own in scores.values() if own.actors]
    called = {own.id: log_shares_of((own.name, *own.aliases)) for own in actors}
    asked = next(own.actors for own in scores.values() if own.actors)
    roles = np.asarray([[score.role_probabilities for score in own] for own in comments])
    sides = 1.0 - np.asarray(
        [[score.stance.probabilities[_COMMENT] for score in own] for own in comments]
    )
    sums, weights = (sides[..., None] * roles).sum(0), sides.sum(0)
    mean = _mean(sums, weights)
    others = _mean(sums.sum(0) - sums, weights.sum() - weights)
    named = np.asarray([[float(actor in told)] for actor in asked])
    words = np.asarray([called[actor] for actor in asked])
    of_page = np.concatenate([np.log(mean + FLOOR), np.log(others + FLOOR), named, words], axis=-1)
    every = np.broadcast_to(of_page, (len(comments), *of_page.shape))
    return np.concatenate([np.log(roles + FLOOR), every], axis=-1)


def _mean(sums: Floats, weights: Floats) -> Floats:
    """Return the mean [A, 3] of roles that sum up to `sums` with `weights` [A]."""
    even = _NOBODY / len(ROLES)
    mean: Floats = (np.maximum(sums, 0.0) + even) / (np.maximum(weights, 0.0) + _NOBODY)[:, None]
    return mean
