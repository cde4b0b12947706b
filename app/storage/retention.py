"""Finds what is older than it may be: pages by when they last changed, and feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from app.storage.tables import PageRow
from app.storage.tables.feedback import FeedbackRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def list_old_pages(session: Session, *, before: datetime, limit: int) -> list[str]:
    """Return the ids of some pages that were last mined or changed before then, oldest first."""
    statement = (
        select(PageRow.id)
        .where(PageRow.mined_at < before)
        .order_by(PageRow.mined_at, PageRow.number)
        .limit(limit)
    )
    return list(session.scalars(statement))


def count_old(session: Session, *, before: datetime) -> tuple[int, int]:
    """Return how many pages and how many labels are older than that."""
    pages = select(func.count()).select_from(PageRow).where(PageRow.mined_at < before)
    labels = select(func.count()).select_from(FeedbackRow).where(FeedbackRow.given_at < before)
    return session.scalar(pages) or 0, session.scalar(labels) or 0


def delete_old_feedback(session: Session, *, before: datetime) -> int:
    """Delete the labels that were given before then, and return how many."""
    gone = session.scalars(
        delete(FeedbackRow)
        .where(FeedbackRow.given_at < before)
        .returning(FeedbackRow.number)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())
