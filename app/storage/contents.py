"""Contents by their hash: each leads to the page that was mined from it, and never to two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from app.errors import DuplicateContent
from app.storage.tables import PageContentRow, PageRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session


def find_by_content(session: Session, content_hash: str) -> str | None:
    """Return the id of the page to which a content leads, or None."""
    return session.scalar(
        select(PageRow.id)
        .join(PageContentRow, PageContentRow.page_number == PageRow.number)
        .where(PageContentRow.content_hash == content_hash)
    )


def lead_to_page(session: Session, content_hash: str, number_of: Callable[[], int]) -> int:
    """Let a content lead to the page whose number `number_of` gives, and return the number.

    Raises:
        DuplicateContent: it leads to another page, also where that was added at the same moment;
            what `number_of` stored is undone, and the session can go on.
    """
    try:
        with session.begin_nested():
            number = number_of()
            session.execute(
                insert(PageContentRow), [{"content_hash": content_hash, "page_number": number}]
            )
    except IntegrityError as error:
        other = find_by_content(session, content_hash)
        if other is None:
            raise
        raise DuplicateContent(
            f"expected content of no other page, got that of page {other!r}", page_id=other
        ) from error
    return number
