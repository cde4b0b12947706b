"""Keeps worker processes busy: two units each, so that none waits while results are taken.

A worker that dies is replaced, and each of its units is sent again to a worker that has no other;
a unit that takes that one down too is given up, so that one page that kills processes does not end
the run.
"""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from app import errors
from app.batch.worker import Broken, Done, Ready, WorkerTask, work
from app.errors import FingerpostError, ModelUnusable

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from app.batch.units import Unit
    from app.domain.mined import ModelIdentity

_UNITS_EACH = 3
"""Two being scored, end of one and beginning of the next, and one that waits; more would only
take longer to finish."""

_MOST_DEATHS_UNREADY = 3
"""Workers in a row that may die before any is ready: then nothing can be done."""

_PATIENCE_S = 10.0
"""How long a worker that was told to end may take until it is made to."""


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    units: list[Unit] = field(default_factory=list)
    has_suspect: bool = False

    @property
    def has_room(self) -> bool:
        """Whether another unit may be sent."""
        return not self.has_suspect and len(self.units) < _UNITS_EACH


class WorkerPool:
    """`count` workers that are started at once.

    `on_ready` hears which model each has loaded, `on_lost` of units that were given up.
    """

    def __init__(
        self,
        count: int,
        task: WorkerTask,
        *,
        on_ready: Callable[[ModelIdentity], None],
        on_lost: Callable[[Unit], None],
    ) -> None:
        self._task = task
        self._on_ready = on_ready
        self._on_lost = on_lost
        self._context = multiprocessing.get_context("spawn")
        self._suspects: list[Unit] = []
        self._deaths_unready = 0
        self._workers = [self._start() for _ in range(count)]

    @property
    def has_room(self) -> bool:
        """Whether a unit can be sent to somebody."""
        return not self._suspects and any(worker.has_room for worker in self._workers)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being scored."""
        return not self._suspects and all(not worker.units for worker in self._workers)

    def send(self, unit: Unit) -> None:
        """Send a unit to the worker that has least to do."""
        ready = [worker for worker in self._workers if worker.has_room]
        _send(min(ready, key=lambda each: len(each.units)), unit)

    def take(self, timeout_s: float | None) -> list[Done]:
        """Return which units are done; wait for one, `timeout_s` seconds at most.

        Raises:
            ModelUnusable, StorageUnusable: a worker cannot work.
        """
        done: list[Done] = []
        by_connection = {worker.connection: worker for worker in self._workers}
        for ready in wait(list(by_connection), timeout_s):
            worker = by_connection[ready]  # type: ignore[index]  # only connections were waited for
            try:
                while worker.connection.poll():
                    done.extend(self._hear(worker, worker.connection.recv()))
            except (EOFError, OSError):
                self._replace(worker)
        for worker in self._workers:
            if self._suspects and not worker.units:
                worker.has_suspect = True
                _send(worker, self._suspects.pop(0))
        return done

    def close(self) -> None:
        """End the workers when they have finished what they have."""
        for worker in self._workers:
            try:
                worker.connection.send(None)
            except OSError:
                continue
        for worker in self._workers:
            worker.process.join(_PATIENCE_S)
        self.kill()

    def kill(self) -> None:
        """End the workers at once."""
        for worker in self._workers:
            worker.process.kill()
            worker.process.join()
            worker.connection.close()
        self._workers.clear()

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, self._task), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _hear(self, worker: _Worker, message: Ready | Done | Broken) -> list[Done]:
        if isinstance(message, Broken):
            error = getattr(errors, message.kind, FingerpostError)
            raise error(message.problem)
        if isinstance(message, Ready):
            self._deaths_unready = 0
            self._on_ready(message.model)
            return []
        worker.units = [unit for unit in worker.units if unit.number != message.number]
        worker.has_suspect = False
        return [message]

    def _replace(self, worker: _Worker) -> None:
        worker.process.join()
        worker.connection.close()
        self._deaths_unready += 1
        if self._deaths_unready >= _MOST_DEATHS_UNREADY:
            raise ModelUnusable(
                "expected workers that live until the model is loaded, but "
                f"{self._deaths_unready} died (exit code {worker.process.exitcode}); there may be "
                "too little memory for so many"
            )
        if worker.has_suspect:
            self._on_lost(worker.units[0])
        else:
            self._suspects.extend(worker.units)
        self._workers[self._workers.index(worker)] = self._start()


def _send(worker: _Worker, unit: Unit) -> None:
    worker.units.append(unit)
    with suppress(BrokenPipeError, ConnectionResetError):  # it is dead: `take` will find that
        worker.connection.send(unit)
