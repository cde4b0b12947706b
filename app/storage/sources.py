"""What a page is mined from as rows beside those of the mined page, and back again.

Shown comments are not stored twice: only what mining, or withholding another, changed of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select

from app.domain.page import Comment, NamedActor, Page
from app.domain.source import Source, as_came
from app.storage.checks import checked_rows, checked_time
from app.storage.columns import join_time
from app.storage.tables import MovedReplyRow, PageSourceRow, WithheldRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from app.domain.mined import MinedPage
    from app.storage.checks import Parts, Row
    from app.storage.tables import PartRow

_PartT = TypeVar("_PartT", bound="PartRow")


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as it is stored: mined, what it was mined from, and the memo of its last mining.

    `version` counts how often it was stored.
    """

    mined: MinedPage
    source: Source
    memo: bytes | None
    version: int


def source_rows(source: Source, memo: bytes | None) -> Parts:
    """Return the rows of what a page is mined from, but for its number.

    Raises:
        InvalidPage: a text or a time that no database here can hold.
    """
    page = source.page
    given: Row = {
        "account_given": page.account is not None,
        "event_given": page.event is not None,
        "actors_given": page.actors is not None,
        "memo": memo,
    }
    return {
        PageSourceRow: [given],
        WithheldRow: checked_rows(WithheldRow, _withheld_rows(source)),
        MovedReplyRow: checked_rows(MovedReplyRow, _moved_rows(source)),
    }


def read_source(
    session: Session, page_number: int, mined: MinedPage
) -> tuple[Source, bytes | None]:
    """Return what the page of that number is mined from, and the memo of its last mining.

    Of a page without a row the account and event are taken as given, the actors as found.
    """
    given = session.scalar(_of_page(PageSourceRow, page_number))
    moved = {
        row.comment_position: row for row in session.scalars(_of_page(MovedReplyRow, page_number))
    }
    comments = [as_came(held.comment) for held in mined.comments]
    for position, row in moved.items():
        comments[position] = replace(
            comments[position], reply_to=row.reply_to, reply_link=row.reply_link
        )
    withheld = session.scalars(
        _of_page(WithheldRow, page_number).order_by(WithheldRow.position)
    ).all()
    for hidden in withheld:
        comments.insert(hidden.position, _comment(hidden))
    page = Page(
        article=mined.article,
        comments=tuple(comments),
        url=mined.url,
        language=mined.language,
        account=mined.account if given is None or given.account_given else None,
        event=mined.event if given is None or given.event_given else None,
        actors=tuple(NamedActor(each.id, each.name, each.aliases) for each in mined.actors)
        if given is not None and given.actors_given
        else None,
    )
    source = Source(page, frozenset(hidden.id for hidden in withheld))
    return source, None if given is None else given.memo


def _withheld_rows(source: Source) -> Iterator[Row]:
    for position, comment in enumerate(source.page.comments):
        if comment.id not in source.withheld:
            continue
        created_at, created_offset_s = checked_time(
            f"created_at of comment {position}", comment.created_at
        )
        yield {
            "position": position,
            "id": comment.id,
            "text": comment.text,
            "author": comment.author,
            "reply_to": comment.reply_to,
            "reply_link": comment.reply_link,
            "kind": comment.kind,
            "created_at": created_at,
            "created_offset_s": created_offset_s,
        }


def _moved_rows(source: Source) -> Iterator[Row]:
    shown = (each for each in source.page.comments if each.id not in source.withheld)
    for position, comment in enumerate(shown):
        if comment.reply_to in source.withheld:
            yield {
                "comment_position": position,
                "reply_to": comment.reply_to,
                "reply_link": comment.reply_link,
            }


def _comment(row: WithheldRow) -> Comment:
    return Comment(
        id=row.id,
        text=row.text,
        author=row.author,
        reply_to=row.reply_to,
        reply_link=row.reply_link,
        kind=row.kind,
        created_at=join_time(row.created_at, row.created_offset_s),
    )


def _of_page(table: type[_PartT], page_number: int) -> Select[_PartT]:
    return (
        select(table)
        .where(table.page_number == page_number)
        .execution_options(populate_existing=True)
    )
