"""Remembers what a scorer said of each text, so that a page mined again asks only what is new.

What it is remembered by is all that the answer depends on (the model, the text, its context and
background, the target and where its actor is named), hashed. It so rests on the promise of
`StanceScorer` and `ArgumentReader` that answers do not depend on what is asked beside them.
"""

from __future__ import annotations

from array import array
from dataclasses import replace
from itertools import chain, groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from app.domain.argument import BEARINGS, UNIT_KINDS
from app.mining.memo import Memo, hash_of
from app.mining.scorer import reader_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.argument import UnitPair
    from app.domain.mined import ModelIdentity
    from app.domain.reading import ActorMention, Query, Reading, SentenceScore, TargetScore
    from app.mining.scorer import ArgumentReader, Scorer

AskedT = TypeVar("AskedT")


class RememberingScorer:
    """A scorer that asks the one inside only what `known` does not hold.

    `used` holds afterwards all that was asked for and nothing else, so that what only a removed
    comment needed is forgotten. `asked` counts the readings and texts that went to the scorer
    inside, whole or in part, and `wanted` all that were asked for.
    """

    def __init__(self, scorer: Scorer, known: Memo | None = None) -> None:
        self._scorer = scorer
        self._known = known or Memo()
        self.used = Memo()
        self.asked = 0
        self.wanted = 0

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is."""
        return self._scorer.identity

    @property
    def argument_reader(self) -> ArgumentReader | None:
        """What reads arguments, of which all is remembered that it says."""
        reader = reader_of(self._scorer)
        if reader is None:
            return None
        return _RememberingReader(reader, self.identity, self._known.shares, self.used.shares)

    def score(self, readings: Sequence[Reading]) -> list[tuple[TargetScore, ...]]:
        """Return one score a query of each reading; a reading is asked about what is new alone."""
        keys = [self._keys_of(reading) for reading in readings]
        missing: list[Reading] = []
        sought: list[list[bytes]] = []
        taken: set[bytes] = set()
        for reading, under in zip(readings, keys, strict=True):
            new = {
                key: query
                for key, query in zip(under, reading.queries, strict=True)
                if key not in taken and not self._recall(key)
            }
            if new:
                taken.update(new)
                queries = tuple(new.values())
                missing.append(replace(reading, queries=queries))
                sought.append(list(new))
        self._count(len(missing), len(readings))
        answers = self._scorer.score(missing) if missing else []
        for found, scores in zip(sought, answers, strict=True):
            self.used.scores.update(zip(found, scores, strict=True))
        return [tuple(self.used.scores[key] for key in under) for under in keys]

    def tag_actors(self, texts: Sequence[str]) -> list[tuple[ActorMention, ...]]:
        """Return the mentions of each text, in order."""
        keys = [self._key("names", text) for text in texts]
        missing: dict[bytes, str] = {}
        for key, text in zip(keys, texts, strict=True):
            if key in self._known.marks:
                self.used.marks[key] = self._known.marks[key]
            else:
                missing[key] = text
        self._count(len(missing), len(texts))
        tagged = self._scorer.tag_actors(list(missing.values())) if missing else []
        self.used.marks.update(zip(missing, tagged, strict=True))
        return [self.used.marks[key] for key in keys]

    def score_sentences(self, title: str | None, sentences: Sequence[str]) -> list[SentenceScore]:
        """Return one score a sentence, in the same order."""
        key = self._key("sentences", title, *sentences)
        found = self._known.sentences.get(key)
        self._count(found is None, 1)
        if found is None:
            found = tuple(self._scorer.score_sentences(title, sentences))
        self.used.sentences[key] = found
        return list(found)

    def _count(self, asked: int, wanted: int) -> None:
        self.asked += asked
        self.wanted += wanted

    def _recall(self, key: bytes) -> bool:
        if key not in self.used.scores:
            if key not in self._known.scores:
                return False
            self.used.scores[key] = self._known.scores[key]
        return True

    def _keys_of(self, reading: Reading) -> list[bytes]:
        read = self._key("reading", reading.text, reading.context, reading.background)
        return [_key_of(read, query) for query in reading.queries]

    def _key(self, *parts: str | None) -> bytes:
        return _key_for(self.identity, *parts)


class _RememberingReader:
    """A reader of arguments that asks the one inside only what `known` does not hold."""

    def __init__(
        self,
        reader: ArgumentReader,
        model: ModelIdentity,
        known: Mapping[bytes, array[float]],
        used: dict[bytes, array[float]],
    ) -> None:
        self._reader = reader
        self._model = model
        self._known = known
        self._used = used

    def score_clauses(self, texts: Sequence[Sequence[str]]) -> list[Sequence[Sequence[float]]]:
        """Return for each clause of each text the probabilities of `UNIT_KINDS`."""
        keys = [_key_for(self._model, "clauses", *clauses) for clauses in texts]
        missing = self._missing(keys, texts)
        told = self._reader.score_clauses(list(missing.values())) if missing else []
        for key, rows in zip(missing, told, strict=True):
            self._used[key] = array("d", chain.from_iterable(rows))
        return [_rows_of(self._used[key], len(UNIT_KINDS)) for key in keys]

    def score_pairs(self, pairs: Sequence[UnitPair]) -> Sequence[Sequence[float]]:
        """Return for each pair the probabilities of `BEARINGS`; a unit's are kept together."""
        units = [list(own) for _, own in groupby(pairs, key=attrgetter("source"))]
        keys = [_key_for(self._model, "pairs", *map(repr, own)) for own in units]
        missing = self._missing(keys, units)
        new = list(chain.from_iterable(missing.values()))
        told = iter(self._reader.score_pairs(new) if new else ())
        for key, own in missing.items():
            self._used[key] = array("d", chain.from_iterable(islice(told, len(own))))
        return [row for key in keys for row in _rows_of(self._used[key], len(BEARINGS))]

    def _missing(self, keys: Sequence[bytes], asked: Sequence[AskedT]) -> dict[bytes, AskedT]:
        self._used.update((key, self._known[key]) for key in keys if key in self._known)
        return {key: one for key, one in zip(keys, asked, strict=True) if key not in self._used}


def _rows_of(numbers: array[float], width: int) -> Sequence[Sequence[float]]:
    return [numbers[at : at + width].tolist() for at in range(0, len(numbers), width)]


def _key_for(model: ModelIdentity, *parts: str | None) -> bytes:
    return hash_of((model.name, model.revision, *parts))


def _key_of(read: bytes, query: Query) -> bytes:
    target = query.target
    places = (
        ",".join(f"{span.start}-{span.end}" for span in spans)
        for spans in (query.mentions, query.context_mentions, query.background_mentions)
    )
    return hash_of((target.kind, target.text, target.actor, *places), start=read)
