"""What the two sides of the queue of jobs share: how rows of jobs are changed and read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from app.domain.job import Job
from app.storage.tables import JobRow
from app.storage.tables.job import JobUploadRow
from app.storage.tallies import unpack_tally

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


def _utc_now() -> datetime:
    return datetime.now(UTC)


class JobRows:
    """Changes rows through a session whose transaction the caller opens and commits.

    With `notifies` a notice is left of each job that ends.
    """

    def __init__(
        self,
        session: Session,
        *,
        notifies: bool = False,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._session = session
        self._notifies = notifies
        self._now = now

    def _notice(self) -> dict[str, Any]:
        return {"notify_at": self._now()} if self._notifies else {}

    def _drop_upload(self, job_id: str) -> None:
        number = select(JobRow.number).where(JobRow.id == job_id).scalar_subquery()
        self._session.execute(
            delete(JobUploadRow)
            .where(JobUploadRow.job_number == number)
            .execution_options(synchronize_session=False)
        )

    def _change(self, *conditions: ColumnElement[bool], **values: Any) -> int:
        changed = self._session.scalars(
            update(JobRow)
            .where(*conditions)
            .values(touched_at=self._now(), **values)
            .returning(JobRow.number)
            .execution_options(synchronize_session=False)
        )
        return len(changed.all())


def job_of(row: JobRow) -> Job:
    """Return what a row says of a job."""
    return Job(
        id=row.id,
        state=row.state,
        done=row.done,
        total=row.total,
        created_at=row.created_at,
        result=row.result,
        problem=row.problem,
        problem_kind=row.problem_kind,
        kind=row.kind,
        tally=unpack_tally(row.tally),
    )
