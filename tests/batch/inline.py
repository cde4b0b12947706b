"""A pool of workers that is this process: quick, and as good for most promises."""

from __future__ import annotations

from app.batch.unit_files import write_unit
from app.batch.worker import Done, UnitScorer, WorkerTask
from app.bootstrap import build_service


class InlinePool:
    """Scores each unit when it is sent."""

    has_room = is_idle = True

    def __init__(self, count, task: WorkerTask, *, on_ready, on_lost) -> None:
        del count, on_lost
        self._done: list[Done] = []
        service = build_service(task.settings_for_worker(), load_scorer=task.load_scorer)
        on_ready(service.model)
        self._scorer = UnitScorer(service, task)
        self._folder = task.units_folder

    def send(self, unit) -> None:
        """Score the unit."""
        self._scorer.begin(unit)
        write_unit(self._folder, self._scorer.finish())
        self._done.append(Done(unit.number, unit.comments))

    def take(self, timeout_s):
        """Return what was done since the last time."""
        del timeout_s
        done, self._done = self._done, []
        return done

    def close(self) -> None:
        """End the scorer."""
        self._scorer.__exit__()

    kill = close
