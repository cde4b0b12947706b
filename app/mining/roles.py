"""What an actor is held responsible as, told by all comments of a page that speak of it.

Who is the perpetrator to one comment is the perpetrator to nearly all: on the labelled training
pages 95 % of the roles are those of most of the other comments about the same actor.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from app.domain.stance import LABELS, ROLES, Label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from app.domain.reading import TargetScore
    from app.mining.readings import CommentScores

    Floats = npt.NDArray[np.float64]

OTHERS = 1.0
"""Weight of the other comments' mean against a comment's own words; chosen on the tuning pages,
where roles go from .74 to .77 right, and from .75 to .78 with anything from .5 to 2.5."""

_LEAST = 0.3
"""Weight of other comments that makes their mean count whole; with less it counts in part."""

_FLOOR = 1e-3
_BLAMING = [LABELS.index(Label.SUPPORT), LABELS.index(Label.DENY)]


def pool_roles(scores: Mapping[str, CommentScores]) -> dict[str, CommentScores]:
    """Return the scores of a page's comments with each actor's role as the page has it.

    A comment counts by the square of how likely it takes a side to the actor. Pooled are the
    logarithms of the probabilities (Genest and Zidek 1986).
    """
    of_actors: dict[str, dict[str, TargetScore]] = {}
    for comment, own in scores.items():
        for actor, score in own.actors.items():
            of_actors.setdefault(actor, {})[comment] = score
    pooled = {
        actor: dict(zip(own, _pool(list(own.values())), strict=True))
        for actor, own in of_actors.items()
    }
    return {
        comment: replace(own, actors={actor: pooled[actor][comment] for actor in own.actors})
        for comment, own in scores.items()
    }


def _pool(scores: Sequence[TargetScore]) -> list[TargetScore]:
    """Return the scores of all comments for one actor with their roles pooled."""
    logs = np.log(np.asarray([score.role_probabilities for score in scores]) + _FLOOR)
    shares: Floats = np.asarray([score.stance.probabilities for score in scores])
    weights = shares[:, _BLAMING].sum(-1) ** 2
    weighted = weights[:, None] * logs
    others = weighted.sum(0) - weighted
    mass = np.maximum(weights.sum() - weights, _LEAST)
    odds = logs + OTHERS * others / mass[:, None]
    roles = np.exp(odds - odds.max(-1, keepdims=True))
    roles /= roles.sum(-1, keepdims=True)
    return [
        replace(score, role=ROLES[int(own.argmax())], role_probabilities=tuple(own.tolist()))
        for score, own in zip(scores, roles, strict=True)
    ]
