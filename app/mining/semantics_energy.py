"""The quadratic energy model, for comparison with the literature.

Source: Potyka, "Continuous Dynamical Systems for Weighted Bipolar Argumentation", KR 2018.
Without circles its equilibrium is what one pass from the leaves gives.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from app.mining.semantics_bipolar import weigh_with

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.mining.semantics_bipolar import BipolarGraph


def weigh_by_energy(graph: BipolarGraph) -> dict[str, float]:
    """Return each argument's strength, in 0 … 1.

    Raises:
        InvalidRequest: arguments support or attack each other in a circle.
    """
    return weigh_with(combine, graph)


def combine(base: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    """Return the strength of an argument from its base score and the strengths of its answers.

    With the energy E, supporters less attackers: w + (1 - w) h(E) - w h(-E).
    """
    energy = math.fsum([*supporters, *(-strength for strength in attackers)])
    return base + (1 - base) * impact(energy) - base * impact(-energy)


def impact(energy: float) -> float:
    """Return h(x) = max(x, 0)^2 / (1 + max(x, 0)^2)."""
    square = max(energy, 0.0) ** 2
    return square / (1 + square)
