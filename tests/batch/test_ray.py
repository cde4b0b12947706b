"""On a Ray of this machine: the rows of a run that was left alone, also where an actor dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from app.batch.choices import OutputFormat
from app.batch.run import ScoreOptions, score_archives
from app.batch.units import PageEntry, Unit
from app.batch.worker import WorkerTask
from app.config import Settings
from app.domain.page import Article, Comment, Page
from app.errors import ModelUnusable
from app.parsing.archives import Entry
from tests.batch.conftest import BEGAN, WORDS, Silent, read_rows
from tests.batch.inline import InlinePool
from tests.fakes import FakeScorer

ray = pytest.importorskip("ray", reason="needs the extra fingerpost[ray]")

pytestmark = pytest.mark.filterwarnings("ignore")  # Ray leaves sockets and processes to the system

ROOT = str(Path(__file__).resolve().parents[2])


@pytest.fixture(scope="module", autouse=True)
def cluster():
    """A Ray of this machine with two processors' worth of actors."""
    ray.init(
        num_cpus=2,
        num_gpus=1,  # as Ray counts them; nothing here runs on it
        log_to_driver=False,
        include_dashboard=False,
        runtime_env={"env_vars": {"PYTHONPATH": ROOT}},
    )
    yield
    ray.shutdown()


class _DyingScorer(FakeScorer):
    """Takes its process down once: whoever finds the mark removes it and dies."""

    def __init__(self, mark: str) -> None:
        super().__init__(on_call=self._die)
        self._mark = Path(mark)

    def _die(self) -> None:
        try:
            self._mark.unlink()
        except FileNotFoundError:
            return
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(
    ("device", "actors", "there", "gpus"),
    [
        ("cpu", 4, 2, 0),
        ("cuda", 2, 2, 1),
        ("cuda", 3, 2, 0.5),
        ("cuda", 1, 4, 1),
        ("cuda", 3, 0, 1),
        ("cuda", 6, 1, 0.1666),
    ],
)
def test_an_actor_asks_for_its_threads_and_for_its_share_of_the_gpus(device, actors, there, gpus):
    """Ray places no more actors on a node than it has cores and GPUs for."""
    from app.batch.ray_pool import resources_of  # noqa: PLC0415 - where Ray is there

    asked = resources_of(Settings(device=device, threads=4), actors, there)

    assert asked == {"num_cpus": 4, "num_gpus": gpus}


def test_an_actor_that_dies_changes_no_row(archive, score, tmp_path):
    """Two actors score, one is killed in the middle, and each row is that of one process alone."""
    from app.batch.ray_pool import RayPool  # noqa: PLC0415 - where Ray is there

    mark = tmp_path / "mark"
    score(archive, "alone")

    def mark_later() -> None:
        while not list(tmp_path.glob("ray/_run/units/*.unit")) and not done.wait(0.01):
            pass
        mark.touch()

    done = threading.Event()
    thread = threading.Thread(target=mark_later)
    thread.start()
    score_archives(
        [archive],
        tmp_path / "ray",
        ScoreOptions(unit_tokens=300, units_per_part=2, workers=2),
        Settings(),
        watcher=Silent(),
        load_scorer=lambda: _DyingScorer(str(mark)),
        start_pool=RayPool,
        now=lambda: BEGAN,
    )
    done.set()
    thread.join()

    assert not mark.exists()
    assert read_rows(tmp_path / "ray") == read_rows(tmp_path / "alone")


@pytest.mark.parametrize("settings", [Settings(), Settings(device="cuda")])
def test_actors_that_find_no_place_hold_nothing_up(archive, score, tmp_path, settings):
    """Of more actors than the cluster has processors for those that are up do all the work.

    They share its only GPU.
    """
    from app.batch.ray_pool import RayPool  # noqa: PLC0415 - where Ray is there

    score(archive, "alone")
    score_archives(
        [archive],
        tmp_path / "ray",
        ScoreOptions(unit_tokens=300, units_per_part=2, workers=5),
        settings,
        watcher=Silent(),
        load_scorer=FakeScorer,
        start_pool=RayPool,
        now=lambda: BEGAN,
    )

    assert read_rows(tmp_path / "ray") == read_rows(tmp_path / "alone")


