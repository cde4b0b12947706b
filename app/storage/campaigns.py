"""The store of campaigns: which texts are the same, page by page, and who has them.

Pages are compared one after another, each with all that were compared before; one that changed
since is compared anew. Nothing here commits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, exists, func, insert, or_, select, text, update

from app.storage.tables import CommentRow, PageRow
from app.storage.tables.campaign import (
    CampaignBandRow,
    CampaignRow,
    CampaignTextRow,
    ComparedPageRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

_MOST_CANDIDATES = 50
"""How many campaigns are looked at for one text: those that share a band are nearly all like it,
and whoever crafts thousands that only share a band shall not make comparing slow."""

_COMPARING_LOCK = 0x46504F5355
"""Any number, as long as everybody who compares pages takes the same."""


class CampaignStore:
    """Stores campaigns through a session whose transaction the caller opens and commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self) -> None:
        """Let nobody else compare pages until the transaction ends, so that none meet twice."""
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(text(f"SELECT pg_advisory_xact_lock({_COMPARING_LOCK})"))

    def count_behind(self) -> int:
        """Return how many pages are not compared as they are now."""
        return self._session.scalar(select(func.count()).select_from(_behind().subquery())) or 0

    def pages_behind(self, limit: int) -> Sequence[int]:
        """Return the numbers of some pages that are not compared as they are now."""
        return self._session.scalars(_behind().order_by(PageRow.number).limit(limit)).all()

    def read(self, page_number: int) -> tuple[int | None, dict[int, str]]:
        """Return the version of a page, None where it is gone, and its comments by position."""
        version = self._session.scalar(select(PageRow.version).where(PageRow.number == page_number))
        rows = self._session.execute(
            select(CommentRow.position, CommentRow.text).where(
                CommentRow.page_number == page_number
            )
        )
        return version, {row.position: row.text for row in rows}

    def begin_page(self, page_number: int, version: int) -> bool:
        """Forget what was found of a page, which is compared now; False where it has changed."""
        there = self._session.scalar(
            select(PageRow.version).where(PageRow.number == page_number).with_for_update()
        )
        if there != version:
            return False
        for table in (CampaignTextRow, ComparedPageRow):
            self._session.execute(delete(table).where(table.page_number == page_number))
        self._session.execute(
            insert(ComparedPageRow), [{"page_number": page_number, "version": version}]
        )
        return True

    def candidates(self, bands: Sequence[int]) -> list[tuple[int, bytes]]:
        """Return number and sketch of the campaigns that share a band, the oldest first."""
        shares = or_(
            *(
                and_(CampaignBandRow.band == band, CampaignBandRow.value == value)
                for band, value in enumerate(bands)
            )
        )
        numbers = (
            select(CampaignBandRow.campaign_number)
            .where(shares)
            .distinct()
            .order_by(CampaignBandRow.campaign_number)
            .limit(_MOST_CANDIDATES)
        )
        found = select(CampaignRow.number, CampaignRow.sketch).where(
            CampaignRow.number.in_(numbers.scalar_subquery())
        )
        rows = self._session.execute(found.order_by(CampaignRow.number))
        return [(row.number, row.sketch) for row in rows]

    def add(self, campaign_id: str, sketch: bytes, bands: Sequence[int]) -> int:
        """Add a campaign that nobody has the text of yet, and return its number."""
        row = {"id": campaign_id, "sketch": sketch, "copied": False}
        number = self._session.scalars(insert(CampaignRow).returning(CampaignRow.number), [row])
        added = number.one()
        self._session.execute(
            insert(CampaignBandRow),
            [
                {"band": band, "value": value, "campaign_number": added}
                for band, value in enumerate(bands)
            ],
        )
        return added

    def join(self, number: int, page_number: int, positions: Iterable[int]) -> None:
        """Say that these comments of a page have the campaign's text."""
        held = self._session.scalar(
            select(func.count()).where(CampaignTextRow.campaign_number == number)
        )
        rows = [
            {"page_number": page_number, "comment_position": at, "campaign_number": number}
            for at in positions
        ]
        self._session.execute(insert(CampaignTextRow), rows)
        if len(rows) + (held or 0) > 1:
            self._session.execute(
                update(CampaignRow).where(CampaignRow.number == number).values(copied=True)
            )

    def forget_unheld(self) -> None:
        """Forget the campaigns of which every comment is gone."""
        held = exists().where(CampaignTextRow.campaign_number == CampaignRow.number)
        self._session.execute(
            delete(CampaignRow).where(~held).execution_options(synchronize_session=False)
        )


def _behind() -> Select[int]:
    return (
        select(PageRow.number)
        .outerjoin(ComparedPageRow, ComparedPageRow.page_number == PageRow.number)
        .where(or_(ComparedPageRow.version.is_(None), ComparedPageRow.version != PageRow.version))
    )
