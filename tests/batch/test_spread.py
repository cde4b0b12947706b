"""Promises about long pages: their work is spread over all workers, and changes no row."""

from __future__ import annotations

import json
import os
import signal
from functools import partial
from pathlib import Path

import pytest

from app.batch.spread import SLICE_INPUTS, Slice, Spreader, SpreadScorer, answer_slice
from app.errors import FingerpostError
from tests.batch.conftest import WORDS, read_rows
from tests.fakes import FakeScorer

_COMMENTS = 3 * SLICE_INPUTS
_LONG = {
    "title": "Fire",
    "article": "Eleven buses burned at the Northgate depot. Nobody was hurt.",
    "comments": [
        {"author": f"a{n % 20}", "text": WORDS[n % len(WORDS)] + f" ({n})"}
        for n in range(_COMMENTS)
    ],
}


@pytest.fixture
def long_archive(archive, environment) -> str:
    """Return the name of an archive whose third page has hundreds of comments."""
    lines = (environment / archive).read_text(encoding="utf-8").splitlines()
    lines.insert(2, json.dumps(_LONG))
    (environment / "long.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "long.jsonl"


class _Telling(FakeScorer):
    """Leaves a file named after its process whenever it is asked."""

    def __init__(self, folder: str) -> None:
        super().__init__(on_call=lambda: Path(folder, str(os.getpid())).touch())


class _Dying(FakeScorer):
    """Takes down the first process that is asked of a certain comment of the long page."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self._mark = Path(mark)

    def score(self, readings):
        """Die where the mark is, once, in the middle of the long page."""
        if any(f"({SLICE_INPUTS})" in reading.text for reading in readings):
            try:
                self._mark.unlink()
            except FileNotFoundError:
                pass
            else:
                os.kill(os.getpid(), signal.SIGKILL)
        return super().score(readings)


def test_a_long_page_is_answered_by_all_workers(long_archive, score, environment):
    """Both of two processes are asked, though a single page makes nearly all of the archive."""
    score(long_archive, "alone")
    (environment / "asked").mkdir()

    score(
        long_archive,
        "spread",
        load_scorer=partial(_Telling, str(environment / "asked")),
        workers=2,
        spread_from=_COMMENTS,
        unit_tokens=100_000,
    )

    assert len(list((environment / "asked").iterdir())) == 2
    alone, spread = read_rows(environment / "alone"), read_rows(environment / "spread")
    for rows in (alone, spread):
        for name in rows:
            rows[name] = [row for row in rows[name] if "part" not in row]
    assert spread == alone


def test_a_worker_that_dies_over_a_slice_changes_no_row(long_archive, score, environment):
    """What it was asked is asked again, and what it asked itself is asked anew."""
    score(long_archive, "alone")
    mark = environment / "mark"
    mark.touch()

    score(
        long_archive,
        "spread",
        load_scorer=partial(_Dying, str(mark)),
        workers=2,
        spread_from=_COMMENTS,
    )

    assert not mark.exists()
    assert read_rows(environment / "spread") == read_rows(environment / "alone")


def test_answers_may_come_in_any_order():
    """The outputs stand in the order of the inputs, whoever answers first."""
    sent: list[Slice] = []
    own = FakeScorer()

    def send(slice_: Slice) -> None:
        sent.append(slice_)
        if len(sent) == 3:
            for each in reversed(sent):
                spreader.hear(answer_slice(each, own))

    spreader = Spreader(send)
    texts = [f"{WORDS[n % 2]} {n}" for n in range(_COMMENTS)]

    assert SpreadScorer(own, spreader).tag_actors(texts) == own.tag_actors(texts)


def test_what_a_slice_fails_with_is_told_to_whoever_asked():
    """An error of another process comes up where the page is mined."""
    spreader = Spreader(lambda slice_: spreader.hear(answer_slice(slice_, FakeScorer())))

    with pytest.raises(FingerpostError, match="AttributeError"):
        spreader.ask("no_such_method", ["text"])
