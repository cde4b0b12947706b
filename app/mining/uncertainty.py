"""How far the strength of a hypothesis may be off because labels are only probable.

Each position is taken to hold with its label's probability and to say nothing otherwise, each by
itself; what a hypothesis is then worth is drawn many times. Nothing else is uncertain here: not who
is an actor, not whether a position is hedged, not who is missing from the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.domain.stance import Label
from app.mining.voices import PRIOR, factor_of

if TYPE_CHECKING:
    from app.mining.voices import Said, VoiceKey, Weighing

DRAWS = 1_000
"""Enough for the ends of the interval to stand still to a hundredth."""

OUTSIDE = 0.05
"""Share of the draws left out at each end: nine in ten lie between."""

_SEED = 2026


def interval_of(weighing: Weighing) -> tuple[float, float]:
    """Return the 90 % interval of a hypothesis' strength, the same each time.

    It always holds the strength itself, which draws of one or two voices may pass over.
    """
    members: dict[VoiceKey, list[Said]] = {}
    for said in weighing.said.values():
        members.setdefault(said[-1].voice, []).append(said[-1])
    strength = weighing.voices().strength()
    if not members:
        return strength, strength
    chance = np.random.default_rng(_SEED)
    support, deny = (
        # By what they are, not who they are, so that the order of authors does not matter.
        _drawn(
            sorted(
                sorted((factor_of(said.row), said.row.probability) for said in heard)
                for (_, side), heard in members.items()
                if side is label
            ),
            chance,
        )
        for label in (Label.SUPPORT, Label.DENY)
    )
    low, high = np.quantile(support / (support + deny + PRIOR), [OUTSIDE, 1 - OUTSIDE])
    return min(float(low), strength), max(float(high), strength)


def _drawn(voices: list[list[tuple[float, float]]], chance: np.random.Generator) -> np.ndarray:
    """Return the sum of these voices in each draw; copies of a text are read alike: [DRAWS]."""
    total = np.zeros(DRAWS)
    for heard in voices:
        luck = chance.random(DRAWS)
        loudest = np.zeros(DRAWS)
        for factor, probability in heard:
            np.maximum(loudest, np.where(luck < probability, factor, 0.0), out=loudest)
        total += loudest
    return total
