"""The attributes of a comment that are served: each a probability of a judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.stance import Label

if TYPE_CHECKING:
    from app.service.moderation import Judgement

ATTRIBUTES = (
    "ACCUSATION",
    "UNSUPPORTED_ACCUSATION",
    "SUPPORT",
    "DENY",
    "QUERY",
    "CERTAINTY",
)
"""What is served; every other attribute of Perspective's is unknown here."""

STANCES = {"SUPPORT": Label.SUPPORT, "DENY": Label.DENY, "QUERY": Label.QUERY}
"""The attributes that are a stance to what the comment answers."""


def value_of(attribute: str, judgement: Judgement) -> float:
    """Return the probability of an attribute, in 0 … 1; KeyError where it is not served."""
    if attribute in STANCES:
        target = judgement.target_stance
        return 0.0 if target is None else target.probability_of(STANCES[attribute])
    return {
        "ACCUSATION": judgement.accusation,
        "UNSUPPORTED_ACCUSATION": judgement.unsupported,
        "CERTAINTY": judgement.certainty,
    }[attribute]
