"""The command with a scorer that takes its time, so that it can be killed while it works.

Run as a program by the tests; nothing ships.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from app.batch.pool import WorkerPool
from app.batch.progress import RunProgress
from app.batch.run import ScoreOptions, score_archives
from app.config import Settings
from tests.batch.inline import InlinePool
from tests.fakes import FakeScorer

CALL_S = 0.01
"""How long each call of the scorer takes: a page makes half a dozen."""


def load_slow_scorer() -> FakeScorer:
    """Return the scorer of word rules, slowed down."""
    return FakeScorer(on_call=lambda: time.sleep(CALL_S))


def main(archive: str, out: str, workers: str) -> None:
    """Score the archive with so many workers, with none in this process."""
    options = ScoreOptions(workers=int(workers), unit_tokens=300, units_per_part=3)
    with RunProgress() as progress:
        score_archives(
            [archive],
            out if "://" in out else Path(out),
            options,
            Settings(),
            watcher=progress,
            load_scorer=load_slow_scorer,
            start_pool=WorkerPool if options.workers else InlinePool,
            now=lambda: datetime(2024, 5, 17, tzinfo=UTC),
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
