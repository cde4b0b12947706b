"""A scorer that any number of threads use at once, each for a piece of work of its own.

A scorer that can takes a turn for every batch. Calls of many texts are cut into parts here, so
that whoever waits for a long page can be told between them how far it has come; where the scorer
takes no turns, each part takes one.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from copy import copy
from typing import TYPE_CHECKING, TypeVar

from app.mining.scorer import reader_of
from app.service.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from app.domain.argument import UnitPair
    from app.domain.mined import ModelIdentity
    from app.domain.reading import ActorMention, Reading, SentenceScore, TargetScore
    from app.mining.scorer import ArgumentReader, Scorer
    from app.service.turns import Turns

ItemT = TypeVar("ItemT")

PART_TEXTS = 64
"""Texts a part: enough to fill batches of texts of like length, about a second of two cores."""

PART_CHARS = 64_000
"""Characters after which a part ends early; one longer text still has a part of its own."""

PART_PAIRS = 1024
"""Pairs of units a part: their clauses are those of some sixty texts."""


class SharedScorer:
    """A scorer that any number of threads may use; it answers what the scorer inside answers.

    `takes_turns` says that the scorer inside takes one of `turns` for each of its batches. Each
    call is a piece of work, but for what `working` returns.
    """

    def __init__(self, scorer: Scorer, turns: Turns, *, takes_turns: bool = False) -> None:
        self._scorer = scorer
        self._turns = turns
        self._for_a_part: AbstractContextManager[None] = nullcontext() if takes_turns else turns
        self._work: Work | None = None

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is."""
        return self._scorer.identity

    @property
    def argument_reader(self) -> ArgumentReader | None:
        """What reads arguments beside the scorer inside, in turns as well."""
        reader = reader_of(self._scorer)
        return None if reader is None else _SharedReader(reader, self._turns_for_this)

    def working(self, work: Work) -> SharedScorer:
        """Return the same scorer, all calls of which are that work."""
        other = copy(self)
        other._work = work  # noqa: SLF001 - its own kind
        return other

    def score(self, readings: Sequence[Reading]) -> list[tuple[TargetScore, ...]]:
        """Return one score a query of each reading, in the same order."""
        scores: list[tuple[TargetScore, ...]] = []
        for part in _cut(readings, lambda reading: len(reading.text)):
            with self._turns_for_this():
                scores.extend(self._scorer.score(part))
            self._tell(len(part))
        return scores

    def tag_actors(self, texts: Sequence[str]) -> list[tuple[ActorMention, ...]]:
        """Return the mentions of each text, in order."""
        tagged: list[tuple[ActorMention, ...]] = []
        for part in _cut(texts, len):
            with self._turns_for_this():
                tagged.extend(self._scorer.tag_actors(part))
            self._tell(0)
        return tagged

    def score_sentences(self, title: str | None, sentences: Sequence[str]) -> list[SentenceScore]:
        """Return one score a sentence, in the same order."""
        with self._turns_for_this():
            return self._scorer.score_sentences(title, sentences)

    @contextmanager
    def _turns_for_this(self) -> Iterator[None]:
        with self._turns.working_on(self._work or Work()), self._for_a_part:
            yield

    def _tell(self, scored: int) -> None:
        if self._work is not None and self._work.on_scored is not None:
            self._work.on_scored(scored)


class _SharedReader:
    """A reader of arguments that takes a turn for each part of what it is asked."""

    def __init__(
        self, reader: ArgumentReader, turn: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._reader = reader
        self._turn = turn

    def score_clauses(self, texts: Sequence[Sequence[str]]) -> list[Sequence[Sequence[float]]]:
        """Return for each clause of each text the probabilities of its kinds."""
        scores: list[Sequence[Sequence[float]]] = []
        for part in _cut(texts, lambda clauses: sum(map(len, clauses))):
            with self._turn():
                scores.extend(self._reader.score_clauses(part))
        return scores

    def score_pairs(self, pairs: Sequence[UnitPair]) -> Sequence[Sequence[float]]:
        """Return for each pair the probabilities of its bearings."""
        scores: list[Sequence[float]] = []
        for at in range(0, len(pairs), PART_PAIRS):
            with self._turn():
                scores.extend(self._reader.score_pairs(pairs[at : at + PART_PAIRS]))
        return scores


def _cut(items: Sequence[ItemT], size: Callable[[ItemT], int]) -> Iterator[Sequence[ItemT]]:
    start, chars = 0, 0
    for position, item in enumerate(items):
        full = position - start >= PART_TEXTS or chars + size(item) > PART_CHARS
        if full and position > start:
            yield items[start:position]
            start, chars = position, 0
        chars += size(item)
    if start < len(items):
        yield items[start:]
