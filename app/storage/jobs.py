"""The store of jobs: a queue in the database, from which several workers take without meeting.

Nothing here commits. What workers do with the jobs stands in `held_jobs`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, or_, select
from sqlalchemy.orm import defer

from app.domain.job import Job, JobKind, JobState
from app.errors import Conflict, NotFound
from app.storage.columns import is_storable
from app.storage.held_jobs import DONE_BEFORE, HeldJobs
from app.storage.job_rows import job_of
from app.storage.tables import JobRow

if TYPE_CHECKING:
    from datetime import datetime

MAX_ATTEMPTS = 3
"""How often a job is begun whose worker dies of it, before it counts as the job's fault."""

_ECHOED = 60
"""Characters of a wrong id that an error repeats: enough to know it again."""


class JobStore(HeldJobs):
    """Stores jobs through a session whose transaction the caller opens and commits.

    With `notifies` a notice is left of each job that ends.
    """

    def add(
        self,
        job_id: str,
        payload: bytes,
        *,
        remine: bool,
        total: int,
        kind: JobKind = JobKind.PAGE,
    ) -> Job:
        """Queue a job under a new id; `total` is the number of comments in it, if known."""
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
                    "kind": kind,
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
        return job_of(row)

    def latest(self, *, limit: int) -> list[Job]:
        """Return the latest jobs, the last one first."""
        statement = select(JobRow).options(defer(JobRow.payload)).order_by(JobRow.number.desc())
        return [job_of(row) for row in self._session.scalars(statement.limit(limit))]

    def count_waiting(self) -> int:
        """Return how many jobs are queued."""
        return (
            self._session.scalar(
                select(func.count()).select_from(JobRow).where(JobRow.state == JobState.QUEUED)
            )
            or 0
        )

    def cancel(self, job_id: str) -> Job:
        """Cancel a job that is queued or running, and return it as it stands then.

        A job that is over stays as it is. A running one stops at its next sign of progress.

        Raises:
            NotFound: there is no such job.
        """
        if is_storable(job_id) and self._change(
            JobRow.id == job_id,
            JobRow.state.in_([JobState.QUEUED, JobState.RUNNING]),
            state=JobState.CANCELLED,
            payload=None,
            **self._notice(),
        ):
            self._drop_upload(job_id)
        return self.load(job_id)

    def retry(self, job_id: str) -> Job:
        """Queue a failed job again, and return it; an archive goes on where it failed.

        Raises:
            NotFound: there is no such job.
            Conflict: it has not failed, or so long ago that what it was to mine is gone.
        """
        job = self.load(job_id)
        changed = self._change(
            JobRow.id == job_id,
            JobRow.state == JobState.FAILED,
            JobRow.payload.is_not(None),
            state=JobState.QUEUED,
            done=DONE_BEFORE,
            attempts=0,
            problem=None,
            problem_kind=None,
            notify_at=None,
            notify_tries=0,
        )
        if not changed:
            gone = job.state is JobState.FAILED
            got = "one that failed too long ago" if gone else f"one that is {job.state}"
            raise Conflict(f"expected a job that failed and can be tried again, got {got}")
        return self.load(job_id)

    def requeue_running(self, *, untouched_since: datetime | None = None) -> int:
        """Queue again what a crash left running, and return how many jobs that are.

        With `untouched_since` only jobs without a sign of life since then: other workers may
        be at the rest. A job that was begun `MAX_ATTEMPTS` times fails instead.
        """
        left = [JobRow.state == JobState.RUNNING]
        if untouched_since is not None:
            now = self._now()
            # A sign of life from later than now was given before the clock was set back.
            yet_to_come = now + (now - untouched_since)
            left.append(or_(JobRow.touched_at < untouched_since, JobRow.touched_at > yet_to_come))
        self._change(
            *left,
            JobRow.attempts >= MAX_ATTEMPTS,
            state=JobState.FAILED,
            problem_kind="FingerpostError",
            problem=f"the process that ran this job stopped {MAX_ATTEMPTS} times on it",
            **self._notice(),
        )
        return self._change(*left, state=JobState.QUEUED, done=DONE_BEFORE)

    def forget_failed(self, *, untouched_since: datetime) -> None:
        """Delete what jobs were to mine that failed before then."""
        old = (
            JobRow.state == JobState.FAILED,
            JobRow.payload.is_not(None),
            JobRow.touched_at < untouched_since,
        )
        for job_id in self._session.scalars(select(JobRow.id).where(*old)).all():
            self._drop_upload(job_id)
            self._change(JobRow.id == job_id, *old, payload=None)
