"""Seconds that a long page takes besides the model: ranking it, explaining it, drawing its graph.

python bench/graph.py [--comments N] [--rounds N] [--words N]

The page is made up: comments of some forty words by a third as many authors, replying to each
other, with stances to thirty actors; one in twenty is a near copy of one of ten texts, and some
only agree. "hostile" is a page of as many near copies of a single text. Prints the median and
the spread over rounds of each step, by the clock, and the median of the processor's time, which
depends less on what else the machine does.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from app.domain.mined import Actor, MinedComment, MinedPage, ModelIdentity
from app.domain.page import Article, Comment, ReplyLink, Span
from app.domain.stance import LABELS, Attribution, Label, Role, Stance
from app.mining.explain import explain_ranking
from app.mining.graph import build_graph
from app.mining.hypotheses import rank_hypotheses

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT_S = 1.0
"""What building and ranking a page of 10,000 comments may take."""

ACTORS = 30
WORDS = [f"word{number}" for number in range(4_000)]


def made_up_page(comments: int, words: int, *, hostile: bool = False) -> MinedPage:
    """Return a mined page of so many comments, the same each time."""
    chance = random.Random(1)  # noqa: S311 - nothing here is secret
    actors = tuple(Actor(f"a{number}", f"Actor {number}") for number in range(ACTORS))
    spread = [chance.choices(WORDS, k=words) for _ in range(1 if hostile else 10)]
    mined = []
    for number in range(comments):
        if hostile or chance.random() < 0.05:  # noqa: PLR2004 - one in twenty
            text = list(chance.choice(spread))
            text[chance.randrange(words)] = f"other{number}"
        else:
            text = chance.choices(WORDS, k=max(1, int(chance.gauss(words, words / 3))))
        mined.append(_mined(number, " ".join(text), chance))
    page = MinedPage(
        Article("A title", "What happened."),
        tuple(mined),
        actors,
        hypotheses=(),
        account="Something happened.",
        event="something",
        model=ModelIdentity("none", "0"),
        mined_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return replace(page, hypotheses=rank_hypotheses(actors, page.comments))


def _mined(number: int, text: str, chance: random.Random) -> MinedComment:
    answered = f"c{chance.randrange(number)}" if number and chance.random() < 0.6 else None  # noqa: PLR2004
    comment = Comment(
        f"c{number}",
        text,
        author=f"author {chance.randrange(5_000)}",
        reply_to=answered,
        reply_link=None if answered is None else ReplyLink.GIVEN,
    )
    about = chance.sample(range(ACTORS), k=chance.choice((0, 1, 1, 2)))
    return MinedComment(
        comment,
        account_stance=_stance(chance),
        reply_stance=None if answered is None else _stance(chance),
        attributions=tuple(_row(f"a{actor}", answered, chance) for actor in about),
    )


def _stance(chance: random.Random) -> Stance:
    return Stance(chance.choice(LABELS), certain=False, probabilities=(0.4, 0.2, 0.2, 0.2))


def _row(actor: str, answered: str | None, chance: random.Random) -> Attribution:
    label = chance.choice((Label.SUPPORT, Label.SUPPORT, Label.DENY, Label.QUERY))
    return Attribution(
        actor,
        label,
        certain=label is not Label.QUERY and chance.random() < 0.5,  # noqa: PLR2004
        role=None if label is Label.QUERY else Role.PERPETRATOR,
        reported=False,
        probability=chance.uniform(0.4, 1.0),
        evidence=Span(0, 1),
        inherited_from=answered if chance.random() < 0.1 else None,  # noqa: PLR2004
    )


def show_seconds(name: str, work: Callable[[], object], rounds: int) -> float:
    """Print what `work` takes, and return the median of the rounds."""
    taken, used = [], []
    for _ in range(rounds):
        began, busy = time.perf_counter(), time.process_time()
        work()
        used.append(time.process_time() - busy)
        taken.append(time.perf_counter() - began)
    median = statistics.median(taken)
    print(
        f"{name:<10} {median:6.3f} s ({min(taken):.3f} to {max(taken):.3f}), "
        f"{statistics.median(used):.3f} s of processor time"
    )
    return median


def main() -> None:
    """Measure each step on both pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--words", type=int, default=40)
    args = parser.parse_args()
    for name in ("ordinary", "hostile"):
        page = made_up_page(args.comments, args.words, hostile=name == "hostile")
        print(f"{name}: {len(page.comments)} comments, {len(page.actors)} actors")
        rank = partial(rank_hypotheses, page.actors, page.comments)
        ranked = show_seconds("  rank", rank, args.rounds)
        drawn = show_seconds("  graph", partial(build_graph, page), args.rounds)
        print(f"  both: {ranked + drawn:.3f} s of {LIMIT_S} s")
        show_seconds("  explain", partial(explain_ranking, page), args.rounds)


if __name__ == "__main__":
    main()
