"""How a comment's stance to "X is responsible" goes with what is said around it, as counted.

Shares of support, deny, query and comment on 759 labelled pages for training; made by
`python -m models.training.tendencies`. They say what anybody would: who agrees with a comment that
blames X blames X, who contradicts it clears X, and who names nobody speaks of whom the account
blames.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


class Naming(IntEnum):
    """Whom a comment names, beside one actor: the first axis of `ANSWERS`."""

    NOBODY = 0
    OTHERS = 1
    ACTOR = 2


class Place(IntEnum):
    """Whether a page's account names an actor: the second axis of `ACCOUNTS`."""

    NOWHERE = 0
    ALONE = 1
    AMONG_OTHERS = 2


def naming_of(actor: str, named: Collection[str]) -> Naming:
    """Return whom a comment that names `named` names, as seen from that actor."""
    if actor in named:
        return Naming.ACTOR
    return Naming.OTHERS if named else Naming.NOBODY


def place_of(actor: str, told: Collection[str]) -> Place:
    """Return that actor's place in an account that names `told`."""
    if actor not in told:
        return Place.NOWHERE
    return Place.ALONE if len(told) == 1 else Place.AMONG_OTHERS


ANSWERS = (
    (0.930, 0.000, 0.000, 0.070),
    (0.011, 0.883, 0.004, 0.102),
    (0.485, 0.140, 0.242, 0.134),
    (0.013, 0.005, 0.000, 0.982),
    (0.014, 0.780, 0.004, 0.203),
    (0.686, 0.002, 0.000, 0.312),
    (0.295, 0.570, 0.000, 0.135),
    (0.015, 0.002, 0.000, 0.983),
    (0.000, 0.000, 0.423, 0.576),
    (0.008, 0.000, 0.282, 0.711),
    (0.014, 0.014, 0.002, 0.970),
    (0.000, 0.000, 0.003, 0.997),
    (0.077, 0.014, 0.013, 0.896),
    (0.075, 0.044, 0.003, 0.878),
    (0.217, 0.146, 0.000, 0.636),
    (0.012, 0.002, 0.000, 0.986),
    (0.723, 0.000, 0.000, 0.277),
    (0.000, 0.637, 0.000, 0.363),
    (0.007, 0.342, 0.001, 0.650),
    (0.007, 0.007, 0.000, 0.985),
    (0.028, 0.484, 0.000, 0.488),
    (0.207, 0.008, 0.000, 0.785),
    (0.003, 0.718, 0.000, 0.279),
    (0.009, 0.001, 0.000, 0.990),
    (0.001, 0.001, 0.231, 0.768),
    (0.000, 0.001, 0.109, 0.890),
    (0.020, 0.027, 0.003, 0.950),
    (0.000, 0.000, 0.006, 0.994),
    (0.046, 0.001, 0.000, 0.952),
    (0.054, 0.107, 0.000, 0.839),
    (0.335, 0.002, 0.000, 0.663),
    (0.012, 0.004, 0.001, 0.984),
    (0.973, 0.007, 0.001, 0.019),
    (0.005, 0.971, 0.001, 0.022),
    (0.322, 0.363, 0.268, 0.047),
    (0.484, 0.259, 0.029, 0.228),
    (0.011, 0.967, 0.000, 0.022),
    (0.949, 0.013, 0.009, 0.028),
    (0.064, 0.929, 0.002, 0.005),
    (0.571, 0.047, 0.004, 0.378),
    (0.003, 0.005, 0.912, 0.080),
    (0.017, 0.027, 0.769, 0.188),
    (0.287, 0.451, 0.073, 0.190),
    (0.026, 0.009, 0.541, 0.424),
    (0.300, 0.048, 0.041, 0.612),
    (0.270, 0.165, 0.077, 0.489),
    (0.407, 0.548, 0.001, 0.044),
    (0.342, 0.090, 0.006, 0.563),
)
"""Of a comment that answers another: for each `Naming`, then for each stance to the one above
(support, deny, query, comment), then for each label that one has to the actor: shares of the
labels of its own."""

ACCOUNTS = (
    (0.032, 0.007, 0.000, 0.961),
    (0.093, 0.010, 0.000, 0.897),
    (0.000, 0.001, 0.005, 0.995),
    (0.022, 0.009, 0.002, 0.968),
    (0.692, 0.008, 0.000, 0.301),
    (0.012, 0.388, 0.000, 0.600),
    (0.000, 0.000, 0.142, 0.858),
    (0.008, 0.003, 0.001, 0.988),
    (0.343, 0.034, 0.000, 0.622),
    (0.106, 0.143, 0.000, 0.751),
    (0.000, 0.000, 0.112, 0.888),
    (0.023, 0.002, 0.004, 0.972),
    (0.054, 0.048, 0.000, 0.898),
    (0.127, 0.019, 0.000, 0.854),
    (0.002, 0.000, 0.024, 0.974),
    (0.037, 0.062, 0.010, 0.891),
    (0.700, 0.025, 0.000, 0.275),
    (0.041, 0.557, 0.000, 0.402),
    (0.001, 0.001, 0.439, 0.559),
    (0.014, 0.012, 0.004, 0.970),
    (0.405, 0.031, 0.000, 0.565),
    (0.097, 0.248, 0.004, 0.651),
    (0.001, 0.001, 0.318, 0.680),
    (0.021, 0.029, 0.008, 0.942),
)
"""Of a comment that names nobody: one that answers none and one that does, then for each `Place`,
then for each stance to the account: shares of the labels to the actor."""

SIDES = (
    (0.887, 0.000, 0.003, 0.109),
    (0.008, 0.940, 0.011, 0.041),
    (0.092, 0.150, 0.677, 0.080),
    (0.045, 0.023, 0.004, 0.928),
    (0.046, 0.538, 0.012, 0.404),
    (0.395, 0.016, 0.001, 0.588),
    (0.643, 0.082, 0.001, 0.275),
    (0.031, 0.045, 0.000, 0.923),
    (0.001, 0.013, 0.500, 0.486),
    (0.001, 0.013, 0.217, 0.770),
    (0.027, 0.020, 0.406, 0.547),
    (0.000, 0.000, 0.021, 0.978),
    (0.045, 0.045, 0.011, 0.898),
    (0.110, 0.023, 0.022, 0.845),
    (0.339, 0.102, 0.015, 0.544),
    (0.030, 0.029, 0.001, 0.940),
)
"""Of a comment that answers another: for each stance to the one above, then for each stance of that
one to the account: shares of its own stances to the account."""

USUAL_ANSWERS = (
    (0.055, 0.055, 0.010, 0.880),
    (0.020, 0.027, 0.003, 0.950),
    (0.287, 0.451, 0.073, 0.190),
)
"""Of a comment that answers another, for each `Naming`, whatever is said above."""

USUAL_ACCOUNTS = (
    (0.026, 0.008, 0.002, 0.964),
    (0.090, 0.034, 0.016, 0.860),
    (0.063, 0.017, 0.013, 0.907),
    (0.046, 0.054, 0.008, 0.891),
    (0.108, 0.063, 0.015, 0.814),
    (0.073, 0.054, 0.016, 0.857),
)
"""Of a comment that names nobody, as in `ACCOUNTS`, whatever its stance to the account."""
