"""What mining asks of a model, as Protocols; any object with these methods will do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.argument import UnitPair
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


class ArgumentReader(Protocol):
    """Says what clauses are in an argument, and how units bear on each other."""

    def score_clauses(self, texts: Sequence[Sequence[str]]) -> list[Sequence[Sequence[float]]]:
        """Return for each clause of each text the probabilities of `UNIT_KINDS`."""
        ...

    def score_pairs(self, pairs: Sequence[UnitPair]) -> Sequence[Sequence[float]]:
        """Return for each pair the probabilities of `BEARINGS`, whatever else is asked."""
        ...


@runtime_checkable
class Arguing(Protocol):
    """A scorer that may read arguments too."""

    @property
    def argument_reader(self) -> ArgumentReader | None:
        """What reads them; null where the model has no heads for it."""
        ...


def reader_of(scorer: StanceScorer) -> ArgumentReader | None:
    """Return what reads arguments beside a scorer, if anything does."""
    return scorer.argument_reader if isinstance(scorer, Arguing) else None
