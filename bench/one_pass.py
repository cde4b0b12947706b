"""One pass a comment for all its targets, beside one pass a pair of comment and target.

python bench/one_pass.py [PAGES_DIR] [--model FOLDER] [--rounds N]

Both read the same comments and targets with the same network on the same threads, sorted by
length and cut by tokens. The pairs are what a classifier of (text, target) pairs must do: one
row a target. Prints comments a second of each and the ratio, its median and spread over rounds.
Without PAGES_DIR the bundled examples are read.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.naming import NameFinder, hypothesis
from app.domain.reading import Query, Reading
from app.domain.stance import Target, TargetKind
from app.inference.torch_scorer import load_scorer
from app.parsing.page import parse_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.page import Page
    from app.inference.scorer import ModelScorer

ROOT = Path(__file__).resolve().parents[1]


def readings_of(page: Page) -> list[Reading]:
    """Return one reading a comment: its account and every actor of the page."""
    actors = page.actors or ()
    finder = NameFinder({actor.id: actor.names for actor in actors})
    account = Target(TargetKind.ACCOUNT, page.account or page.article.title or "")
    readings = []
    for comment in page.comments:
        named = finder.find(comment.text)
        queries = [Query(account)]
        for actor in actors:
            target = hypothesis(actor.id, actor.name, page.event)
            queries.append(Query(target, mentions=named.get(actor.id, ())))
        readings.append(Reading(comment.text, tuple(queries), page.article.title))
    return readings


def labelled_page(path: Path) -> Page:
    """Return a labelled page as the service would be given it, actors and account included."""
    value = json.loads(path.read_text("utf-8"))
    keys = ("title", "article", "account", "event", "actors")
    given = {key: value[key] for key in keys if key in value}
    comments = [{key: row[key] for key in ("id", "text", "author")} for row in value["comments"]]
    return parse_page(
        json.dumps({**given, "comments": comments}).encode(), content_type="application/json"
    )


def seconds_of(scorer: ModelScorer, readings: Sequence[Reading]) -> float:
    """Return the wall-clock seconds that scoring takes."""
    began = time.perf_counter()
    scorer.score(readings)
    return time.perf_counter() - began


def main() -> None:
    """Measure both ways in turn and print their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, nargs="?", default=ROOT / "examples")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "small")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    scorer = load_scorer(args.model)
    paths = sorted(args.pages.glob("*.json"))[:3]
    together = [own for path in paths for own in readings_of(labelled_page(path))]
    pairs = [Reading(own.text, (query,), own.context) for own in together for query in own.queries]
    scorer.score(pairs)  # warms the cache of target vectors, which both then share
    ratios, rates = [], []
    for _ in range(args.rounds):
        one, many = seconds_of(scorer, together), seconds_of(scorer, pairs)
        ratios.append(many / one)
        rates.append((len(together) / one, len(together) / many))
    print(f"{len(together)} comments, {len(pairs) / len(together):.1f} targets each")
    print(f"one pass a comment: {statistics.median(rate for rate, _ in rates):.1f} comments/s")
    print(f"one pass a pair:    {statistics.median(rate for _, rate in rates):.1f} comments/s")
    print(
        f"ratio: {statistics.median(ratios):.2f} (of {args.rounds} rounds: "
        f"{min(ratios):.2f} to {max(ratios):.2f})"
    )


if __name__ == "__main__":
    main()
