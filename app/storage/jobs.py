"""The store of jobs: a queue in the database, from which several workers take without meeting.

Nothing here commits; a worker has a job once its claim is committed, and should do so at once.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from app.domain.job import ClaimedJob, Job, JobState
from app.errors import NotFound
from app.storage.columns import is_storable
from app.storage.tables import JobRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

MAX_ATTEMPTS = 3
"""How often a job is begun whose worker dies of it, before it counts as the job's fault."""

_PROBLEM_CHARACTERS = 500
"""Longer than any sentence that our errors say."""

_KIND_CHARACTERS = 64
_ECHOED = 60
"""Characters of a wrong id that an error repeats: enough to know it again."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class JobStore:
    """Stores jobs through a session whose transaction the caller opens and commits."""

    def __init__(self, session: Session, *, now: Callable[[], datetime] = _utc_now) -> None:
        self._session = session
        self._now = now

    def add(self, job_id: str, payload: bytes, *, remine: bool, total: int) -> Job:
        """Queue a job under a new id; `total` is the number of comments in it."""
        now = self._now()
        self._session.execute(
            insert(JobRow),
            [
                {
                    "id": job_id,
                    "state": JobState.QUEUED,
                    "payload": payload,
                    "remine": remine,
                    "done": 0,
                    "total": total,
                    "attempts": 0,
                    "created_at": now,
                    "touched_at": now,
                }
            ],
        )
        return self.load(job_id)

    def load(self, job_id: str) -> Job:
        """Return a job as it stands.

        Raises:
            NotFound: there is no such job.
        """
        row = (
            self._session.scalar(
                select(JobRow).where(JobRow.id == job_id).execution_options(populate_existing=True)
            )
            if is_storable(job_id)
            else None
        )
        if row is None:
            raise NotFound(f"expected the id of a job, got {job_id[:_ECHOED]!r}")
        return Job(
            id=row.id,
            state=row.state,
            done=row.done,
            total=row.total,
            created_at=row.created_at,
            result=row.result,
            problem=row.problem,
            problem_kind=row.problem_kind,
        )

    def count_waiting(self) -> int:
        """Return how many jobs are queued."""
        return (
            self._session.scalar(
                select(func.count()).select_from(JobRow).where(JobRow.state == JobState.QUEUED)
            )
            or 0
        )

    def claim(self) -> ClaimedJob | None:
        """Take the oldest queued job, which no other worker gets then; None where none waits."""
        oldest = (
            select(JobRow.number)
            .where(JobRow.state == JobState.QUEUED)
            .order_by(JobRow.number)
            .limit(1)
            # PostgreSQL passes over what another worker is just taking; SQLite has one writer.
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        row = self._session.execute(
            update(JobRow)
            .where(JobRow.number == oldest)
            .values(
                state=JobState.RUNNING,
                attempts=JobRow.attempts + 1,
                touched_at=self._now(),
            )
            .returning(JobRow.id, JobRow.payload, JobRow.remine)
            .execution_options(synchronize_session=False)
        ).one_or_none()
        if row is None:
            return None
        return ClaimedJob(row.id, row.payload or b"", row.remine)

    def progress(self, job_id: str, done: int) -> bool:
        """Note how many comments are done; False where the job is no longer to be run."""
        return self._change_running(job_id, done=done)

    def finish(self, job_id: str, result: str) -> bool:
        """Note the page that a job made; False where the job was cancelled meanwhile."""
        return self._change_running(
            job_id, state=JobState.DONE, done=JobRow.total, result=result, payload=None
        )

    def fail(self, job_id: str, problem_kind: str, problem: str) -> bool:
        """Note why a job failed; False where the job was cancelled meanwhile."""
        return self._change_running(
            job_id,
            state=JobState.FAILED,
            problem_kind=problem_kind[:_KIND_CHARACTERS],
            problem=_storable(problem)[:_PROBLEM_CHARACTERS],
            payload=None,
        )

    def release(self, job_id: str) -> bool:
        """Queue a running job again whose worker stops on purpose: that was no attempt."""
        return self._change_running(
            job_id, state=JobState.QUEUED, done=0, attempts=JobRow.attempts - 1
        )

    def cancel(self, job_id: str) -> Job:
        """Cancel a job that is queued or running, and return it as it stands then.

        A job that is over stays as it is. A running one stops at its next sign of progress.

        Raises:
            NotFound: there is no such job.
        """
        if is_storable(job_id):
            self._change(
                JobRow.id == job_id,
                JobRow.state.in_([JobState.QUEUED, JobState.RUNNING]),
                state=JobState.CANCELLED,
                payload=None,
            )
        return self.load(job_id)

    def requeue_running(self, *, untouched_since: datetime | None = None) -> int:
        """Queue again what a crash left running, and return how many jobs that are.

        With `untouched_since` only jobs without a sign of life since then: other workers may
        be at the rest. A job that was begun `MAX_ATTEMPTS` times fails instead.
        """
        left = [JobRow.state == JobState.RUNNING]
        if untouched_since is not None:
            left.append(JobRow.touched_at < untouched_since)
        self._change(
            *left,
            JobRow.attempts >= MAX_ATTEMPTS,
            state=JobState.FAILED,
            problem_kind="FingerpostError",
            problem=f"the process that ran this job stopped {MAX_ATTEMPTS} times on it",
            payload=None,
        )
        return self._change(*left, state=JobState.QUEUED, done=0)

    def _change_running(self, job_id: str, **values: Any) -> bool:
        changed = self._change(JobRow.id == job_id, JobRow.state == JobState.RUNNING, **values)
        return changed > 0

    def _change(self, *conditions: ColumnElement[bool], **values: Any) -> int:
        changed = self._session.scalars(
            update(JobRow)
            .where(*conditions)
            .values(touched_at=self._now(), **values)
            .returning(JobRow.number)
            .execution_options(synchronize_session=False)
        )
        return len(changed.all())


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "?")
