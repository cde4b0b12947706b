"""A pool of workers that is this process: quick, and as good for most promises."""

from __future__ import annotations

from app.batch.unit_files import write_unit
from app.batch.worker import Done, WorkerTask, score_unit
from app.bootstrap import build_service


class InlinePool:
    """Scores each unit when it is sent."""

    has_room = is_idle = True

    def __init__(self, count, task: WorkerTask, *, on_ready, on_lost) -> None:
        del count, on_lost
        self._task = task
        self._done: list[Done] = []
        self._service = build_service(task.settings_for_worker(), load_scorer=task.load_scorer)
        on_ready(self._service.model)

    def send(self, unit) -> None:
        """Score the unit."""
        write_unit(self._task.units_folder, score_unit(unit, self._service, self._task))
        self._done.append(Done(unit.number, unit.comments))

    def take(self, timeout_s):
        """Return what was done since the last time."""
        del timeout_s
        done, self._done = self._done, []
        return done

    def close(self) -> None:
        """Close the database."""
        self._service.close()

    kill = close
