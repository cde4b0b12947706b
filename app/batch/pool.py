"""Keeps worker processes busy: two units each, so that none waits while results are taken.

A worker that dies is replaced, and each of its units is sent again to a worker that has no other;
a unit that takes that one down too is given up, so that one page that kills processes does not end
the run.
"""

from __future__ import annotations

import itertools
import multiprocessing
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from app import errors
from app.batch.spread import Answer, Slice
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

_SLICES_EACH = 2
"""One that is answered and one that waits, as with units."""

_MOST_DEATHS_A_SLICE = 2
"""One may be chance; after another whoever asked is told, and its page is a failure."""

_MOST_DEATHS_UNREADY = 3
"""Workers in a row that may die before any is ready: then nothing can be done."""

_PATIENCE_S = 10.0
"""How long a worker that was told to end may take until it is made to."""


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    units: list[Unit] = field(default_factory=list)
    slices: dict[int, Asked] = field(default_factory=dict)
    has_suspect: bool = False

    @property
    def has_room(self) -> bool:
        """Whether another unit may be sent."""
        return not self.has_suspect and len(self.units) < _UNITS_EACH


@dataclass(slots=True, eq=False)
class Asked:
    """A slice of a long page, who asked it, and how many workers died over it."""

    asker: _Worker
    slice: Slice
    deaths: int = 0


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
        self._asked: deque[Asked] = deque()
        self._numbers = itertools.count()
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
        self._hand_out_slices()
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

    def _hand_out_slices(self) -> None:
        """Send what was asked to those who have least to do."""
        while self._asked:
            free = [worker for worker in self._workers if len(worker.slices) < _SLICES_EACH]
            if not free:
                return
            worker = min(free, key=lambda each: len(each.units) + len(each.slices))
            asked = self._asked.popleft()
            number = next(self._numbers)
            worker.slices[number] = asked
            _tell(worker, replace(asked.slice, number=number))

    def _hear(self, worker: _Worker, message: Ready | Done | Broken | Slice | Answer) -> list[Done]:
        if isinstance(message, Broken):
            error = getattr(errors, message.kind, FingerpostError)
            raise error(message.problem)
        if isinstance(message, Ready):
            self._deaths_unready = 0
            self._on_ready(message.model)
            return []
        if isinstance(message, Slice):
            self._asked.append(Asked(worker, message))
            return []
        if isinstance(message, Answer):
            asked = worker.slices.pop(message.number)
            _tell(asked.asker, replace(message, number=asked.slice.number))
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
        self._ask_again(worker)
        if worker.has_suspect:
            self._on_lost(worker.units[0])
        else:
            self._suspects.extend(worker.units)
        self._workers[self._workers.index(worker)] = self._start()

    def _ask_again(self, dead: _Worker) -> None:
        """Have others answer what a dead worker was asked, and nobody what it asked itself."""
        self._asked = deque(each for each in self._asked if each.asker is not dead)
        for asked in dead.slices.values():
            asked.deaths += 1
            if asked.asker is dead:
                continue
            if asked.deaths < _MOST_DEATHS_A_SLICE:
                self._asked.append(asked)
            else:
                problem = "expected a slice that a worker survives; two died over it"
                _tell(asked.asker, Answer(asked.slice.number, problem=problem))


def _send(worker: _Worker, unit: Unit) -> None:
    worker.units.append(unit)
    _tell(worker, unit)


def _tell(worker: _Worker, message: object) -> None:
    with suppress(OSError):  # it is dead: `take` will find that
        worker.connection.send(message)
