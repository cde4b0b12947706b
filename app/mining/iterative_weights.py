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
            (0.65, 0.32, 0.04, 0.29, -1.59, 0.33),
            (0.78, 0.02, 0.03, 0.18, -0.76, 0.73),
            (0.68, 0.21, 0.25, 0.03, -1.06, 0.40),
        ),
        biases=(
            (-0.37, -0.63, -1.22),
            (-0.73, -0.35, -0.29),
            (0.53, 0.64, -0.02),
        ),
        numbers=(
            (-0.41, -0.14, -0.38),
            (0.11, -0.47, -0.25),
            (-0.13, -0.01, -0.77),
            (-0.18, 0.42, 0.14),
            (-0.08, -0.16, -0.40),
            (-0.34, -0.64, -0.11),
            (0.58, 0.18, 0.08),
            (0.16, -0.12, -0.09),
            (0.90, 0.33, 0.42),
        ),
    ),
    Weights(
        logs=(
            (0.54, 0.45, 0.40, 0.33, -1.46, 0.34),
            (0.69, 0.18, 0.31, 0.18, -0.41, 0.70),
            (0.59, 0.33, 0.34, 0.10, -1.26, 0.41),
        ),
        biases=(
            (-0.59, -0.79, -1.39),
            (-0.88, -0.43, -0.23),
            (0.49, 0.62, -0.10),
        ),
        numbers=(
            (-0.42, -0.09, -0.56),
            (0.23, -0.47, -0.33),
            (-0.14, -0.06, -0.72),
            (-0.28, 0.35, -0.09),
            (-0.25, -0.44, -0.70),
            (-0.35, -0.53, -0.09),
            (0.43, 0.02, 0.04),
            (0.10, -0.17, -0.09),
            (0.93, 0.31, 0.44),
        ),
    ),
    Weights(
        logs=(
            (0.55, 0.40, 0.43, 0.31, -1.56, 0.30),
            (0.69, 0.17, 0.28, 0.18, -0.51, 0.66),
            (0.62, 0.30, 0.34, 0.13, -1.19, 0.39),
        ),
        biases=(
            (-0.55, -0.77, -1.37),
            (-0.81, -0.42, -0.24),
            (0.49, 0.62, -0.06),
        ),
        numbers=(
            (-0.42, -0.07, -0.56),
            (0.20, -0.50, -0.30),
            (-0.15, -0.06, -0.72),
            (-0.29, 0.33, -0.08),
            (-0.20, -0.42, -0.64),
            (-0.30, -0.45, -0.06),
            (0.43, 0.04, 0.05),
            (0.12, -0.15, -0.06),
            (0.88, 0.33, 0.42),
        ),
    ),
)
"""Of stances to actors, one for each sweep over the thread."""

ACCOUNT = Weights(
    logs=((0.66, 0.31, 0.32, 0.09),),
    biases=((-0.64, -1.31, -0.20),),
    numbers=(
        (0.53, -0.07, -0.07),
        (0.33, 0.91, 0.89),
        (0.04, -0.14, 0.26),
        (-0.67, 0.42, -1.14),
        (0.12, -0.66, -0.63),
        (-0.05, -0.15, -0.40),
        (-0.16, -0.10, -1.06),
        (0.45, 0.39, 0.16),
    ),
)
"""Of stances to the account, once those to actors are settled."""
