"""Scores archives: reads units, has workers score them, and writes parts as they become whole.

Reading, scoring and writing overlap: this process reads ahead by as many units as the workers
hold, and puts parts together while they work.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.batch.choices import OutputFormat
from app.batch.inputs import hash_input, list_inputs
from app.batch.ledger import Ledger, Totals, facts_text
from app.batch.pool import WorkerPool
from app.batch.sinks import sink_of
from app.batch.spread import SPREAD_FROM
from app.batch.targets import LEDGER, target_of
from app.batch.unit_files import SUFFIX, UnitFile, UnitResult, read_unit, unit_path, write_unit
from app.batch.units import UNIT_TOKENS, UNITS_PER_PART, cut_units
from app.batch.worker import WorkerTask
from app.parsing.archives import Archive, ArchiveFormat, Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.batch.ports import Pool, StartPool, Watcher
    from app.batch.targets import Target
    from app.batch.units import Unit
    from app.config import Settings
    from app.domain.mined import ModelIdentity
    from app.mining.scorer import Scorer

LAYOUT = "1"
"""Changes when a run begun by an older version could not be gone on with."""


@dataclass(frozen=True, slots=True)
class ScoreOptions:
    """How to score. `threads` are each worker's; sizes are those of `units` and `spread`."""

    input_format: ArchiveFormat | None = None
    output_format: OutputFormat = OutputFormat.PARQUET
    workers: int = 1
    threads: int = 1
    unit_tokens: int = UNIT_TOKENS
    units_per_part: int = UNITS_PER_PART
    spread_from: int = SPREAD_FROM


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished run came to; `was_finished` where there was nothing left to do."""

    totals: Totals
    was_finished: bool


def score_archives(  # noqa: PLR0913 - what, where, how, and three parts that a test replaces
    names: Sequence[str],
    out: Path | str,
    options: ScoreOptions,
    settings: Settings,
    *,
    watcher: Watcher,
    load_scorer: Callable[[], Scorer] | None = None,
    start_pool: StartPool = WorkerPool,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Outcome:
    """Score the archives into the folder `out`, or go on where an earlier run was ended.

    Archives and `out` may be addresses of other stores, as fsspec has them (s3://bucket/folder).

    Raises:
        UnreadableArchive: a name leads nowhere, or a store cannot be reached.
        InvalidRequest: `out` holds something else.
        RunChanged: it was begun with another input or other options, or is being written to.
        ModelUnusable, StorageUnusable: nothing can be scored or stored.
    """
    target = target_of(out)
    target.begin()
    folder = target.folder
    ledger = Ledger(folder / LEDGER)
    try:
        target.recall(ledger)
        inputs = list_inputs(names, folder)
        ledger.check_facts(
            {
                "layout": LAYOUT,
                "input format": options.input_format or "sniffed",
                "output format": options.output_format,
                "sizes": facts_text([options.unit_tokens, options.units_per_part]),
                "input": hash_input(inputs),
            }
        )
        began = datetime.fromisoformat(ledger.state_fact("began", now().isoformat()))
        if ledger.fact("finished"):
            return Outcome(ledger.totals(), was_finished=True)
        target.keep(ledger)
        _sweep(folder)
        units = folder / "units"
        units.mkdir(exist_ok=True)
        archive = Archive(
            inputs, form=options.input_format, spill_folder=folder, on_bytes=watcher.read
        )
        watcher.begin(sum(place.size for place in archive.places))
        settings = settings.model_copy(update={"threads": options.threads})
        spread_from = options.spread_from if options.workers > 1 else None
        task = WorkerTask(
            settings, options.output_format, units, began, load_scorer, spread_from=spread_from
        )
        _Run(target, ledger, task, options, watcher).go(archive, start_pool)
        totals = ledger.totals()
        with target.write("summary.json") as stream:
            stream.write((json.dumps(asdict(totals), indent=1) + "\n").encode())
        ledger.state_fact("finished", now().isoformat())
        target.keep(ledger)
        shutil.rmtree(units)
        return Outcome(totals, was_finished=False)
    finally:
        ledger.close()


class _Run:
    """One run from reading to the last part."""

    def __init__(
        self,
        target: Target,
        ledger: Ledger,
        task: WorkerTask,
        options: ScoreOptions,
        watcher: Watcher,
    ) -> None:
        self._target = target
        self._ledger = ledger
        self._task = task
        self._options = options
        self._watcher = watcher
        self._sink = sink_of(task.form)
        self._finished_parts = ledger.finished_parts()
        self._shares: dict[int, float] = {}
        self._whole: dict[int, set[int]] = {}

    def go(self, archive: Archive, start_pool: StartPool) -> None:
        """Score what is not scored yet, and write all parts."""
        self._drop_written_units()
        pool: Pool | None = None
        last = -1
        try:
            units = cut_units(
                archive.records(), lambda: archive.share, unit_tokens=self._options.unit_tokens
            )
            for unit in units:
                last = unit.number
                if self._is_there(unit):
                    self._watcher.found(unit.comments, unit.share)
                    continue
                # Workers load the model while the first units are read; where all is there, never.
                pool = pool or start_pool(
                    self._options.workers,
                    self._task,
                    on_ready=self._check_model,
                    on_lost=self._give_up,
                )
                self._send(unit, pool)
            while pool is not None and not pool.is_idle:
                self._take(pool, None)
            self._finish_part(last // self._options.units_per_part, last=last)
            if pool is not None:
                pool.close()
        finally:
            if pool is not None:
                pool.kill()

    def _send(self, unit: Unit, pool: Pool) -> None:
        while not pool.has_room:
            self._take(pool, None)
        self._shares[unit.number] = unit.share
        pool.send(unit)
        self._take(pool, 0)

    def _take(self, pool: Pool, timeout_s: float | None) -> None:
        for done in pool.take(timeout_s):
            self._watcher.scored(done.comments, self._shares.pop(done.number, 0.0))
            self._finish_unit(done.number)

    def _is_there(self, unit: Unit) -> bool:
        """Whether a unit was scored by an earlier run; if its part is not written, it will be."""
        if unit.number // self._options.units_per_part in self._finished_parts:
            return True
        if not unit_path(self._task.units_folder, unit.number).exists():
            return False
        self._finish_unit(unit.number)
        return True

    def _finish_unit(self, number: int) -> None:
        part = number // self._options.units_per_part
        self._whole.setdefault(part, set()).add(number)
        if len(self._whole[part]) == self._options.units_per_part:
            self._finish_part(part, last=(part + 1) * self._options.units_per_part - 1)

    def _finish_part(self, part: int, *, last: int) -> None:
        """Write a part's files, then enter it, then drop its units: each only after the other."""
        if part in self._finished_parts:
            return
        numbers = range(part * self._options.units_per_part, last + 1)
        folder = self._task.units_folder
        units = [read_unit(folder, number) for number in numbers]
        self._sink.write_part(self._target, part, units)
        self._ledger.enter_part(part, units)
        self._target.keep(self._ledger)
        self._finished_parts.add(part)
        self._whole.pop(part, None)
        for number in numbers:
            unit_path(folder, number).unlink(missing_ok=True)

    def _drop_written_units(self) -> None:
        for path in self._task.units_folder.glob(f"*{SUFFIX}"):
            if int(path.stem) // self._options.units_per_part in self._finished_parts:
                path.unlink()

    def _check_model(self, model: ModelIdentity) -> None:
        is_new = self._ledger.fact("model") is None
        self._ledger.check_facts({"model": f"{model.name} {model.revision}"})
        if is_new:
            self._target.keep(self._ledger)

    def _give_up(self, unit: Unit) -> None:
        result = UnitResult(unit.number, passed_over=unit.passed_over, failures=list(unit.failures))
        for source in unit.pages:
            entry = source.entry
            problem = "expected a page that a worker survives; two died with it or pages beside it"
            result.failures.append(Failure(entry.position, "WorkerLost", problem, entry.file))
        sections = self._sink.encode([])
        write_unit(self._task.units_folder, UnitFile(result, sections))
        self._watcher.scored(0, self._shares.pop(unit.number, 0.0))
        self._finish_unit(unit.number)


def _sweep(folder: Path) -> None:
    """Remove what a killed run left half done."""
    for path in folder.glob("fingerpost-*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:  # a part on its way to a store
            path.unlink(missing_ok=True)
    for path in folder.parent.glob("*/.part-*"):
        path.unlink(missing_ok=True)
    for path in folder.glob("units/.*"):
        path.unlink(missing_ok=True)
