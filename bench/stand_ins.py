"""Stands in for what a bench of archives needs: a scorer that only takes time, and an archive."""

from __future__ import annotations

import json
import time
from itertools import cycle, islice
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

_MADE_UP = "Veltra Transit is behind this.|Not Veltra Transit, no way.|Maybe Harbour Union.|Why?"


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
    return TargetScore(stance, Role.PERPETRATOR, (0.9, 0.05, 0.05), 0.0)


def write_archive(path: Path, comments: int, pages_dir: Path | None) -> None:
    """Write an archive of so many comments, one page of the contract a line."""
    pages = list(_pages(pages_dir))
    left = comments
    with path.open("w", encoding="utf-8") as stream:
        for page in cycle(pages):
            own = {**page, "comments": page["comments"][:left]}
            stream.write(json.dumps(own) + "\n")
            left -= len(own["comments"])
            if left <= 0:
                return


def _pages(pages_dir: Path | None) -> Iterator[dict[str, Any]]:
    for path in sorted(pages_dir.glob("*.json")) if pages_dir else ():
        page = json.loads(path.read_text("utf-8"))
        rows = [{"author": row["author"], "text": row["text"]} for row in page["comments"]]
        yield {"title": page["title"], "article": page["article"], "comments": rows}
    for number in range(0 if pages_dir else 7):
        texts = islice(cycle(_MADE_UP.split("|")), 5 * number + 5)
        rows = [{"author": f"a{at % 9}", "text": text} for at, text in enumerate(texts)]
        article = "Eleven buses burned at the depot on Sunday night. Nobody was hurt."
        yield {"title": f"Fire {number}", "article": article, "comments": rows}
