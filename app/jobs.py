"""Runs waiting jobs in one background thread, one after the other, as long as the process serves.

The jobs themselves are kept in the database: what a crash interrupts is run again at the next
start. One runner a database: a second one would take up what the first is running.
"""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from app.service import Service

POLL_S = 0.5
"""How long a job waits at most before an idle runner sees it; a look costs one indexed query."""

PAUSE_S = 5.0
"""How long the runner waits after the database failed, before it tries again."""


class JobRunner:
    """The background thread; `start` and `stop` may each be called once."""

    def __init__(
        self, service: Service, *, poll_s: float = POLL_S, pause_s: float = PAUSE_S
    ) -> None:
        self._service = service
        self._poll_s = poll_s
        self._pause_s = pause_s
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Queue again what a crash left running, and begin to run what waits."""
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Have the runner stop soon, without waiting for it."""
        self._stopping.set()

    def stop(self) -> None:
        """Break off what runs after the model's present turn, queue it again, and return."""
        self.ask_to_stop()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._service.requeue_jobs()
                self._run_until_stopped()
            except Exception:  # noqa: BLE001 - the edge of the jobs: the database may be back later
                structlog.get_logger().exception("jobs paused")
                self._stopping.wait(self._pause_s)

    def _run_until_stopped(self) -> None:
        while not self._stopping.is_set():
            if not self._service.run_next_job(stopping=self._stopping.is_set):
                self._stopping.wait(self._poll_s)
