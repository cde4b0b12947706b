"""Stands in for what a bench of archives needs: a scorer that only takes time, and an archive."""

from __future__ import annotations

import json
import time
from itertools import count, cycle
from random import Random
from typing import TYPE_CHECKING, Any

from app.domain.mined import ModelIdentity
from app.domain.page import Span
from app.domain.reading import ActorMention, Reading, SentenceScore, TargetScore
from app.domain.stance import Label, Role, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from app.domain.reading import Query

CHAR_US = 50.0
"""Microseconds a character costs the timed scorer: a tenth of what the model takes on a busy
core."""

_ACTORS = ("Veltra Transit", "Harbour Union")
_PLACES = ("Quarry Lane", "Mill Yard", "Ferry Street", "Station Road", "Castle Row")
_SENTENCES = (
    "{actor} is behind this.",
    "Not {actor}, no way.",
    "Why would {actor} burn bus {number}?",
    "You have never been to {place}.",
    "Driver {number} saw who left by the gate.",
    "Agreed.",
    "They owe us {number} pounds, but nobody here would do it.",
    "I give it {number} hours until we know.",
    "Bus {number} was rotten for years.",
    "Maybe {actor}, maybe the wiring.",
)


class TimedScorer:
    """Sleeps instead of reading; every text supports every target that it names."""

    identity = ModelIdentity("timed", "1")

    def __init__(self, char_us: float) -> None:
        self._char_s = char_us / 1e6

    def score(self, readings: Sequence[Reading]) -> list[tuple[TargetScore, ...]]:
        """Return the same score for every query."""
        self._sleep(reading.text for reading in readings)
        return [tuple(_score(query) for query in reading.queries) for reading in readings]

    def tag_actors(self, texts: Sequence[str]) -> list[tuple[ActorMention, ...]]:
        """Return one actor's mentions."""
        self._sleep(texts)
        found = (text.find("Veltra Transit") for text in texts)
        return [() if at < 0 else (ActorMention(Span(at, at + 14), 0.9),) for at in found]

    def score_sentences(self, title: str | None, sentences: Sequence[str]) -> list[SentenceScore]:
        """Return high scores for the first sentence."""
        del title
        self._sleep(sentences)
        return [SentenceScore(-at, -at) for at in range(len(sentences))]

    def _sleep(self, texts: Iterable[str]) -> None:
        time.sleep(self._char_s * sum(map(len, texts)))


def _score(query: Query) -> TargetScore:
    label = Label.SUPPORT if query.mentions else Label.COMMENT
    shares = (0.9, 0.0, 0.0, 0.1) if query.mentions else (0.1, 0.0, 0.0, 0.9)
    stance = Stance(label, bool(query.mentions), shares)
    return TargetScore(stance, Role.PERPETRATOR, (0.9, 0.05, 0.05), 0.0, 0.9)


def write_archive(path: Path, comments: int, pages_dir: Path | None) -> None:
    """Write an archive of so many comments, one page of the contract a line."""
    left = comments
    with path.open("w", encoding="utf-8") as stream:
        for page in _pages(pages_dir):
            own = {**page, "comments": page["comments"][:left]}
            stream.write(json.dumps(own) + "\n")
            left -= len(own["comments"])
            if left <= 0:
                return


def _pages(pages_dir: Path | None) -> Iterator[dict[str, Any]]:
    if pages_dir is None:
        yield from map(_made_up_page, count())
        return
    pages = []
    for path in sorted(pages_dir.glob("*.json")):
        page = json.loads(path.read_text("utf-8"))
        rows = [{"author": row["author"], "text": row["text"]} for row in page["comments"]]
        pages.append({"title": page["title"], "article": page["article"], "comments": rows})
    yield from cycle(pages)


def _made_up_page(number: int) -> dict[str, Any]:
    # No two pages are alike and two thirds of the comments come once only, so that no cache answers
    # for the model.
    dice = Random(number)  # noqa: S311 - nothing here is secret
    place = f"{dice.choice(_PLACES)} {dice.randrange(1000)}"
    return {
        "title": f"Fire at {place}",
        "article": f"{dice.randrange(2, 90)} buses burned at {place} on Sunday night. "
        "Nobody was hurt. Veltra Transit runs the depot, and Harbour Union had called a strike.",
        "comments": [
            {"author": f"reader{dice.randrange(400)}", "text": _made_up_text(dice, place)}
            for _ in range(dice.randrange(8, 40))
        ],
    }


def _made_up_text(dice: Random, place: str) -> str:
    sentences = dice.sample(_SENTENCES, dice.randrange(1, 3))
    return " ".join(sentences).format(
        actor=dice.choice(_ACTORS), place=place, number=dice.randrange(2, 10_000)
    )
