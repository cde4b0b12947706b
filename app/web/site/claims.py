"""A claim as lists across pages show it: the comment's words with the evidence marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.web.site.pieces import Mark, Piece, cut

if TYPE_CHECKING:
    from app.domain.listing import AttributionRecord
    from app.domain.stance import Attribution


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim in a list. It has the names that a chip of a thread has."""

    record: AttributionRecord
    pieces: tuple[Piece, ...]
    claimed: bool
    place: int = 0
    heir_of: int | None = None

    @property
    def row(self) -> Attribution:
        """The claim itself."""
        return self.record.attribution

    @property
    def name(self) -> str:
        """Whom it is about."""
        return self.record.actor_name


def found_claim(record: AttributionRecord) -> FoundClaim:
    """Return a claim with its comment's text cut where the evidence begins and ends."""
    row = record.attribution
    return FoundClaim(
        record,
        cut(record.comment_text, [Mark(row.evidence, 0, row.label)]),
        claimed=row.claims_perpetrator,
    )
