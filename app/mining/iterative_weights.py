"""What a thread's surroundings weigh, as `python -m models.training.iterative` fitted it.

To what both sizes of the model say of the tuning pages and of those that no weights have read,
actors given, replies given and withheld.
"""

from __future__ import annotations

from typing import NamedTuple

Rows = tuple[tuple[float, ...], ...]


class Weights(NamedTuple):
    """Weights of `neighbours.Surroundings`, and the log-odds of sides where none speaks.

    `logs` and `biases` [K, 3] have a row for each kind of query: for actors, each `Naming`.
    `numbers` are those of support, deny and query, beside comment.
    """

    logs: Rows
    biases: Rows
    numbers: Rows


ACTORS: tuple[Weights, ...] = (
    Weights(
        logs=(
            (0.66, 0.34, 0.09, 0.30, -1.26, 0.32),
            (0.80, 0.02, 0.07, 0.18, -0.98, 0.73),
            (0.68, 0.20, 0.25, 0.04, -0.87, 0.42),
        ),
        biases=(
            (-0.16, -0.42, -0.99),
            (-0.61, -0.28, -0.29),
            (0.59, 0.72, 0.07),
        ),
        numbers=(
            (-0.41, -0.13, -0.36),
            (0.13, -0.47, -0.23),
            (-0.09, 0.01, -0.74),
            (-0.17, 0.42, 0.16),
            (-0.09, -0.19, -0.39),
            (-0.34, -0.63, -0.11),
            (0.82, 0.30, 0.22),
            (0.32, -0.07, -0.02),
            (0.94, 0.36, 0.45),
        ),
    ),
    Weights(
        logs=(
            (0.54, 0.48, 0.47, 0.34, -1.40, 0.35),
            (0.69, 0.18, 0.41, 0.17, -0.82, 0.68),
            (0.58, 0.32, 0.34, 0.12, -1.21, 0.41),
        ),
        biases=(
            (-0.38, -0.65, -1.28),
            (-0.80, -0.39, -0.27),
            (0.58, 0.67, -0.11),
        ),
        numbers=(
            (-0.43, -0.10, -0.58),
            (0.22, -0.48, -0.30),
            (-0.10, -0.04, -0.69),
            (-0.27, 0.36, -0.12),
            (-0.26, -0.50, -0.75),
            (-0.33, -0.51, -0.09),
            (1.03, 0.36, 0.21),
            (0.36, -0.09, -0.03),
            (0.96, 0.35, 0.47),
        ),
    ),
    Weights(
        logs=(
            (0.56, 0.44, 0.52, 0.30, -1.30, 0.28),
            (0.70, 0.18, 0.38, 0.17, -0.86, 0.64),
            (0.61, 0.28, 0.34, 0.13, -1.11, 0.38),
        ),
        biases=(
            (-0.33, -0.60, -1.20),
            (-0.67, -0.36, -0.28),
            (0.59, 0.68, -0.07),
        ),
        numbers=(
            (-0.42, -0.08, -0.55),
            (0.17, -0.50, -0.29),
            (-0.13, -0.05, -0.65),
            (-0.27, 0.33, -0.13),
            (-0.24, -0.49, -0.70),
            (-0.26, -0.41, -0.05),
            (0.96, 0.34, 0.19),
            (0.35, -0.07, -0.00),
            (0.89, 0.38, 0.45),
        ),
    ),
)
"""Of stances to actors, one for each sweep over the thread."""

ACCOUNT = Weights(
    logs=((0.67, 0.31, 0.32, 0.10, -0.45),),
    biases=((-0.61, -1.21, 0.01),),
    numbers=(
        (0.60, -0.02, 0.00),
        (0.36, 0.94, 0.86),
        (0.11, -0.07, 0.27),
        (-0.65, 0.44, -1.05),
        (0.08, -0.71, -0.85),
        (0.03, -0.16, -0.43),
        (-0.16, -0.08, -1.00),
        (0.39, 0.36, 0.17),
    ),
)
"""Of stances to the account, once those to actors are settled."""
