"""The store of feedback: labels go in one by one and come out in the order they came."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from app.domain.feedback import Feedback
from app.storage.checks import checked_row
from app.storage.tables.feedback import FeedbackRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

MOST_AT_ONCE = 1_000
"""Rows read at a time: a text has up to 20 KB, and so a slice up to some ten megabytes."""


class FeedbackStore:
    """Stores feedback through a session whose transaction the caller opens and commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, labels: Iterable[Feedback]) -> None:
        """Store labels.

        Raises:
            InvalidPage: a text that no database can hold.
        """
        rows = [checked_row(FeedbackRow, asdict(label)) for label in labels]
        if rows:
            self._session.execute(insert(FeedbackRow), rows)

    def list(self, *, after: int, attribute: str | None) -> list[tuple[int, Feedback]]:
        """Return the next labels behind that number, each with its own; all attributes if None."""
        statement = (
            select(FeedbackRow)
            .where(FeedbackRow.number > after)
            .order_by(FeedbackRow.number)
            .limit(MOST_AT_ONCE)
        )
        if attribute is not None:
            statement = statement.where(FeedbackRow.attribute == attribute)
        return [
            (
                row.number,
                Feedback(
                    text=row.text,
                    attribute=row.attribute,
                    value=row.value,
                    given_at=row.given_at,
                    article=row.article,
                    parent=row.parent,
                    context=row.context,
                    language=row.language,
                    community=row.community,
                    token=row.token,
                ),
            )
            for row in self._session.scalars(statement)
        ]
