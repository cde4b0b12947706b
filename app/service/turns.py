"""Shares one scorer among threads: one call at a time, in order of arrival, in short turns.

A page of thousands of comments so keeps nobody waiting longer than a turn takes, and whoever
waits for that page can be told between turns how far it has come.
"""

from __future__ import annotations

from collections import deque
from threading import Condition
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.domain.mined import ModelIdentity
    from app.domain.reading import ActorMention, Reading, SentenceScore, TargetScore
    from app.mining.scorer import Scorer

ItemT = TypeVar("ItemT")

TURN_TEXTS = 64
"""Texts a turn: enough to fill batches of texts of like length, about a second of two cores."""

TURN_CHARS = 64_000
"""Characters after which a turn ends early; one longer text still has a turn of its own."""


class Turns:
    """A lock that is handed on in the order in which threads asked for it."""

    def __init__(self) -> None:
        self._line: deque[object] = deque()
        self._changed = Condition()

    def __enter__(self) -> None:
        mine = object()
        with self._changed:
            self._line.append(mine)
            try:
                self._changed.wait_for(lambda: self._line[0] is mine)
            except BaseException:  # an interrupt: leave the line, or nobody behind ever moves
                self._line.remove(mine)
                self._changed.notify_all()
                raise

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._line.popleft()
            self._changed.notify_all()


class SharedScorer:
    """A scorer that any number of threads may use; it answers what the scorer inside answers.

    `on_scored` is called between turns with the number of readings just scored; whatever it
    raises ends the call.
    """

    def __init__(
        self,
        scorer: Scorer,
        *,
        turns: Turns | None = None,
        on_scored: Callable[[int], None] | None = None,
    ) -> None:
        self._scorer = scorer
        self._turns = turns or Turns()
        self._on_scored = on_scored

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is."""
        return self._scorer.identity

    def watched(self, on_scored: Callable[[int], None]) -> SharedScorer:
        """Return the same scorer in the same line, telling `on_scored` after each turn."""
        return SharedScorer(self._scorer, turns=self._turns, on_scored=on_scored)

    def score(self, readings: Sequence[Reading]) -> list[tuple[TargetScore, ...]]:
        """Return one score a query of each reading, in the same order."""
        scores: list[tuple[TargetScore, ...]] = []
        for turn in _cut(readings, lambda reading: len(reading.text)):
            with self._turns:
                scores.extend(self._scorer.score(turn))
            if self._on_scored is not None:
                self._on_scored(len(turn))
        return scores

    def tag_actors(self, texts: Sequence[str]) -> list[tuple[ActorMention, ...]]:
        """Return the mentions of each text, in order."""
        tagged: list[tuple[ActorMention, ...]] = []
        for turn in _cut(texts, len):
            with self._turns:
                tagged.extend(self._scorer.tag_actors(turn))
            if self._on_scored is not None:
                self._on_scored(0)
        return tagged

    def score_sentences(self, title: str | None, sentences: Sequence[str]) -> list[SentenceScore]:
        """Return one score a sentence, in the same order, in one turn: an article is one text."""
        with self._turns:
            return self._scorer.score_sentences(title, sentences)


def _cut(items: Sequence[ItemT], size: Callable[[ItemT], int]) -> Iterator[Sequence[ItemT]]:
    start, chars = 0, 0
    for position, item in enumerate(items):
        full = position - start >= TURN_TEXTS or chars + size(item) > TURN_CHARS
        if full and position > start:
            yield items[start:position]
            start, chars = position, 0
        chars += size(item)
    if start < len(items):
        yield items[start:]
