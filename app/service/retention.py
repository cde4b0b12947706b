"""Removes what is older than the operator keeps, with all that was made of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.errors import NotFound
from app.storage.engine import open_session
from app.storage.retention import count_old, delete_old_feedback, list_old_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from app.service.kept import KeptPages

_AT_A_TIME = 100
"""Pages looked up at once; each is deleted in a transaction of its own, so that writers wait for
one page at most."""

_EVERY = timedelta(hours=1)
"""How often a service looks for what is too old: ages are counted in days."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """How much was removed."""

    pages: int
    labels: int


class Retention:
    """Removes pages and feedback by age; after `days` the service does so by itself."""

    def __init__(
        self,
        engine: Engine,
        pages: KeptPages,
        *,
        days: int | None,
        now: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._pages = pages
        self._keep = None if days is None else timedelta(days=days)
        self._now = now
        self._due: datetime | None = None

    def prune(self, older_than: timedelta) -> Pruned:
        """Remove pages that were last mined or changed longer ago than that, and older labels."""
        before = self._before(older_than)
        pages = 0
        while found := self._find(before):
            for page_id in found:
                with suppress(NotFound):  # somebody else was quicker
                    self._pages.delete(page_id)
                    pages += 1
        with open_session(self._engine) as session, session.begin():
            labels = delete_old_feedback(session, before=before)
        return Pruned(pages, labels)

    def count(self, older_than: timedelta) -> Pruned:
        """Return how much `prune` would remove."""
        with open_session(self._engine, read_only=True) as session:
            return Pruned(*count_old(session, before=self._before(older_than)))

    def prune_when_due(self) -> Pruned | None:
        """Remove what is older than the service keeps, once an hour; call it as often as you like.

        None where nothing was due.
        """
        now = self._now()
        if self._keep is None or (self._due is not None and now < self._due):
            return None
        self._due = now + _EVERY
        return self.prune(self._keep)

    def _find(self, before: datetime) -> list[str]:
        with open_session(self._engine, read_only=True) as session:
            return list_old_pages(session, before=before, limit=_AT_A_TIME)

    def _before(self, older_than: timedelta) -> datetime:
        try:
            return self._now() - older_than
        except OverflowError:  # before the first of all years: nothing is as old
            return datetime.min.replace(tzinfo=UTC)
