"""Comments a second of `fingerpost score` beside the same scorer called in a bare loop.

python bench/archive.py [PAGES_DIR] [--comments N] [--timed] [--char-us N] [--memory]

The archive is made of the pages of PAGES_DIR (made-up ones without it), over and over, until it
has N comments. The bare loop calls the scorer with the inputs that mining made of each page of
half of the archive, recorded beforehand, and only these calls are timed. It runs at the same time
as `score` with one worker, on another core: what a shared machine does to one it does to both.
Rates of `score` are those of the last nine tenths: what an archive of a tenth takes is taken off,
so that starting and ending, seconds in all, do not count as if they came with every comment. The
rate by seconds of the workers' processor time is beside it. Peak memory is given at N / 10 and at
N comments. `--timed` takes a scorer that sleeps so many microseconds a character, which uses no
processor at all. `--memory` measures nothing but memory. Made-up pages name two actors and have
comments of ten words; 100,000 of them take over an hour with the model, and some minutes with
`--timed --char-us 0`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stand_ins import CHAR_US, TimedScorer, write_archive

from app.batch.pool import WorkerPool
from app.batch.run import ScoreOptions, score_archives
from app.bootstrap import build_service
from app.config import load_settings
from app.domain.mined import ModelIdentity
from app.mining.mine import mine
from app.parsing.archives import Archive, Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.mining.scorer import Scorer

Call = tuple[str, tuple[Any, ...]]


class Recorder:
    """Passes calls on to a scorer, and remembers them."""

    def __init__(self, scorer: Any, calls: list[Call] | None = None, path: str = "") -> None:
        self._scorer = scorer
        self._path = path
        self.calls: list[Call] = [] if calls is None else calls

    def __getattr__(self, name: str) -> Any:
        """Return the scorer's method, recording, or a part of the scorer that records."""
        own = getattr(self._scorer, name)
        if not callable(own):
            plain = own is None or isinstance(own, ModelIdentity)
            return own if plain else Recorder(own, self.calls, f"{self._path}{name}.")

        def call(*inputs: Any) -> Any:
            self.calls.append((f"{self._path}{name}", inputs))
            return own(*inputs)

        return call


class Watcher:
    """Hears nothing that matters here."""

    def begin(self, total_bytes: int) -> None:
        """Pass over it."""

    def read(self, count: int) -> None:
        """Pass over it."""

    def found(self, comments: int, share: float) -> None:
        """Pass over it."""

    def scored(self, comments: int, share: float) -> None:
        """Pass over it."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What a measured run took, in seconds, for all its comments."""

    comments: int
    wall_s: float
    busy_s: float
    main_mib: float = 0.0
    worker_mib: float = 0.0

    @property
    def a_second(self) -> float:
        """Comments a second of wall time."""
        return self.comments / self.wall_s

    def without(self, other: Rate) -> Rate:
        """Return what is left when another run, of the beginning of this one, is taken off."""
        return Rate(
            self.comments - other.comments,
            self.wall_s - other.wall_s,
            self.busy_s - other.busy_s,
        )

    def describe(self, name: str) -> str:
        """Return the rate in a line."""
        busy = f"{self.comments / self.busy_s:9.1f}" if self.busy_s else " " * 9
        return f"{name:28}{self.a_second:9.1f}/s {busy}/s of processor time"

    def describe_memory(self) -> str:
        """Return the peaks of memory in a line."""
        return (
            f"{self.comments:9,} comments: peak {self.main_mib:7.1f} MiB reading and writing, "
            f"{self.worker_mib:7.1f} MiB a worker"
        )


