"""What mining asks of a model, as Protocols; any object with these methods will do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.mined import ModelIdentity
    from app.domain.reading import ActorMention, Reading, SentenceScore, TargetScore


class StanceScorer(Protocol):
    """Reads each text once and says how it stands to each of its targets."""

    def score(self, readings: Sequence[Reading]) -> list[tuple[TargetScore, ...]]:
        """Return one score a query of each reading, in the same order.

        Scores do not depend on which other targets or readings are asked beside them.
        """
        ...


class ActorTagger(Protocol):
    """Marks the places where a text names somebody who may be weighed as responsible."""

    def tag_actors(self, texts: Sequence[str]) -> list[tuple[ActorMention, ...]]:
        """Return the mentions of each text, in order, none overlapping another."""
        ...


class ArticleReader(Protocol):
    """Says which sentence of an article tells its account, and which its event."""

    def score_sentences(self, title: str | None, sentences: Sequence[str]) -> list[SentenceScore]:
        """Return one score a sentence, in the same order."""
        ...


class Scorer(StanceScorer, ActorTagger, ArticleReader, Protocol):
    """Everything that mining asks of a model."""

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is."""
        ...
