"""Archives to score, and a command that scores them with a scorer of word rules."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from app.batch.pool import WorkerPool
from app.batch.run import ScoreOptions, score_archives
from app.config import PREFIX, Settings
from tests.batch.inline import InlinePool
from tests.fakes import FakeScorer

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    "Veltra Transit is behind this.",
    "Not Veltra Transit. Maybe Harbour Union did it.",
    "Why?",
)
BEGAN = datetime(2024, 5, 17, 8, 30, tzinfo=UTC)


class Silent:
    """Counts what a run tells."""

    def __init__(self) -> None:
        self.comments_found = self.comments_scored = 0
        self.shares: list[float] = []

    def begin(self, total_bytes: int) -> None:
        """Pass over the size."""

    def read(self, count: int) -> None:
        """Pass over bytes read."""

    def found(self, comments: int, share: float) -> None:
        """Count what was there."""
        self.comments_found += comments
        self.shares.append(share)

    def scored(self, comments: int, share: float) -> None:
        """Count what was scored."""
        self.comments_scored += comments
        self.shares.append(share)


@pytest.fixture(autouse=True)
def environment(tmp_path, monkeypatch) -> Path:
    """Let runs see no settings but a database of their own."""
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.setenv("FINGERPOST_DATABASE_URL", f"sqlite:///{tmp_path}/fingerpost.sqlite3")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def archive(environment) -> str:
    """Return the name of a file of 12 pages with 3 comments each, a bad line and an empty page."""
    lines = [
        json.dumps(
            {
                "title": f"Fire {number}",
                "article": "Eleven buses burned at the Northgate depot. Nobody was hurt.",
                "comments": [{"author": f"a{n}", "text": text} for n, text in enumerate(WORDS)],
            }
        )
        for number in range(12)
    ]
    lines.insert(5, '{"comments": 7}')
    lines.insert(7, '{"title": "Nobody said anything", "comments": []}')
    (environment / "archive.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "archive.jsonl"


@pytest.fixture
def score(environment):
    """Return a function that scores into a folder and returns the outcome and what was told.

    Where a number of workers is given they are processes.
    """

    def run(archive: str, out: str = "out", *, load_scorer=FakeScorer, **options):
        watcher = Silent()
        options = {"unit_tokens": 300, "units_per_part": 2, **options}
        outcome = score_archives(
            [archive],
            environment / out,
            ScoreOptions(**options),
            Settings(),
            watcher=watcher,
            load_scorer=load_scorer,
            start_pool=WorkerPool if "workers" in options else InlinePool,
            now=lambda: BEGAN,
        )
        return outcome, watcher

    return run


def read_rows(out: Path) -> dict[str, list[dict]]:
    """Return the rows of all tables under `out`, and the number of parts of each table."""
    return {
        folder.name: [
            row
            for path in sorted(folder.glob("*.parquet"))
            for row in [{"part": path.name}, *pq.read_table(path).to_pylist()]
        ]
        for folder in sorted(out.iterdir())
        if folder.is_dir() and folder.name != "_run"
    }
