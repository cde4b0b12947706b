"""How cost grows with targets, with words and with comments: curves, each with its slope.

python bench/curves.py [--rounds N] [--json FILE]

A slope is that of the logarithms, fitted by least squares over the curve's upper half, where what
is paid once counts least: 1 is linear. Comments a page are mined whole: few with the model, many
with a scorer that answers at once, since what the network does is cut into equal parts beforehand.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from goals import Row, write_rows
from rounds import Contender, spread, take_turns
from texts import MODEL, ROOT, hypotheses, readings, some, written_comments

from app.inference.compiled_scorer import load_compiled
from app.mining.mine import mine
from app.parsing.page import parse_page

sys.path.insert(0, str(ROOT))

from tests.fakes import FakeScorer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.mining.scorer import Scorer

TARGETS = (1, 2, 5, 10, 15, 20, 30)
WORDS = (5, 15, 50, 150, 500, 1_500, 5_000)
COMMENTS = (10, 30, 100, 300)
MORE_COMMENTS = (100, 300, 1_000, 3_000, 10_000)
TEXTS = 32
LINEAR = 1.05
"""A slope that is taken for linear: fits err by some hundredths."""

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Measure the curves, and print or write the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    scorer = load_compiled(MODEL, threads=1)
    texts = some(written_comments(), TEXTS)
    words = " ".join(written_comments()).split()

    def read(asked: Sequence[str], many: int) -> Contender:
        own = readings(asked, hypotheses(many))

        def run() -> None:
            scorer.score(own)

        return Contender("", 1, run)

    curves = {
        "targets": {many: read(texts, many) for many in TARGETS},
        "words a comment": {many: read([" ".join(words[:many])], 3) for many in WORDS},
        "comments a page": {many: mined(many, scorer) for many in COMMENTS},
        "comments a page, without the network": {
            many: mined(many, FakeScorer(names=("Harbour Board",))) for many in MORE_COMMENTS
        },
    }
    rows = []
    for name, curve in curves.items():
        rounds = args.rounds if name != "comments a page, without the network" else 1
        rows += judge(name, curve, rounds)
    write_rows(args.json, rows)


def mined(many: int, scorer: Scorer) -> Contender:
    """Return the mining of a page of that many comments, each unlike the others."""
    texts = written_comments()
    comments = [
        {"id": str(number), "text": f"{number}. {texts[number % len(texts)][:120]}"}
        for number in range(many)
    ]
    page = {"title": "Who opened the dam?", "article": "The dam was opened.", "comments": comments}
    parsed = parse_page(json.dumps(page).encode(), content_type="application/json")

    def run() -> None:
        mine(parsed, scorer, now=NOW)

    return Contender("", 1, run)


def judge(name: str, curve: Mapping[int, Contender], rounds: int) -> list[Row]:
    """Return a curve's points, each as times the first, and its slope."""
    named = [Contender(str(many), 1, own.run) for many, own in curve.items()]
    seconds = take_turns(named, rounds)
    sizes = list(curve)
    points = []
    for many in sizes:
        own = spread([1000 * each for each in seconds[str(many)]])
        points.append(f"{many:,}: {own.median:.0f} ms")
    half = sizes[len(sizes) // 2 :]
    slopes = [
        float(
            np.polyfit(np.log(half), np.log([seconds[str(many)][number] for many in half]), deg=1)[
                0
            ]
        )
        for number in range(rounds)
    ]
    slope = spread(slopes)
    return [
        Row("8", f"{name}: slope", "at most linear", str(slope), slope.median <= LINEAR),
        Row("", f"{name}: processor's time", "", "; ".join(points)),
    ]


if __name__ == "__main__":
    main()
