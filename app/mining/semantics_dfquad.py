"""DF-QuAD, for comparison with the literature.

Source: Rago, Toni, Aurisicchio and Baroni, "Discontinuity-Free Decision Support with Quantitative
Argumentation Debates", KR 2016.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.mining.semantics_bipolar import weigh_with

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.mining.semantics_bipolar import BipolarGraph


def weigh_by_dfquad(graph: BipolarGraph) -> dict[str, float]:
    """Return each argument's strength, in 0 … 1.

    Raises:
        InvalidRequest: arguments support or attack each other in a circle.
    """
    return weigh_with(combine, graph)


def combine(base: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    """Return the strength of an argument from its base score and the strengths of its answers.

    C(v0, va, vs) is v0 - v0 |vs - va| where va >= vs, else v0 + (1 - v0) |vs - va|.
    """
    against, behind = aggregate(attackers), aggregate(supporters)
    if against >= behind:
        return base - base * (against - behind)
    return base + (1 - base) * (behind - against)


def aggregate(strengths: Sequence[float]) -> float:
    """Return F(v1 … vn) = 1 - (1 - v1) … (1 - vn), which is 0 for none.

    It comes so near to 1 so soon that twenty and two hundred are the same, which is why
    hypotheses are not ranked by it.
    """
    left = 1.0
    for strength in sorted(strengths):  # in one order, so that the last bit is the same in all
        left *= 1 - strength
    return 1 - left
