"""What a scorer said of each text, under the hash of all that it was asked, and packed as bytes.

The memo itself holds nobody's words.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from app.domain.page import Span
from app.domain.reading import ActorMention, SentenceScore, TargetScore
from app.domain.stance import LABELS, ROLES, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEY_BYTES = 16
"""Bytes of a key: short enough to keep one for each target of each comment, too long for anybody
to find two texts that share one."""

_FORM = 3
"""Counts up when the packed form changes: a memo of another form is forgotten, not misread."""

_HEADER = struct.Struct("<BIIII")
_SCORE = struct.Struct(f"<{KEY_BYTES}sBBB9d")
_MARKS = struct.Struct(f"<{KEY_BYTES}sI")
_MARK = struct.Struct("<IId")
_SENTENCE = struct.Struct("<dd")
_FLOAT_BYTES = array("d").itemsize
_PACKING_LEVEL = 1
"""zlib's quickest: keys and the last bits of numbers do not shrink anyhow."""


@dataclass(slots=True)
class Memo:
    """What a scorer said: of targets, of names in texts, and of an article's sentences.

    `shares` are the probabilities that a reader of arguments told of the clauses of a text, or of
    the pairs of a unit, row after row.
    """

    scores: dict[bytes, TargetScore] = field(default_factory=dict)
    marks: dict[bytes, tuple[ActorMention, ...]] = field(default_factory=dict)
    sentences: dict[bytes, tuple[SentenceScore, ...]] = field(default_factory=dict)
    shares: dict[bytes, array[float]] = field(default_factory=dict)

    def pack(self) -> bytes:
        """Return it as bytes, exact to the last bit of each number."""
        parts = [
            _HEADER.pack(
                _FORM, len(self.scores), len(self.marks), len(self.sentences), len(self.shares)
            )
        ]
        parts.extend(_pack_score(key, score) for key, score in self.scores.items())
        for key, marks in self.marks.items():
            parts.append(_MARKS.pack(key, len(marks)))
            parts.extend(
                _MARK.pack(mark.span.start, mark.span.end, mark.probability) for mark in marks
            )
        for key, sentences in self.sentences.items():
            parts.append(_MARKS.pack(key, len(sentences)))
            parts.extend(_SENTENCE.pack(each.account, each.event) for each in sentences)
        for key, numbers in self.shares.items():
            parts += (_MARKS.pack(key, len(numbers)), numbers.tobytes())
        return zlib.compress(b"".join(parts), _PACKING_LEVEL)


def unpack_memo(data: bytes | None) -> Memo:
    """Return what `pack` packed, or an empty memo where that was nothing or another form."""
    if data is None:
        return Memo()
    raw = zlib.decompress(data)
    if raw[0] != _FORM:
        return Memo()
    _, scores, marks, sentences, shares = _HEADER.unpack_from(raw)
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
    for _ in range(shares):
        key, count = _MARKS.unpack_from(raw, at)
        at += _MARKS.size
        memo.shares[key] = array("d", raw[at : at + count * _FLOAT_BYTES])
        at += count * _FLOAT_BYTES
    return memo


def hash_of(parts: Iterable[str | None], *, start: bytes = b"") -> bytes:
    """Return the hash of the parts, each with its length before it, None told from any text.

    `start` is a hash that goes before them.
    """
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
        score.certainty,
    )


def _unpack_score(raw: bytes, at: int) -> tuple[bytes, TargetScore]:
    key, label, certain, role, *numbers = _SCORE.unpack_from(raw, at)
    support, deny, query, comment, first, second, third, reported, certainty = numbers
    stance = Stance(LABELS[label], bool(certain), (support, deny, query, comment))
    return key, TargetScore(stance, ROLES[role], (first, second, third), reported, certainty)


def _unpack_marks(raw: bytes, at: int, count: int) -> Iterator[ActorMention]:
    for start, end, probability in _MARK.iter_unpack(raw[at : at + count * _MARK.size]):
        yield ActorMention(Span(start, end), probability)
