"""Jobs as they are kept and run: pages that wait in the database to be mined in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from app.errors import FingerpostError
from app.parsing.page import parse_page
from app.storage.engine import open_session
from app.storage.jobs import JobStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from app.domain.job import Job
    from app.domain.page import Page

    RunPage = Callable[[Page, bool, Callable[[int], None]], str]
    """Mines and stores a page, anew if so told, telling of progress; returns the page's id."""

UNEXPECTED = "something went wrong here; the log has more under this job's id"


class _Stopping(Exception):
    """The process ends or the job was cancelled: it is to be broken off."""


class KeptJobs:
    """Adds, loads and runs jobs; every transaction is a short one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, job_id: str, payload: bytes, *, remine: bool, total: int) -> Job:
        """Store and return a new job that waits."""
        with open_session(self._engine) as session, session.begin():
            return JobStore(session).add(job_id, payload, remine=remine, total=total)

    def load(self, job_id: str) -> Job:
        """Return the job; NotFound where there is none."""
        with open_session(self._engine, read_only=True) as session:
            return JobStore(session).load(job_id)

    def requeue(self) -> None:
        """Queue again every job that is marked as running."""
        with open_session(self._engine) as session, session.begin():
            JobStore(session).requeue_running()

    def run_next(self, run: RunPage, *, stopping: Callable[[], bool]) -> bool:
        """Run the job that waits longest; return False where none waits."""
        with open_session(self._engine) as session, session.begin():
            claimed = JobStore(session).claim()
        if claimed is None:
            return False
        log = structlog.get_logger().bind(job_id=claimed.id)
        try:
            page = parse_page(claimed.payload, content_type="application/json")
            progress = _Progress(self._engine, claimed.id, len(page.comments), stopping)
            page_id = run(page, claimed.remine, progress)
        except _Stopping:
            with open_session(self._engine) as session, session.begin():
                JobStore(session).release(claimed.id)
            log.info("job broken off")
        except FingerpostError as error:
            self._fail(claimed.id, type(error).__name__, str(error))
            log.warning("job failed", kind=type(error).__name__)
        except Exception as error:  # the edge of a job
            self._fail(claimed.id, "InternalError", UNEXPECTED)
            log.exception("job failed", kind=type(error).__name__)
        else:
            with open_session(self._engine) as session, session.begin():
                JobStore(session).finish(claimed.id, page_id)
            log.info("job done", page_id=page_id)
        return True

    def _fail(self, job_id: str, kind: str, problem: str) -> None:
        with open_session(self._engine) as session, session.begin():
            JobStore(session).fail(job_id, kind, problem)


class _Progress:
    """Writes down how many texts have been read, and breaks the job off when told to."""

    def __init__(
        self, engine: Engine, job_id: str, total: int, stopping: Callable[[], bool]
    ) -> None:
        self._engine = engine
        self._job_id = job_id
        self._total = total
        self._stopping = stopping
        self._done = 0

    def __call__(self, more: int) -> None:
        if self._stopping():
            raise _Stopping
        self._done = min(self._done + more, self._total)
        with open_session(self._engine) as session, session.begin():
            wanted = JobStore(session).progress(self._job_id, self._done)
        if not wanted:  # cancelled
            raise _Stopping
