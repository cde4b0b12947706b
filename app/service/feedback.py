"""Feedback as it is kept: each transaction about it, a short one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.storage.engine import open_session
from app.storage.feedback import FeedbackStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Engine

    from app.domain.feedback import Feedback


class KeptFeedback:
    """Adds labels and lists them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, labels: Sequence[Feedback]) -> None:
        """Store labels, all or none.

        Raises:
            InvalidPage: a text that no database can hold.
        """
        with open_session(self._engine) as session, session.begin():
            FeedbackStore(session).add(labels)

    def all(self, *, attribute: str | None = None) -> Iterator[Feedback]:
        """Yield the labels in the order they came, of one attribute or of all."""
        after = 0
        while True:
            with open_session(self._engine, read_only=True) as session:
                found = FeedbackStore(session).list(after=after, attribute=attribute)
            if not found:
                return
            for number, label in found:
                after = number
                yield label
