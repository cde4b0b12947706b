"""Killed at any moment and started again, a run ends with the rows of one that was left alone."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import subprocess
import sys
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

from app.batch.run import ScoreOptions, score_archives
from app.config import Settings
from tests.batch.conftest import BEGAN, WORDS, Silent, read_rows
from tests.batch.inline import InlinePool
from tests.batch.slow_command import main
from tests.fakes import FakeScorer

_KILLS = 20
_PAGES = 120
_ROOT = Path(__file__).resolve().parents[2]


def _write_archive(path: Path) -> None:
    """Write comments and submissions apart, so that threads are joined again at every start."""
    rows: list[dict[str, object]] = []
    for number in range(_PAGES):
        rows += [
            {
                "id": f"c{number}_{place}",
                "link_id": f"t3_s{number}",
                "parent_id": f"t3_s{number}",
                "author": f"author {place}",
                "body": text,
                "created_utc": 1_400_000_000 + place,
            }
            for place, text in enumerate(WORDS)
        ]
    rows += [
        {"id": f"s{n}", "title": f"Fire {n}", "selftext": "A bus burned.", "subreddit": "x"}
        for n in range(_PAGES)
    ]
    lines = [json.dumps(row) for row in rows]
    lines.insert(100, "no record")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _start_forked(archive: Path, out: Path) -> BaseProcess:
    """Start a run without workers, from a server that has loaded what it needs already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.batch.slow_command"])
    run = context.Process(target=main, args=(str(archive), str(out), "0"))
    run.start()
    return run


def _start_command(archive: Path, out: Path) -> subprocess.Popen[bytes]:
    """Start a program that has two workers."""
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.batch.slow_command", str(archive), str(out), "2"],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stderr=subprocess.DEVNULL,
    )


def _count_results(out: Path) -> int:
    """How many units and parts there are: what a run has come to."""
    return len(list(out.glob("_run/units/*.unit"))) + 10 * len(list(out.glob("*/part-*")))


def _is_alive(run: BaseProcess | subprocess.Popen[bytes]) -> bool:
    return run.is_alive() if isinstance(run, BaseProcess) else run.poll() is None


def _wait(run: BaseProcess | subprocess.Popen[bytes]) -> None:
    _ = run.join() if isinstance(run, BaseProcess) else run.wait()


def test_killed_at_twenty_moments_the_rows_are_the_same(tmp_path):
    """Each time some more is there, some of it half done, and all of it is whole in the end."""
    archive = tmp_path / "archive.ndjson"
    _write_archive(archive)
    score_archives(
        [str(archive)],
        tmp_path / "alone",
        ScoreOptions(unit_tokens=300, units_per_part=3),
        Settings(),
        watcher=Silent(),
        load_scorer=FakeScorer,
        start_pool=InlinePool,
        now=lambda: BEGAN,
    )
    moments = random.Random(4)  # noqa: S311 - the same moments every time
    out = tmp_path / "killed"
    kills = 0
    for turn in range(_KILLS):
        before = _count_results(out)
        run = _start_forked(archive, out) if turn % 5 else _start_command(archive, out)
        # Half of the moments come early, in reading and starting; half after some result.
        if moments.random() < 0.5:
            time.sleep(moments.uniform(0.01, 0.5))
        else:
            while _is_alive(run) and _count_results(out) == before:
                time.sleep(0.005)
            time.sleep(moments.uniform(0, 0.1))
        kills += _is_alive(run)
        run.kill()
        _wait(run)

    last = _start_forked(archive, out)
    last.join(120)

    assert last.exitcode == 0
    assert kills > _KILLS / 2
    assert read_rows(out) == read_rows(tmp_path / "alone")
    assert not [path for path in out.rglob(".*") if path.is_file()]
