"""The store of notices: jobs that are over and of which a webhook has not heard yet.

A notice is put off when it is taken, so that it comes again where whoever took it dies. Nothing
here commits.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from app.domain.job import Notice
from app.storage.job_rows import job_of
from app.storage.tables import JobRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

MAX_TRIES = 9
"""With the waits between them 27 hours: a receiver that is down for a day still hears."""

_FIRST_WAIT_S = 30
_WAIT_FACTOR = 3


class NoticeStore:
    """Stores who is still to hear, through a session that the caller opens and commits."""

    def __init__(
        self, session: Session, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._session = session
        self._now = now

    def take(self) -> Notice | None:
        """Return the notice that is due longest, and put it off; None where none is due."""
        now = self._now()
        row = self._session.scalar(
            select(JobRow)
            .where(JobRow.notify_at <= now)
            .order_by(JobRow.notify_at)
            .limit(1)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )
        if row is None:
            return None
        tries = row.notify_tries + 1
        wait = timedelta(seconds=_FIRST_WAIT_S * _WAIT_FACTOR ** (tries - 1))
        self._change(
            row.id, notify_tries=tries, notify_at=now + wait if tries < MAX_TRIES else None
        )
        return Notice(job_of(row), tries)

    def settle(self, job_id: str) -> None:
        """Note that the webhook has heard of a job."""
        self._change(job_id, notify_at=None)

    def _change(self, job_id: str, **values: object) -> None:
        self._session.execute(
            update(JobRow)
            .where(JobRow.id == job_id)
            .values(**values)
            .execution_options(synchronize_session=False)
        )
