"""Questions across all pages: which comments say a word, and how often who is held responsible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.storage.counts import list_counts
from app.storage.engine import open_session
from app.storage.search import find_comments

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.domain.listing import Slice
    from app.domain.question import ClaimCount, CommentFilter, CountFilter, FoundComment


class Questions:
    """Answers questions about all that is stored."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find_comments(
        self, wanted: CommentFilter, *, cursor: str | None = None, limit: int = 50
    ) -> Slice[FoundComment]:
        """Return some of the comments that hold the words, those of the latest pages first."""
        with open_session(self._engine, read_only=True) as session:
            return find_comments(session, wanted, cursor=cursor, limit=limit)

    def count_claims(
        self, wanted: CountFilter, *, cursor: str | None = None, limit: int = 50
    ) -> Slice[ClaimCount]:
        """Return some counts: of actors and sites the highest first, of days the latest."""
        with open_session(self._engine, read_only=True) as session:
            return list_counts(session, wanted, cursor=cursor, limit=limit)