def measure_bare(archive: str, scorer: Callable[[], Scorer] | None) -> Rate:
    """Return the rate of the scorer alone."""
    settings = load_settings().model_copy(update={"threads": 1, "database_url": "sqlite://"})
    service = build_service(settings, load_scorer=scorer)
    recorder = Recorder(service.load_model())
    again = build_service(settings, load_scorer=scorer).load_model()  # with caches of its own
    comments, wall, busy = 0, 0.0, 0.0
    for record in Archive([archive]).records():
        if isinstance(record, Entry):
            comments += len(record.page.comments)
            mine(record.page, recorder, now=datetime.now(UTC))
            wall -= time.perf_counter()
            busy -= time.process_time()
            for name, inputs in recorder.calls:
                attrgetter(name)(again)(*inputs)
            wall += time.perf_counter()
            busy += time.process_time()
            recorder.calls.clear()
    return Rate(comments, wall, busy)


def measure_score(archive: str, workers: int, scorer: Callable[[], Scorer] | None) -> Rate:
    """Return the rate of `score`, from when all workers are ready, and its peak memory."""
    ready: list[float] = []

    def start(count: int, task: Any, *, on_ready: Any, on_lost: Any) -> WorkerPool:
        def heard(model: ModelIdentity) -> None:
            ready.append(time.perf_counter())
            on_ready(model)

        return WorkerPool(count, task, on_ready=heard, on_lost=on_lost)

    out = Path(tempfile.mkdtemp(prefix="fingerpost-bench-"))
    try:
        outcome = score_archives(
            [archive],
            out,
            ScoreOptions(workers=workers, threads=1),
            load_settings(),
            watcher=Watcher(),
            load_scorer=scorer,
            start_pool=start,
        )
        wall = time.perf_counter() - max(ready)
    finally:
        shutil.rmtree(out)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = resource.getrusage(resource.RUSAGE_SELF)
    return Rate(
        outcome.totals.comments,
        wall,
        children.ru_utime + children.ru_stime,
        own.ru_maxrss / 1024,
        children.ru_maxrss / 1024,
    )


def in_process(measure: Callable[..., Rate], *inputs: Any) -> Rate:
    """Measure in a fresh process, so that one does not warm or fill another's memory."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_answer, args=(theirs, measure, inputs))
    process.start()
    rate = ours.recv()
    process.join()
    return rate  # type: ignore[no-any-return]  # it went through a pipe


def _answer(pipe: Any, measure: Callable[..., Rate], inputs: tuple[Any, ...]) -> None:
    pipe.send(measure(*inputs))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pages_dir", nargs="?", type=Path)
    parser.add_argument("--comments", type=int, default=250)
    parser.add_argument("--timed", action="store_true")
    parser.add_argument("--char-us", type=float, default=CHAR_US)
    parser.add_argument("--memory", action="store_true")
    chosen = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    scorer = partial(TimedScorer, chosen.char_us) if chosen.timed else None
    with tempfile.TemporaryDirectory() as folder:
        archive, small = Path(folder) / "archive.jsonl", Path(folder) / "small.jsonl"
        write_archive(archive, chosen.comments, chosen.pages_dir)
        write_archive(small, chosen.comments // 10, chosen.pages_dir)
        if chosen.memory:
            for path in (small, archive):
                print(in_process(measure_score, str(path), 1, scorer).describe_memory())
            return
        half = Path(folder) / "half.jsonl"
        write_archive(half, chosen.comments // 2, chosen.pages_dir)
        with ThreadPoolExecutor() as beside:
            tenth = in_process(measure_score, str(small), 1, scorer)
            bare = beside.submit(in_process, measure_bare, str(half), scorer)
            whole = in_process(measure_score, str(archive), 1, scorer)
            one, loop = whole.without(tenth), bare.result()
        print(loop.describe("bare loop"), one.describe("score, 1 worker"), sep="\n")
        print(tenth.describe_memory(), whole.describe_memory(), sep="\n", flush=True)
        tenth, whole = (
            in_process(measure_score, str(path), 2, scorer) for path in (small, archive)
        )
        two = whole.without(tenth)
        print(two.describe("score, 2 workers"))
        print(tenth.describe_memory(), whole.describe_memory(), sep="\n")
        print(f"one worker to bare loop {one.a_second / loop.a_second:.2f}")
        print(f"two workers to one      {two.a_second / one.a_second:.2f}")


if __name__ == "__main__":
    main()
