"""Turns texts into sets of word pairs and short sketches of them, by which copies are found.

What a comment quotes in lines that begin with ">" is not its own text and is left out. Texts of
few words have no set: that two people say "It was the mayor." makes neither a copy.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain, count, pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from rensa import RMinHash

from app.domain.marks import without_piles
from app.mining.quotes import without_quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.uint64]

MIN_WORDS = 8
"""Words from which a text can be a copy: shorter ones are alike by chance."""

MAX_CHARACTERS = 20_000
"""What is looked at of a text: some 3,000 words, longer than people write and enough to tell."""

BANDS, ROWS = 12, 4
"""A text meets another where four places of their sketches agree in any of twelve bands: 96 % of
pairs that share 0.7 of their word pairs do, and 1 % of those that share 0.17 (1 - (1 - s^4)^12)."""

_PLACES_A_PAIR, _MOST_PLACES = 2, 21
"""With two to four places a pair, a fifth to two fifths of the pairs share theirs by chance; 2^21
places take 16 MB, enough for a million pairs: of more, fewer are known to stand alone."""

_SEED = 1
_ODD = np.uint64(0x9E3779B97F4A7C15)
"""2^64 by the golden ratio: multiplying by it sends neighbouring numbers far apart."""

_SPACELESS = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Thai, Lao, kana and Chinese, which part no words: each character counts as one."""

_WORD = re.compile(rf"[{_SPACELESS}]|(?:(?![{_SPACELESS}])\w)+")
_ASCII = bytes(
    ord(char.lower() if char.isalnum() or char == "_" else " ") for char in map(chr, range(128))
).ljust(256)
"""What each byte of ASCII is to a word: a character in lower case, or a space between words."""

_APOSTROPHES = str.maketrans("", "", "'’ʼ")


@dataclass(frozen=True, slots=True)
class Sketches:
    """The word pairs of texts, as numbers of 64 bits, one text after the other."""

    pairs: Numbers
    starts: NDArray[np.int64]

    def pairs_of(self, position: int) -> frozenset[int]:
        """Return the word pairs of one text; none where it is too short to be a copy."""
        start, end = self.starts[position], self.starts[position + 1]
        return frozenset(self.pairs[start:end].tolist())

    def as_bytes(self) -> list[bytes]:
        """Return the word pairs of each text in its order, as what can be a key and be sorted."""
        every = self.pairs.tobytes()
        ends = (self.starts * self.pairs.itemsize).tolist()
        return [every[start:end] for start, end in pairwise(ends)]

    def only(self, positions: NDArray[np.int64]) -> Sketches:
        """Return these texts alone, in this order."""
        sizes = np.diff(self.starts)[positions]
        starts = np.concatenate(([0], np.cumsum(sizes)))
        moved = np.repeat(self.starts[positions] - starts[:-1], sizes)
        return Sketches(self.pairs[np.arange(len(moved)) + moved], starts)

    def alone(self) -> NDArray[np.int64]:
        """Return how many word pairs of each text stand nowhere else, in it or in another.

        At least so many: pairs are counted by the last places of their numbers, which some share.
        """
        counted = 1 << min((_PLACES_A_PAIR * len(self.pairs)).bit_length(), _MOST_PLACES)
        places = (self.pairs & np.uint64(counted - 1)).astype(np.int64)
        once = np.bincount(places, minlength=counted)[places] == 1
        return np.diff(np.concatenate(([0], np.cumsum(once)))[self.starts])

    def rows(self) -> NDArray[np.uint32]:
        """Return the MinHash sketch of each text: [texts, BANDS * ROWS].

        Those of texts that are too short are all the same and mean nothing.

        Source: Broder, "On the resemblance and containment of documents" (1997).
        """
        if len(self.starts) == 1:
            return np.empty((0, BANDS * ROWS), np.uint32)
        matrix = RMinHash.digest_matrix_from_flat_token_hashes(
            self.pairs, self.starts.astype(np.uint64), num_perm=BANDS * ROWS, seed=_SEED
        )
        flat = np.fromiter(chain.from_iterable(matrix.to_rows()), np.uint32)
        return flat.reshape(-1, BANDS * ROWS)


def bands_of(rows: NDArray[np.uint32]) -> Numbers:
    """Return the bands of sketches, a number a band: [texts, BANDS]."""
    parted = rows.astype(np.uint64).reshape(-1, BANDS, ROWS)
    mixed = np.zeros(parted.shape[:2], np.uint64)
    for row in range(ROWS):
        mixed = _mix(mixed ^ parted[:, :, row])
    return mixed


def words_of(text: str) -> list[str]:
    """Return the words of a text in any case, width and form, without hidden characters."""
    own = text[:MAX_CHARACTERS]
    if ">" in own:
        own = without_quotes(own)
    if own.isascii():
        return own.encode().translate(_ASCII, delete=b"'").decode().split()
    plain = unicodedata.normalize("NFKC", without_piles(own)).translate(_APOSTROPHES).casefold()
    return _WORD.findall("".join(char for char in plain if unicodedata.category(char) != "Cf"))


def sketch(texts: Sequence[Sequence[str]]) -> Sketches:
    """Return the sketches of texts of which the words are given."""
    long = [words if len(words) >= MIN_WORDS else () for words in texts]
    sizes = np.array([len(words) for words in long], np.int64)
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    spoken = np.fromiter(
        map(numbers.__getitem__, chain.from_iterable(long)), np.int64, int(sizes.sum())
    )
    digests = b"".join(blake2b(word.encode(), digest_size=8).digest() for word in numbers)
    hashed = np.frombuffer(digests, ">u8").astype(np.uint64)[spoken]
    paired = _mix(hashed[:-1]) + hashed[1:]
    # The pair of a text's last word with the next text's first one is no pair of either.
    across = (np.cumsum(sizes) - 1)[sizes > 0][:-1]
    starts = np.concatenate(([0], np.cumsum(np.maximum(sizes - 1, 0))))
    return Sketches(np.delete(paired, across), starts)


def similarity(one: frozenset[int], other: frozenset[int]) -> float:
    """Return which share of all word pairs of two texts stands in both (Jaccard)."""
    if not one or not other:
        return 0.0
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


def _mix(numbers: Numbers) -> Numbers:
    """Return numbers that differ in all places where the given ones differ in any."""
    spread = numbers * _ODD
    return spread ^ (spread >> np.uint64(29))
