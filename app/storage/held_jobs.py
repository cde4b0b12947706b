"""The queue of jobs as its workers see it: taken by one, held as long as it shows life, let go.

A worker has a job once its claim is committed, and should do so at once. A job that was taken from
it because it showed no life no longer hears its word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, select, update

from app.domain.job import ArchiveTally, ClaimedJob, JobKind, JobState
from app.storage.job_rows import JobRows
from app.storage.tables import JobRow
from app.storage.tallies import pack_tally, unpack_tally

if TYPE_CHECKING:
    from collections.abc import Collection

_PROBLEM_CHARACTERS = 500
"""Longer than any sentence that our errors say."""

_KIND_CHARACTERS = 64

DONE_BEFORE = case((JobRow.kind == JobKind.ARCHIVE, JobRow.done), else_=0)
"""How much of a job that begins again is done: an archive goes on, a page begins anew."""


class HeldJobs(JobRows):
    """What workers do with jobs; `JobStore` has the rest."""

    def claim(self, kinds: Collection[JobKind] = tuple(JobKind)) -> ClaimedJob | None:
        """Take the oldest queued job of those kinds; None where none waits."""
        oldest = (
            select(JobRow.number)
            .where(JobRow.state == JobState.QUEUED, JobRow.kind.in_(kinds))
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
            .returning(
                JobRow.id,
                JobRow.payload,
                JobRow.remine,
                JobRow.attempts,
                JobRow.kind,
                JobRow.total,
                JobRow.tally,
            )
            .execution_options(synchronize_session=False)
        ).one_or_none()
        if row is None:
            return None
        return ClaimedJob(
            row.id,
            row.payload or b"",
            row.remine,
            attempt=row.attempts,
            kind=row.kind,
            total=row.total,
            tally=unpack_tally(row.tally),
        )

    def touch(self, job: ClaimedJob) -> bool:
        """Show life; False where the job is no longer to be run by this worker."""
        return self._change_held(job)

    def progress(
        self,
        job: ClaimedJob,
        done: int,
        *,
        total: int | None = None,
        tally: ArchiveTally | None = None,
    ) -> bool:
        """Note how many comments are done; False where the job is no longer to be run."""
        values: dict[str, Any] = {"done": done}
        if total is not None:
            values["total"] = total
        if tally is not None:
            values["tally"] = pack_tally(tally)
        return self._change_held(job, **values)

    def finish(self, job: ClaimedJob, result: str | None) -> bool:
        """Note the page that a job made; False where the job is no longer this worker's."""
        held = self._change_held(
            job,
            state=JobState.DONE,
            done=JobRow.total,
            result=result,
            payload=None,
            **self._notice(),
        )
        if held:
            self._drop_upload(job.id)
        return held

    def fail(self, job: ClaimedJob, problem_kind: str, problem: str) -> bool:
        """Note why a job failed; what it was to mine stays, so that it can be tried again.

        False where the job is no longer this worker's.
        """
        return self._change_held(
            job,
            state=JobState.FAILED,
            problem_kind=problem_kind[:_KIND_CHARACTERS],
            problem=_storable(problem)[:_PROBLEM_CHARACTERS],
            **self._notice(),
        )

    def release(self, job: ClaimedJob) -> bool:
        """Queue a running job again whose worker stops on purpose: that was no attempt."""
        return self._change_held(
            job, state=JobState.QUEUED, done=DONE_BEFORE, attempts=JobRow.attempts - 1
        )

    def _change_held(self, job: ClaimedJob, **values: Any) -> bool:
        changed = self._change(
            JobRow.id == job.id,
            JobRow.state == JobState.RUNNING,
            JobRow.attempts == job.attempt,
            **values,
        )
        return changed > 0


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "?")
