"""Jobs as callers know them: pages and archives mined in the background, and who hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.job import JobKind
from app.service.content import canonical_json
from app.service.kept import new_id
from app.service.queued import KeptJobs
from app.service.webhook import webhook_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sqlalchemy import Engine

    from app.config import Settings
    from app.domain.job import Job
    from app.domain.page import Page
    from app.service.pseudonyms import Pseudonyms
    from app.service.queued import RunArchive, RunPage


class Jobs:
    """Takes jobs, runs them, and tells how far they are; ids of none raise NotFound."""

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        *,
        pseudonyms: Pseudonyms,
        run_page: RunPage,
        run_archive: RunArchive,
    ) -> None:
        self._pseudonyms = pseudonyms
        self._run_page = run_page
        self._run_archive = run_archive
        self._webhook = webhook_of(settings, engine)
        self._kept = KeptJobs(
            engine, lease_s=settings.job_lease_s, notifies=settings.webhook_url is not None
        )

    def submit_page(self, page: Page, *, remine: bool = False) -> Job:
        """Leave a page to be mined in the background; the job outlives this process."""
        job_id = new_id("j")
        payload = canonical_json(self._pseudonyms.of_page(page))
        return self._kept.add(job_id, payload, remine=remine, total=len(page.comments))

    def load(self, job_id: str) -> Job:
        """Return how far a job has come."""
        return self._kept.load(job_id)

    def latest(self, *, limit: int) -> list[Job]:
        """Return the latest jobs, the last one first."""
        return self._kept.latest(limit=limit)

    def cancel(self, job_id: str) -> Job:
        """Cancel a job that waits or runs and return it; what is stored by then stays."""
        return self._kept.cancel(job_id)

    def retry(self, job_id: str) -> Job:
        """Queue a failed job again and return it.

        Raises:
            Conflict: it cannot be tried again.
        """
        return self._kept.retry(job_id)

    def requeue(self) -> None:
        """Queue again what was running when its process ended; call it now and then."""
        self._kept.requeue()

    def tell_of_next(self) -> bool:
        """Tell the webhook of a job that ended; return False where there is nothing to tell."""
        return self._webhook is not None and self._webhook.tell_next()

    def run_next(
        self,
        *,
        stopping: Callable[[], bool] = lambda: False,
        kinds: Collection[JobKind] = tuple(JobKind),
    ) -> bool:
        """Run the job that waits longest of those kinds; return False where none waits.

        A job that fails keeps its problem. When `stopping` turns true the job is broken off
        before the model's next turn and queued again.
        """
        return self._kept.run_next(
            self._run_page, self._run_archive, stopping=stopping, kinds=kinds
        )
