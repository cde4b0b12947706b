"""The store of attributions: who blames whom, across all pages.

Pages write them; here they are only read. Nothing here commits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased, load_only

from app.domain.listing import AttributionRecord
from app.storage.claim_places import ORDER, select_places
from app.storage.columns import join_time
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
from app.storage.restore import attribution_of
from app.storage.tables import ActorNameRow, ActorRow, AttributionRow, CommentRow, PageRow

if TYPE_CHECKING:
    from sqlalchemy import Row, Select, Subquery
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
        before: tuple[object, ...] | None = None
        if cursor is not None:
            said, *place = decode_cursor(
                _LIST, cursor, most=[MAX_NUMBER, MAX_NUMBER, MAX_POSITION, MAX_POSITION]
            )
            before = (number_to_time(said), *place)
        statement = _select_found(select_places(narrowed, before=before, most=limit + 1))
        return slice_of(
            self._session.execute(statement).all(),
            limit=limit,
            item_of=_record,
            cursor_of=_cursor,
        )


def _select_found(
    places: Subquery,
) -> Select[AttributionRow, CommentRow, PageRow, ActorRow, ActorNameRow, str | None]:
    parent = aliased(CommentRow)
    return (
        select(AttributionRow, CommentRow, PageRow, ActorRow, ActorNameRow, parent.id)
        .join(
            places,
            and_(
                *(getattr(AttributionRow, name) == places.c[name] for name in ORDER[1:]),
            ),
        )
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
        .order_by(*(places.c[name].desc() for name in ORDER))
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
