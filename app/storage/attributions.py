"""The store of attributions: who blames whom, across all pages.

Pages write them; here they are only read. Nothing here commits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import and_, select, tuple_
from sqlalchemy.orm import aliased, load_only

from app.domain.listing import AttributionRecord
from app.errors import InvalidRequest
from app.storage.columns import join_time, split_time
from app.storage.cursors import (
    MAX_NUMBER,
    MAX_POSITION,
    check_limit,
    decode_cursor,
    encode_cursor,
    number_to_time,
    slice_of,
    time_to_number,
)
from app.storage.filters import check_filter, names_actor
from app.storage.restore import attribution_of
from app.storage.tables import ActorNameRow, ActorRow, AttributionRow, CommentRow, PageRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import Session

    from app.domain.listing import AttributionFilter, Slice

_LIST = "attributions"

_Found: TypeAlias = "Row[AttributionRow, CommentRow, PageRow, ActorRow, ActorNameRow, str | None]"


class AttributionStore:
    """Lists attributions through a session whose transaction the caller opens."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(
        self, narrowed: AttributionFilter, *, cursor: str | None = None, limit: int
    ) -> Slice[AttributionRecord]:
        """Return some attributions, those said last first, from where `cursor` left off.

        An attribution is as old as its comment, or as its page's mining where the comment
        tells no time.

        Raises:
            InvalidRequest: a broken cursor, a limit out of range, a filter that is too long.
        """
        check_limit(limit)
        key = (
            AttributionRow.said_at,
            AttributionRow.page_number,
            AttributionRow.comment_position,
            AttributionRow.position,
        )
        statement = (
            _select_found()
            .where(*_conditions(narrowed))
            .order_by(*(column.desc() for column in key))
            .limit(limit + 1)
        )
        if cursor is not None:
            said, *place = decode_cursor(
                _LIST, cursor, most=[MAX_NUMBER, MAX_NUMBER, MAX_POSITION, MAX_POSITION]
            )
            statement = statement.where(tuple_(*key) < (number_to_time(said), *place))
        return slice_of(
            self._session.execute(statement).all(),
            limit=limit,
            item_of=_record,
            cursor_of=_cursor,
        )


def _select_found() -> Select[
    AttributionRow, CommentRow, PageRow, ActorRow, ActorNameRow, str | None
]:
    parent = aliased(CommentRow)
    return (
        select(AttributionRow, CommentRow, PageRow, ActorRow, ActorNameRow, parent.id)
        .join(PageRow, PageRow.number == AttributionRow.page_number)
        .join(
            CommentRow,
            and_(
                CommentRow.page_number == AttributionRow.page_number,
                CommentRow.position == AttributionRow.comment_position,
            ),
        )
        .join(
            ActorRow,
            and_(
                ActorRow.page_number == AttributionRow.page_number,
                ActorRow.position == AttributionRow.actor_position,
            ),
        )
        .join(
            ActorNameRow,
            and_(
                ActorNameRow.page_number == AttributionRow.page_number,
                ActorNameRow.actor_position == AttributionRow.actor_position,
                ActorNameRow.position == 0,
            ),
        )
        .outerjoin(
            parent,
            and_(
                parent.page_number == AttributionRow.page_number,
                parent.position == AttributionRow.inherited_position,
            ),
        )
        .options(
            # Articles are long, and the list shows none.
            load_only(
                PageRow.id, PageRow.url, PageRow.title, PageRow.mined_at, PageRow.mined_offset_s
            ),
            load_only(
                CommentRow.id,
                CommentRow.author,
                CommentRow.text,
                CommentRow.created_at,
                CommentRow.created_offset_s,
            ),
        )
        .execution_options(populate_existing=True)
    )


def _conditions(narrowed: AttributionFilter) -> Iterator[ColumnElement[bool]]:
    if narrowed.actor is not None:
        check_filter("actor", narrowed.actor)
        borne = aliased(ActorNameRow)
        yield tuple_(AttributionRow.page_number, AttributionRow.actor_position).in_(
            select(borne.page_number, borne.actor_position).where(
                names_actor(narrowed.actor, borne)
            )
        )
    if narrowed.label is not None:
        yield AttributionRow.label == narrowed.label
    if narrowed.role is not None:
        yield AttributionRow.role == narrowed.role
    if narrowed.certain is not None:
        yield AttributionRow.certain.is_(narrowed.certain)
    if narrowed.since is not None:
        yield AttributionRow.said_at >= _since(narrowed.since)


def _since(when: datetime) -> datetime:
    try:
        return split_time(when)[0]
    except ValueError as error:
        raise InvalidRequest(f"since: {error}") from error


def _record(found: _Found) -> AttributionRecord:
    row, comment, page, actor, name, inherited_from = found
    return AttributionRecord(
        page_id=page.id,
        page_url=page.url,
        page_title=page.title,
        comment_id=comment.id,
        comment_author=comment.author,
        comment_text=comment.text,
        created_at=join_time(comment.created_at, comment.created_offset_s),
        actor_name=name.name,
        attribution=attribution_of(row, actor.id, inherited_from),
        mined_at=join_time(page.mined_at, page.mined_offset_s),
    )


def _cursor(found: _Found) -> str:
    row = found[0]
    return encode_cursor(
        _LIST,
        time_to_number(row.said_at),
        row.page_number,
        row.comment_position,
        row.position,
    )
