"""A worker process: takes units from a pipe, mines their pages, and leaves the results in files.

One thread only receives, so that whoever sends never waits for the model, and the process ends as
soon as nobody is there to send any more.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Self

from app.batch.choices import OutputFormat
from app.batch.pipes import answer_slices, receive, sender_of
from app.batch.sinks import sink_of
from app.batch.spread import Spreader, SpreadScorer
from app.batch.unit_files import UnitFile, UnitResult, write_unit
from app.bootstrap import build_service
from app.errors import FingerpostError, ModelUnusable, StorageUnusable
from app.mining.mine import mine
from app.parsing.archives import Failure
from app.service.cautions import with_cautions

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from datetime import datetime
    from multiprocessing.connection import Connection
    from pathlib import Path

    from app.batch.spread import Slice
    from app.batch.units import PageEntry, Unit
    from app.config import Settings
    from app.domain.mined import MinedPage, ModelIdentity
    from app.domain.page import Page
    from app.mining.scorer import Scorer
    from app.service import Service

_FATAL = (ModelUnusable, StorageUnusable)
"""No other page would fare better."""

_PAGES_AT_ONCE = 2
"""While the model reads one page, what is not the model's work is done for another."""

_UNITS_AT_ONCE = 2
"""So that the last page of one unit is read while the first of the next is prepared."""

_PROBLEM_CHARS = 200


@dataclass(frozen=True, slots=True)
class WorkerTask:
    """What every worker is told once; `load_scorer` takes the place of the settings' model."""

    settings: Settings
    form: OutputFormat
    units_folder: Path
    mined_at: datetime
    load_scorer: Callable[[], Scorer] | None = None
    spread_from: int | None = None
    """Comments from which the model's work on a page is spread over all workers, if it is."""

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
    """Answer with Ready, then with Done to each unit that comes, until None comes.

    Between them slices of long pages are asked, and answered.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that sends will end this one
    threads = str(task.settings.threads or 1)
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, threads)  # read when these libraries are first loaded
    units: SimpleQueue[Unit | None] = SimpleQueue()
    slices: SimpleQueue[Slice] = SimpleQueue()
    send = sender_of(connection)
    spreader = Spreader(send)
    Thread(target=receive, args=(connection, units, slices, spreader), daemon=True).start()
    try:
        service = build_service(task.settings_for_worker(), load_scorer=task.load_scorer)
        send(Ready(service.model))
        Thread(target=answer_slices, args=(slices, service.load_model(), send), daemon=True).start()
        with UnitScorer(service, task, spreader) as scorer:
            while True:
                while scorer.begun == 0 or (scorer.begun < _UNITS_AT_ONCE and not units.empty()):
                    unit = units.get()
                    if unit is None:
                        return  # nothing is sent before all is done
                    scorer.begin(unit)
                done = scorer.finish()
                write_unit(task.units_folder, done)
                send(Done(done.result.number, done.result.comments))
    except (FingerpostError, OSError) as error:
        send(Broken(type(error).__name__, str(error)))


class UnitScorer:
    """Scores units in the order in which they are begun.

    Pages are mined two at a time, also across units, so that the model hardly ever waits.
    """

    def __init__(
        self, service: Service, task: WorkerTask, spreader: Spreader | None = None
    ) -> None:
        self._service = service
        self._task = task
        self._spreader = spreader
        self._sink = sink_of(task.form)
        self._threads = ThreadPoolExecutor(_PAGES_AT_ONCE)
        self._begun: deque[tuple[Unit, list[Future[MinedPage | Failure]]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)
        self._service.close()

    @property
    def begun(self) -> int:
        """How many units are begun and not finished."""
        return len(self._begun)

    def begin(self, unit: Unit) -> None:
        """Have a unit's pages mined when it is their turn."""
        try_to_mine = partial(
            _try_to_mine, service=self._service, task=self._task, spreader=self._spreader
        )
        self._begun.append((unit, [self._threads.submit(try_to_mine, each) for each in unit.pages]))

    def finish(self) -> UnitFile:
        """Wait for the unit begun first, and return its results.

        A page that cannot be mined is a failure among them.
        """
        unit, outcomes = self._begun.popleft()
        result = UnitResult(unit.number, passed_over=unit.passed_over, failures=[*unit.failures])
        mined_pages: list[tuple[PageEntry, MinedPage]] = []
        for source, outcome in zip(unit.pages, outcomes, strict=True):
            mined = outcome.result()
            if isinstance(mined, Failure):
                result.failures.append(mined)
                continue
            mined_pages.append((source, mined))
            _count(result, mined)
        return UnitFile(result, self._sink.encode(mined_pages))


def _try_to_mine(
    source: PageEntry, *, service: Service, task: WorkerTask, spreader: Spreader | None
) -> MinedPage | Failure:
    try:
        return _mine(source.entry.page, service, task, spreader)
    except _FATAL:
        raise
    except Exception as error:  # noqa: BLE001 - the edge of a job: the run outlives a bug
        return _failure(source, error)


def _mine(page: Page, service: Service, task: WorkerTask, spreader: Spreader | None) -> MinedPage:
    if task.form is OutputFormat.DATABASE:
        return service.add_page(page).mined
    if spreader and task.spread_from is not None and len(page.comments) >= task.spread_from:
        scorer = SpreadScorer(service.load_model(), spreader)
        return with_cautions(mine(page, scorer, now=task.mined_at))
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
