"""Jobs as they are kept and run: what waits in the database to be mined in the background.

Any number of processes on one database share the jobs. Whoever runs one shows life while it does;
a job without a sign of life is taken up by another. Every transaction is a short one.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING, Protocol

import structlog

from app import parsing
from app.domain.job import JobKind
from app.errors import FingerpostError, StorageUnusable
from app.service.work import Stopping, Work
from app.storage.engine import open_session
from app.storage.jobs import JobStore

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from sqlalchemy import Engine

    from app.domain.job import ArchiveTally, ClaimedJob, Job
    from app.domain.page import Page

    RunArchive = Callable[["Held"], None]
    """Mines and stores the pages of an archive."""

    class RunPage(Protocol):
        """Mines and stores a page, anew if so told; returns the page's id."""

        def __call__(self, page: Page, held: Held, *, remine: bool) -> str:
            """Do so, as the held job's work."""
            ...


UNEXPECTED = "something went wrong here; the log has more under this job's id"

BEATS_A_LEASE = 5
"""Signs of life in the time after which a silent job is taken: some may come late."""

KEEP_FAILED = timedelta(days=7)
"""How long a failed job can be tried again: over a weekend; until then its text is stored."""


class KeptJobs:
    """Adds, changes and runs jobs; `notifies` where a webhook is to hear of their end."""

    def __init__(
        self,
        engine: Engine,
        *,
        lease_s: float,
        notifies: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._engine = engine
        self._lease_s = lease_s
        self._notifies = notifies
        self._now = now

    @contextmanager
    def store(self) -> Iterator[JobStore]:
        """Give the store in a transaction that is committed at the end."""
        with open_session(self._engine) as session, session.begin():
            yield JobStore(session, notifies=self._notifies, now=self._now)

    def add(self, job_id: str, payload: bytes, *, remine: bool, total: int) -> Job:
        """Store and return a new job that waits."""
        with self.store() as store:
            return store.add(job_id, payload, remine=remine, total=total)

    def load(self, job_id: str) -> Job:
        """Return the job; NotFound where there is none."""
        with open_session(self._engine, read_only=True) as session:
            return JobStore(session).load(job_id)

    def latest(self, *, limit: int) -> list[Job]:
        """Return the latest jobs, the last one first."""
        with open_session(self._engine, read_only=True) as session:
            return JobStore(session).latest(limit=limit)

    def cancel(self, job_id: str) -> Job:
        """Cancel a job that waits or runs and return it; NotFound where there is none.

        One that runs stops before one of the model's next turns; what is stored by then stays.
        """
        with self.store() as store:
            return store.cancel(job_id)

    def retry(self, job_id: str) -> Job:
        """Queue a failed job again and return it.

        Raises:
            NotFound: there is no such job.
            Conflict: it cannot be tried again.
        """
        with self.store() as store:
            return store.retry(job_id)

    def requeue(self) -> None:
        """Queue again what nobody shows life of, and forget what failed long ago."""
        now = self._now()
        with self.store() as store:
            store.requeue_running(untouched_since=now - timedelta(seconds=self._lease_s))
            store.forget_failed(untouched_since=now - KEEP_FAILED)

    def run_next(
        self,
        run_page: RunPage,
        run_archive: RunArchive,
        *,
        stopping: Callable[[], bool],
        kinds: Collection[JobKind] = tuple(JobKind),
    ) -> bool:
        """Run the job that waits longest of those kinds; return False where none waits."""
        with self.store() as store:
            claimed = store.claim(kinds)
        if claimed is None:
            return False
        log = structlog.get_logger().bind(job_id=claimed.id, kind=claimed.kind)
        held = Held(self, claimed, stopping)
        page_id = None
        try:
            with held.showing_life(self._lease_s / BEATS_A_LEASE):
                if claimed.kind is JobKind.ARCHIVE:
                    run_archive(held)
                else:
                    page = parsing.parse_page(claimed.payload, content_type="application/json")
                    held.total = len(page.comments)
                    page_id = run_page(page, held, remine=claimed.remine)
        except Stopping:
            with self.store() as store:
                store.release(claimed)
            log.info("job broken off")
        except StorageUnusable:  # nothing can be noted: it is taken up again when it can
            raise
        except FingerpostError as error:
            self._fail(claimed, type(error).__name__, str(error))
            log.warning("job failed", error=type(error).__name__)
        except Exception as error:  # the edge of a job
            self._fail(claimed, "InternalError", UNEXPECTED)
            log.exception("job failed", error=type(error).__name__)
        else:
            with self.store() as store:
                store.finish(claimed, page_id)
            log.info("job done", page_id=page_id)
        return True

    def _fail(self, job: ClaimedJob, kind: str, problem: str) -> None:
        with self.store() as store:
            store.fail(job, kind, problem)


class Held:
    """A job while it runs: notes how far it is, and breaks it off when told to.

    `total` is the number of comments in it, `work` what it is to the model.
    """

    def __init__(self, jobs: KeptJobs, job: ClaimedJob, stopping: Callable[[], bool]) -> None:
        self.job = job
        self.total = job.total
        self._jobs = jobs
        self._stopping = stopping
        self._done = 0
        self._lost = Event()
        self.work = Work(in_background=True, on_turn=self._check, on_scored=self.advance)

    def advance(self, more: int) -> None:
        """Note that `more` comments have been read.

        Raises:
            Stopping: there is no sense in going on.
        """
        self._check()
        self._done = min(self._done + more, self.total)
        with self._jobs.store() as store:
            wanted = store.progress(self.job, self._done)
        if not wanted:  # cancelled, or another's
            raise Stopping

    def settle(self, tally: ArchiveTally) -> None:
        """Note what has come of an archive; from there it would go on.

        Raises:
            Stopping: as for `advance`.
        """
        self._check()
        self._done = tally.comments
        with self._jobs.store() as store:
            wanted = store.progress(self.job, self._done, total=self.total, tally=tally)
        if not wanted:
            raise Stopping

    @contextmanager
    def showing_life(self, beat_s: float) -> Iterator[None]:
        """Touch the job every `beat_s` seconds from another thread, until the end."""
        over = Event()
        thread = Thread(target=self._beat, args=(over, beat_s), name="job-beat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _beat(self, over: Event, beat_s: float) -> None:
        while not over.wait(beat_s):
            try:
                with self._jobs.store() as store:
                    held = store.touch(self.job)
            except StorageUnusable:
                continue  # it may be back before the lease is over
            if not held:
                self._lost.set()
                return

    def _check(self) -> None:
        if self._lost.is_set() or self._stopping():
            raise Stopping
