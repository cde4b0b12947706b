"""Why a hypothesis ranks where it does: what moved it, what would change it, how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.mined import Hypothesis


class RankedBy(StrEnum):
    """What hypotheses can be ordered by."""

    STRENGTH = "strength"
    COUNTS = "counts"
    DF_QUAD = "df_quad"
    QUADRATIC_ENERGY = "quadratic_energy"


class Removed(StrEnum):
    """What is thought away."""

    COMMENT = "comment"
    AUTHOR = "author"
    COPIES = "copies"


@dataclass(frozen=True, slots=True)
class WithoutIt:
    """What a hypothesis would be without a comment, an author, or all copies of a text.

    `comments` are the ids of those that would go, `author` is given where an author would.
    Comments that only agree with one that goes have nothing to agree with, and go with it.
    """

    removed: Removed
    comments: tuple[str, ...]
    author: str | None
    strength: float
    rank: int


@dataclass(frozen=True, slots=True)
class Explained:
    """A hypothesis with its reasons.

    `low` and `high` bound the strength where each label holds with its probability only.
    `arguments` counts what was said for and against, restatements once; `voices` the authors,
    those with copies of one text once. `moved_by` are the comments without which it would be
    most different, `would_change` what would change its rank, or else its strength, the most.
    """

    hypothesis: Hypothesis
    rank: int
    low: float
    high: float
    arguments: int
    voices: int
    df_quad: float
    quadratic_energy: float
    moved_by: tuple[WithoutIt, ...]
    would_change: tuple[WithoutIt, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The hypotheses of a page, explained; so many comments make so many different arguments."""

    ranked_by: RankedBy
    comments: int
    arguments: int
    hypotheses: tuple[Explained, ...]
