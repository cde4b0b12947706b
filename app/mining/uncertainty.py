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

_AT_ONCE = 128
"""Voices that are drawn together: a megabyte of numbers."""


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
    for at in range(0, len(voices), _AT_ONCE):
        some = voices[at : at + _AT_ONCE]
        luck = chance.random((len(some), DRAWS))
        # Of copies that weigh alike the surest one holds wherever any of them does.
        heard = [
            (voice, factor, probability)
            for voice, copies in enumerate(some)
            for factor, probability in dict(copies).items()
        ]
        voice, factor, probability = (np.array(column) for column in zip(*heard, strict=True))
        holds = luck[voice] < probability[:, None]
        loudest = np.maximum.reduceat(
            np.where(holds, factor[:, None], 0.0), np.flatnonzero(np.diff(voice, prepend=-1))
        )
        total += loudest.sum(axis=0)
    return total
