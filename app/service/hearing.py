"""Listens in on the model: what it said of one text, beside what mining makes of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.mined import ModelIdentity
    from app.domain.reading import ActorMention, Reading, SentenceScore, TargetScore
    from app.domain.stance import TargetKind
    from app.service.shared import SharedScorer


class Hearing:
    """The scorer, and what it said of one text read as a whole."""

    def __init__(self, scorer: SharedScorer, text: str) -> None:
        self._scorer = scorer
        self._text = text
        self.scores: tuple[tuple[TargetKind, TargetScore], ...] = ()

    @property
    def identity(self) -> ModelIdentity:
        """Which model answers."""
        return self._scorer.identity

    def score(self, readings: Sequence[Reading]) -> list[tuple[TargetScore, ...]]:
        """Return the scores, and keep those of the text."""
        answers = self._scorer.score(readings)
        for reading, scores in zip(readings, answers, strict=True):
            # A parent that says the very same is read before it; sentences alone are shorter.
            if reading.text == self._text:
                kinds = (query.target.kind for query in reading.queries)
                self.scores = tuple(zip(kinds, scores, strict=True))
        return answers

    def tag_actors(self, texts: Sequence[str]) -> list[tuple[ActorMention, ...]]:
        """Return who is named in each text."""
        return self._scorer.tag_actors(texts)

    def score_sentences(self, title: str | None, sentences: Sequence[str]) -> list[SentenceScore]:
        """Return how well each sentence tells the account and the event."""
        return self._scorer.score_sentences(title, sentences)
