"""Remembers what a scorer said of each text, so that a page mined again asks only what is new.

What it is remembered by is all that the answer depends on (the model, the text, its context and
background, the target and where its actor is named), hashed: the memo itself holds nobody's
words. It so rests on the promise of `StanceScorer` that scores do not depend on what is asked
beside them.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from app.domain.page import Span
from app.domain.reading import ActorMention, SentenceScore, TargetScore
from app.domain.stance import LABELS, ROLES, Stance
from app.mining.scorer import reader_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.domain.mined import ModelIdentity
    from app.domain.reading import Query, Reading
    from app.mining.scorer import ArgumentReader, Scorer

KEY_BYTES = 16
"""Bytes of a key: short enough to keep one for each target of each comment, too long for anybody
to find two texts that share one."""

_FORM = 1
"""Counts up when the packed form changes: a memo of another form is forgotten, not misread."""

_HEADER = struct.Struct("<BIII")
_SCORE = struct.Struct(f"<{KEY_BYTES}sBBB8d")
_MARKS = struct.Struct(f"<{KEY_BYTES}sI")
_MARK = struct.Struct("<IId")
_SENTENCE = struct.Struct("<dd")
_PACKING_LEVEL = 1
"""zlib's quickest: keys and the last bits of numbers do not shrink anyhow."""


@dataclass(slots=True)
class Memo:
    """What a scorer said: of targets, of names in texts, and of an article's sentences."""

    scores: dict[bytes, TargetScore] = field(default_factory=dict)
    marks: dict[bytes, tuple[ActorMention, ...]] = field(default_factory=dict)
    sentences: dict[bytes, tuple[SentenceScore, ...]] = field(default_factory=dict)

    def pack(self) -> bytes:
        """Return it as bytes, exact to the last bit of each number."""
        parts = [_HEADER.pack(_FORM, len(self.scores), len(self.marks), len(self.sentences))]
        parts.extend(_pack_score(key, score) for key, score in self.scores.items())
        for key, marks in self.marks.items():
            parts.append(_MARKS.pack(key, len(marks)))
            parts.extend(
                _MARK.pack(mark.span.start, mark.span.end, mark.probability) for mark in marks
            )
        for key, sentences in self.sentences.items():
            parts.append(_MARKS.pack(key, len(sentences)))
            parts.extend(_SENTENCE.pack(each.account, each.event) for each in sentences)
        return zlib.compress(b"".join(parts), _PACKING_LEVEL)


def unpack_memo(data: bytes | None) -> Memo:
    """Return what `pack` packed, or an empty memo where that was nothing or another form."""
    if data is None:
        return Memo()
    raw = zlib.decompress(data)
    if raw[0] != _FORM:
        return Memo()
    _, scores, marks, sentences = _HEADER.unpack_from(raw)
    memo = Memo()
    at = _HEADER.size
    for _ in range(scores):
        key, score = _unpack_score(raw, at)
        memo.scores[key] = score
        at += _SCORE.size
    for _ in range(marks):
        key, count = _MARKS.unpack_from(raw, at)
        at += _MARKS.size
        memo.marks[key] = tuple(_unpack_marks(raw, at, count))
        at += count * _MARK.size
    for _ in range(sentences):
        key, count = _MARKS.unpack_from(raw, at)
        at += _MARKS.size
        held = raw[at : at + count * _SENTENCE.size]
        memo.sentences[key] = tuple(
            SentenceScore(account, event) for account, event in _SENTENCE.iter_unpack(held)
        )
        at += len(held)
    return memo


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
        """What reads arguments, of which nothing is remembered: a clause costs little."""
        return reader_of(self._scorer)

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
        model = self.identity
        return _hash_of((model.name, model.revision, *parts))


def _key_of(read: bytes, query: Query) -> bytes:
    target = query.target
    places = (
        ",".join(f"{span.start}-{span.end}" for span in spans)
        for spans in (query.mentions, query.context_mentions, query.background_mentions)
    )
    return _hash_of((target.kind, target.text, target.actor, *places), start=read)


def _hash_of(parts: Iterable[str | None], *, start: bytes = b"") -> bytes:
    """Return the hash of the parts, each with its length before it, None told from any text."""
    hashed = blake2b(start, digest_size=KEY_BYTES)
    for part in parts:
        encoded = None if part is None else part.encode("utf-8", "surrogatepass")
        length = -1 if encoded is None else len(encoded)
        hashed.update(length.to_bytes(8, "little", signed=True))
        hashed.update(encoded or b"")
    return hashed.digest()


def _pack_score(key: bytes, score: TargetScore) -> bytes:
    stance = score.stance
    return _SCORE.pack(
        key,
        LABELS.index(stance.label),
        stance.certain,
        ROLES.index(score.role),
        *stance.probabilities,
        *score.role_probabilities,
        score.reported,
    )


def _unpack_score(raw: bytes, at: int) -> tuple[bytes, TargetScore]:
    key, label, certain, role, *numbers = _SCORE.unpack_from(raw, at)
    support, deny, query, comment, first, second, third, reported = numbers
    stance = Stance(LABELS[label], bool(certain), (support, deny, query, comment))
    return key, TargetScore(stance, ROLES[role], (first, second, third), reported)


def _unpack_marks(raw: bytes, at: int, count: int) -> Iterator[ActorMention]:
    for start, end, probability in _MARK.iter_unpack(raw[at : at + count * _MARK.size]):
        yield ActorMention(Span(start, end), probability)
