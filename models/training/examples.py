"""What training reads: a reading with the true answer beside each of its queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.reading import Reading

UNKNOWN = -1
"""An answer that a corpus does not give: no loss is taken on it."""


@dataclass(frozen=True, slots=True)
class Gold:
    """True answers for one query, as places in `LABELS` and `ROLES`; 0 or 1 for yes or no."""

    label: int = UNKNOWN
    certain: int = UNKNOWN
    role: int = UNKNOWN
    reported: int = UNKNOWN


@dataclass(frozen=True, slots=True)
class Example:
    """One reading, its true answers in the order of its queries, and the corpus it is from."""

    reading: Reading
    golds: tuple[Gold, ...]
    source: str
    weight: float = 1.0
