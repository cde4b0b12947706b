"""Runs waiting jobs in the background as long as the process serves.

Pages and archives have a thread each, so that a page does not wait for hours behind an archive. A
third one takes up what dead processes left, tells the webhook, and removes what is too old. All is
kept in the database, and any number of processes may do this on the same one.
"""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

import structlog

from app.domain.job import JobKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.service import Service

POLL_S = 0.5
"""How long a job waits at most before an idle runner sees it; a look costs one indexed query."""

TEND_S = 2.0
"""How often is looked for what dead processes left: much shorter than any lease worth having."""

PAUSE_S = 5.0
"""How long a thread waits after the database failed, before it tries again."""


class JobRunner:
    """The background threads; `start` and `stop` may each be called once."""

    def __init__(
        self,
        service: Service,
        *,
        poll_s: float = POLL_S,
        tend_s: float = TEND_S,
        pause_s: float = PAUSE_S,
    ) -> None:
        self._service = service
        self._pause_s = pause_s
        self._stopping = Event()
        self._threads = [
            Thread(target=self._keep_on, args=(step, idle_s), name=f"jobs-{name}", daemon=True)
            for name, step, idle_s in (
                ("pages", lambda: self._run_next(JobKind.PAGE), poll_s),
                ("archives", lambda: self._run_next(JobKind.ARCHIVE), poll_s),
                ("tending", self._tend, tend_s),
            )
        ]

    def start(self) -> None:
        """Begin to run what waits, and to take up what crashes left running."""
        for thread in self._threads:
            thread.start()

    def ask_to_stop(self) -> None:
        """Have the runner stop soon, without waiting for it."""
        self._stopping.set()

    def stop(self) -> None:
        """Break off what runs after the model's present turn, queue it again, and return."""
        self.ask_to_stop()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _keep_on(self, step: Callable[[], bool], idle_s: float) -> None:
        while not self._stopping.is_set():
            try:
                if not step():
                    self._stopping.wait(idle_s)
            except Exception:  # noqa: BLE001 - the edge of the jobs: the database may be back later
                structlog.get_logger().exception("jobs paused")
                self._stopping.wait(self._pause_s)

    def _run_next(self, kind: JobKind) -> bool:
        return self._service.jobs.run_next(stopping=self._stopping.is_set, kinds=(kind,))

    def _tend(self) -> bool:
        self._service.jobs.requeue()
        pruned = self._service.retention.prune_when_due()
        if pruned is not None and (pruned.pages or pruned.labels):
            structlog.get_logger().info("pruned", pages=pruned.pages, feedback=pruned.labels)
        # One at a time: a receiver that does not hear takes seconds for each.
        return self._service.jobs.tell_of_next()