def test_a_machine_with_too_little_for_one_actor_is_told(archive, tmp_path):
    """A Ray that was started here does not grow: the run ends rather than wait for more cores."""
    from app.batch.ray_pool import RayPool  # noqa: PLC0415 - where Ray is there

    with pytest.raises(ModelUnusable, match="expected 64 CPU for a Ray actor, this machine has 2"):
        score_archives(
            [archive],
            tmp_path / "ray",
            ScoreOptions(unit_tokens=300, units_per_part=2, workers=2, threads=64),
            Settings(),
            watcher=Silent(),
            load_scorer=FakeScorer,
            start_pool=partial(RayPool, starts_here=True),
            now=lambda: BEGAN,
        )


def test_actors_leave_no_results_on_their_nodes(environment, monkeypatch):
    """Results go through Ray alone: no disk of a node fills while a run goes on."""
    from app.batch.ray_pool import UnitActor  # noqa: PLC0415 - where Ray is there

    monkeypatch.setattr(tempfile, "tempdir", str(environment))
    page = Page(Article(title="Fire"), tuple(Comment(w, w) for w in WORDS))
    unit = Unit(0, [PageEntry(1, Entry("line 1", page))])
    task = WorkerTask(Settings(), OutputFormat.PARQUET, environment / "units", BEGAN, FakeScorer)
    actor = UnitActor(task)

    assert actor.score(unit).result.comments == len(WORDS)
    assert not list(environment.rglob("*.unit"))


def _die_loading() -> FakeScorer:
    os.kill(os.getpid(), signal.SIGKILL)
    return FakeScorer()


def test_actors_that_never_come_up_end_the_run(archive, tmp_path):
    """Nodes with too little memory are told so, and no page is given up for it."""
    from app.batch.ray_pool import RayPool  # noqa: PLC0415 - where Ray is there

    with pytest.raises(ModelUnusable, match="memory"):
        score_archives(
            [archive],
            tmp_path / "ray",
            ScoreOptions(unit_tokens=300, units_per_part=2, workers=2),
            Settings(),
            watcher=Silent(),
            load_scorer=_die_loading,
            start_pool=RayPool,
            now=lambda: BEGAN,
        )

    assert not list(tmp_path.glob("ray/_run/units/*.unit"))


def _start(archive: Path, out: Path, address: str) -> subprocess.Popen[bytes]:
    """Start the command on the cluster at the address."""
    command = [sys.executable, "-m", "tests.batch.ray_command", "score", str(archive)]
    options = ["--out", str(out), "--engine", "ray", "--address", address, "--workers", "2"]
    return subprocess.Popen(  # noqa: S603 - our own program
        [*command, *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": ROOT},
        stderr=subprocess.PIPE,
    )


def test_the_command_killed_on_a_cluster_goes_on(tmp_path):
    """Started again with the same words it takes up what is there, and ends with the same rows."""
    archive, out = tmp_path / "archive.jsonl", tmp_path / "out"
    page = {"title": "Fire", "article": "A bus burned.", "comments": [{"text": w} for w in WORDS]}
    archive.write_text((json.dumps(page) + "\n") * 160, encoding="utf-8")
    options = ScoreOptions()
    score_archives(
        [str(archive)],
        tmp_path / "alone",
        options,
        Settings(),
        watcher=Silent(),
        load_scorer=FakeScorer,
        start_pool=InlinePool,
        now=lambda: BEGAN,
    )
    address = ray.get_runtime_context().gcs_address
    first = _start(archive, out, address)
    while first.poll() is None and not list(out.glob("_run/units/*.unit")):
        time.sleep(0.02)
    first.kill()
    first.communicate()
    units = {path.name: path.stat().st_mtime_ns for path in out.glob("_run/units/*.unit")}

    second = _start(archive, out, address)
    seen: dict[str, int] = {}
    while second.poll() is None:
        for path in out.glob("_run/units/*.unit"):
            with suppress(FileNotFoundError):
                seen[path.name] = path.stat().st_mtime_ns
        time.sleep(0.02)
    _, said = second.communicate()

    assert units
    assert second.returncode == 0, said.decode()
    assert {name: seen[name] for name in units} == units
    assert read_rows(out) == read_rows(tmp_path / "alone")
