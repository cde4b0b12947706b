"""Lists campaigns, those found last first, and the comments of one. Nothing here commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import String, and_, cast, func, select

from app.domain.campaign import CampaignComment, CampaignSummary
from app.errors import NotFound
from app.storage.columns import is_storable, join_time
from app.storage.cursors import (
    MAX_NUMBER,
    MAX_POSITION,
    check_limit,
    decode_cursor,
    encode_cursor,
    slice_of,
)
from app.storage.tables import CommentRow, PageRow
from app.storage.tables.campaign import CampaignRow, CampaignTextRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.orm import Session

    from app.domain.listing import Slice

_LIST, _COMMENTS = "campaigns", "campaign"
_ECHOED = 60
"""Characters of a wrong id that an error repeats: enough to know it again."""


def list_campaigns(
    session: Session, *, min_comments: int, min_pages: int, cursor: str | None, limit: int
) -> Slice[CampaignSummary]:
    """Return some campaigns of at least so many comments, on at least so many pages.

    Raises:
        InvalidRequest: a broken cursor, or a limit out of range.
    """
    check_limit(limit)
    who = func.coalesce(
        func.lower(CommentRow.author),
        cast(CommentRow.page_number, String) + "/" + cast(CommentRow.position, String),
    )
    statement = (
        select(
            CampaignRow.number,
            CampaignRow.id,
            func.count().label("comments"),
            func.count(CampaignTextRow.page_number.distinct()).label("pages"),
            func.count(who.distinct()).label("authors"),
        )
        .join(CampaignTextRow, CampaignTextRow.campaign_number == CampaignRow.number)
        .join(CommentRow, _is_its_comment())
        .where(CampaignRow.copied.is_(True))
        .group_by(CampaignRow.number, CampaignRow.id)
        .having(
            func.count() >= max(min_comments, 2),
            func.count(CampaignTextRow.page_number.distinct()) >= min_pages,
        )
        .order_by(CampaignRow.number.desc())
        .limit(limit + 1)
    )
    if cursor is not None:
        (number,) = decode_cursor(_LIST, cursor, most=[MAX_NUMBER])
        statement = statement.where(CampaignRow.number < number)
    return slice_of(
        session.execute(statement).all(),
        limit=limit,
        item_of=lambda row: CampaignSummary(
            row.id, row.comments, row.pages, row.authors, _first_text(session, row.number)
        ),
        cursor_of=lambda row: encode_cursor(_LIST, row.number),
    )


def list_campaign_comments(
    session: Session, campaign_id: str, *, cursor: str | None, limit: int
) -> Slice[CampaignComment]:
    """Return some comments of a campaign, those of the page that came first at the beginning.

    Raises:
        NotFound: there is no such campaign.
        InvalidRequest: a broken cursor, or a limit out of range.
    """
    check_limit(limit)
    number = (
        session.scalar(select(CampaignRow.number).where(CampaignRow.id == campaign_id))
        if is_storable(campaign_id)
        else None
    )
    if number is None:
        raise NotFound(f"expected the id of a campaign, got {campaign_id[:_ECHOED]!r}")
    statement = (
        select(CommentRow, PageRow.id, PageRow.url, PageRow.title)
        .join(CampaignTextRow, _is_its_comment())
        .join(PageRow, PageRow.number == CommentRow.page_number)
        .where(CampaignTextRow.campaign_number == number)
        .order_by(CampaignTextRow.page_number, CampaignTextRow.comment_position)
        .limit(limit + 1)
    )
    if cursor is not None:
        page, position = decode_cursor(_COMMENTS, cursor, most=[MAX_NUMBER, MAX_POSITION])
        statement = statement.where(
            (CampaignTextRow.page_number > page)
            | and_(
                CampaignTextRow.page_number == page,
                CampaignTextRow.comment_position > position,
            )
        )
    return slice_of(
        session.execute(statement).all(),
        limit=limit,
        item_of=_comment,
        cursor_of=lambda row: encode_cursor(_COMMENTS, row[0].page_number, row[0].position),
    )


def _is_its_comment() -> ColumnElement[bool]:
    return and_(
        CommentRow.page_number == CampaignTextRow.page_number,
        CommentRow.position == CampaignTextRow.comment_position,
    )


def _first_text(session: Session, number: int) -> str:
    return (
        session.scalar(
            select(CommentRow.text)
            .join(CampaignTextRow, _is_its_comment())
            .where(CampaignTextRow.campaign_number == number)
            .order_by(CampaignTextRow.page_number, CampaignTextRow.comment_position)
            .limit(1)
        )
        or ""
    )


def _comment(row: Row[CommentRow, str, str | None, str | None]) -> CampaignComment:
    comment, page_id, url, title = row
    return CampaignComment(
        page_id,
        url,
        title,
        comment.id,
        comment.author,
        comment.text,
        join_time(comment.created_at, comment.created_offset_s),
    )
