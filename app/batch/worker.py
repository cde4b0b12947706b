"""A worker process: takes units from a pipe, mines their pages, and leaves the results in files.

One thread only receives, so that whoever sends never waits for the model, and the process ends as
soon as nobody is there to send any more.
"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass, replace
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from app.batch.choices import OutputFormat
from app.batch.sinks import sink_of
from app.batch.unit_files import UnitFile, UnitResult, write_unit
from app.bootstrap import build_service
from app.errors import FingerpostError, ModelUnusable, StorageUnusable
from app.parsing.archives import Failure

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from multiprocessing.connection import Connection
    from pathlib import Path

    from app.batch.units import PageEntry, Unit
    from app.config import Settings
    from app.domain.mined import MinedPage, ModelIdentity
    from app.mining.scorer import Scorer
    from app.service import Service

_FATAL = (ModelUnusable, StorageUnusable)
"""No other page would fare better."""

_PROBLEM_CHARS = 200


@dataclass(frozen=True, slots=True)
class WorkerTask:
    """What every worker is told once; `load_scorer` takes the place of the settings' model."""

    settings: Settings
    form: OutputFormat
    units_folder: Path
    mined_at: datetime
    load_scorer: Callable[[], Scorer] | None = None

    def settings_for_worker(self) -> Settings:
        """Return the settings, with a database that is nowhere unless pages are stored there."""
        if self.form is OutputFormat.DATABASE:
            return self.settings
        return self.settings.model_copy(update={"database_url": "sqlite://"})


@dataclass(frozen=True, slots=True)
class Ready:
    """The model is loaded."""

    model: ModelIdentity


@dataclass(frozen=True, slots=True)
class Done:
    """The results of a unit are in its file."""

    number: int
    comments: int


@dataclass(frozen=True, slots=True)
class Broken:
    """The worker cannot work; `kind` names the error's class."""

    kind: str
    problem: str


def work(connection: Connection, task: WorkerTask) -> None:
    """Answer with Ready, then with Done to each unit that comes, until None comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that sends will end this one
    threads = str(task.settings.threads or 1)
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, threads)  # read when these libraries are first loaded
    units: SimpleQueue[Unit | None] = SimpleQueue()
    Thread(target=_receive, args=(connection, units), daemon=True).start()
    try:
        service = build_service(task.settings_for_worker(), load_scorer=task.load_scorer)
        connection.send(Ready(service.model))
        while (unit := units.get()) is not None:
            write_unit(task.units_folder, score_unit(unit, service, task))
            connection.send(Done(unit.number, unit.comments))
        service.close()
    except (FingerpostError, OSError) as error:
        connection.send(Broken(type(error).__name__, str(error)))


def score_unit(unit: Unit, service: Service, task: WorkerTask) -> UnitFile:
    """Return the results of a unit; a page that cannot be mined is a failure among them."""
    result = UnitResult(unit.number, passed_over=unit.passed_over, failures=list(unit.failures))
    mined_pages: list[tuple[PageEntry, MinedPage]] = []
    for source in unit.pages:
        try:
            mined = _mine(source, service, task)
        except _FATAL:
            raise
        except Exception as error:  # noqa: BLE001 - the edge of a job: the run outlives a bug
            result.failures.append(_failure(source, error))
            continue
        mined_pages.append((source, mined))
        _count(result, mined)
    return UnitFile(result, sink_of(task.form).encode(mined_pages))


def _mine(source: PageEntry, service: Service, task: WorkerTask) -> MinedPage:
    page = source.entry.page
    if task.form is OutputFormat.DATABASE:
        return service.add_page(page).mined
    return replace(service.mine(page), mined_at=task.mined_at)


def _count(result: UnitResult, mined: MinedPage) -> None:
    names = {actor.id: actor.name for actor in mined.actors}
    result.pages += 1
    result.comments += len(mined.comments)
    for comment in mined.comments:
        result.attributions += len(comment.attributions)
        for actor in comment.claimed_perpetrators:
            name = names.get(actor, actor)
            result.claimed[name] = result.claimed.get(name, 0) + 1


def _failure(source: PageEntry, error: Exception) -> Failure:
    entry = source.entry
    problem = str(error)[:_PROBLEM_CHARS] or "no more is known"
    return Failure(entry.position, type(error).__name__, problem, entry.file)


def _receive(connection: Connection, units: SimpleQueue[Unit | None]) -> None:
    try:
        while True:
            unit = connection.recv()
            units.put(unit)
            if unit is None:
                return
    except (EOFError, OSError):
        os._exit(1)  # nobody is there to hear of any result
