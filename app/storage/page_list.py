"""Lists pages, those added last first.

A page keeps its place in the list when it is mined again, so that nothing is met twice or
passed over while somebody turns the leaves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from app.domain.listing import PageSummary
from app.storage.columns import KEY_LENGTH, join_time
from app.storage.cursors import MAX_NUMBER, check_limit, decode_cursor, encode_cursor, slice_of
from app.storage.filters import check_filter, names_actor
from app.storage.tables import ActorNameRow, CommentRow, HypothesisRow, PageRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.orm import Session

    from app.domain.listing import PageFilter, Slice

_LIST = "pages"
_LAST_CHARACTER = "\U0010ffff"
_ANY_REST = "*"


def list_pages(
    session: Session, narrowed: PageFilter, *, cursor: str | None, limit: int
) -> Slice[PageSummary]:
    """Return at most `limit` pages behind `cursor`, in one statement.

    Raises:
        InvalidRequest: a broken cursor, a limit out of range, a filter that is too long.
    """
    check_limit(limit)
    comments = (
        select(func.count())
        .where(CommentRow.page_number == PageRow.number)
        .correlate(PageRow)
        .scalar_subquery()
    )
    top_actor = (
        select(ActorNameRow.name)
        .join(
            HypothesisRow,
            and_(
                HypothesisRow.page_number == ActorNameRow.page_number,
                HypothesisRow.actor_position == ActorNameRow.actor_position,
            ),
        )
        .where(
            HypothesisRow.page_number == PageRow.number,
            HypothesisRow.position == 0,
            ActorNameRow.position == 0,
        )
        .correlate(PageRow)
        .scalar_subquery()
    )
    statement = (
        select(
            PageRow.number,
            PageRow.id,
            PageRow.url,
            PageRow.title,
            PageRow.language,
            PageRow.mined_at,
            PageRow.mined_offset_s,
            comments.label("comments"),
            top_actor.label("top_actor"),
        )
        .where(*_conditions(narrowed))
        .order_by(PageRow.number.desc())
        .limit(limit + 1)
    )
    if cursor is not None:
        (number,) = decode_cursor(_LIST, cursor, most=[MAX_NUMBER])
        statement = statement.where(PageRow.number < number)
    return slice_of(
        session.execute(statement).all(),
        limit=limit,
        item_of=_summary,
        cursor_of=lambda row: encode_cursor(_LIST, row.number),
    )


def _conditions(narrowed: PageFilter) -> Iterator[ColumnElement[bool]]:
    if narrowed.url is not None:
        check_filter("url", narrowed.url)
        yield _has_url(narrowed.url)
    if narrowed.actor is not None:
        check_filter("actor", narrowed.actor)
        named = names_actor(narrowed.actor, ActorNameRow)
        yield PageRow.number.in_(select(ActorNameRow.page_number).where(named))
    if narrowed.text is not None:
        check_filter("text", narrowed.text)
        yield or_(
            PageRow.title.icontains(narrowed.text, autoescape=True),
            PageRow.article_text.icontains(narrowed.text, autoescape=True),
            select(CommentRow.position)
            .where(
                CommentRow.page_number == PageRow.number,
                CommentRow.text.icontains(narrowed.text, autoescape=True),
            )
            .correlate(PageRow)
            .exists(),
        )


def _has_url(wanted: str) -> ColumnElement[bool]:
    if not wanted.endswith(_ANY_REST):
        return and_(PageRow.url_key == wanted[:KEY_LENGTH], PageRow.url == wanted)
    beginning = wanted.removesuffix(_ANY_REST)
    key = beginning[:KEY_LENGTH]
    # The range is what the index can find; the rest holds for beginnings longer than a key.
    return and_(
        PageRow.url_key >= key,
        PageRow.url_key <= key + _LAST_CHARACTER,
        func.substr(PageRow.url, 1, len(beginning)) == beginning,
    )


def _summary(row: Row[tuple[object, ...]]) -> PageSummary:
    return PageSummary(
        id=row.id,
        url=row.url,
        title=row.title,
        language=row.language,
        comments=row.comments,
        top_actor=row.top_actor,
        mined_at=join_time(row.mined_at, row.mined_offset_s),
    )
