"""Finds the texts of a page that are copies of each other, or nearly.

Who may be a copy of whom is found by MinHash, and then compared in full, so that no two texts
count as copies because of a chance, or a contrived, agreement of hashes. Copies of copies belong
together: the groups do not depend on the order of the texts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from app.mining.groups import Groups
from app.mining.sketches import bands_of, similarity, sketch, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from app.mining.sketches import Numbers, Sketches

SAME_FROM = 0.7
"""Share of word pairs from which a text is a copy: one word changed in each thirteen leaves 0.73,
and people who write for themselves about the same thing share hardly a tenth."""

_KINDS_IN_A_BUCKET = 4
"""How many different texts of one bucket are kept to compare with: buckets hold what is alike, so
that the first few stand for all, and a page made to fill one bucket costs no more than others."""


def find_copies(texts: Sequence[str]) -> tuple[int, ...]:
    """Return for each text the position of the first text that it belongs with, or its own."""
    return group_copies([words_of(text) for text in texts])


def group_copies(texts: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Return the same for texts of which the words are given."""
    groups = Groups(len(texts))
    first: dict[bytes, int] = {}
    sketches = sketch(texts)
    said = sketches.as_bytes()
    for position in _may_be_copies(sketches):
        if (same := first.setdefault(said[position], position)) != position:
            groups.join(same, position)
    # By what they say, so that the page's order does not decide which of them are compared.
    distinct = np.array([first[each] for each in sorted(first)], np.int64)
    pairs_of = lru_cache(maxsize=None)(sketches.pairs_of)
    for bucket in _buckets(bands_of(sketches.only(distinct).rows()), distinct):
        _join_alike(bucket, pairs_of, groups)
    return groups.firsts()


def _may_be_copies(sketches: Sketches) -> list[int]:
    """Return the positions of texts that share enough of their word pairs with any others.

    Most share hardly any, and need no sketch. Pairs that a text repeats do no harm: the share of
    those that stand alone is only greater if each is counted once.
    """
    lengths = np.diff(sketches.starts)
    shared = sketches.alone() <= (1 - SAME_FROM) * lengths
    return np.flatnonzero(shared & (lengths > 0)).tolist()


def _buckets(bands: Numbers, positions: NDArray[np.int64]) -> Iterator[list[int]]:
    """Yield the positions that share a band, band by band."""
    for band in bands.T:
        order = np.argsort(band, kind="stable")
        ends = np.flatnonzero(np.diff(band[order])) + 1
        edges = np.concatenate(([0], ends, [len(order)]))
        for at in np.flatnonzero(np.diff(edges) > 1).tolist():
            yield positions[order[edges[at] : edges[at + 1]]].tolist()


def _join_alike(
    bucket: Sequence[int], pairs_of: Callable[[int], frozenset[int]], groups: Groups
) -> None:
    firsts = [groups.first(member) for member in bucket]
    known = firsts[0]
    kinds = [bucket[0]]
    # Of a bucket most are in one group already once an earlier band has joined them.
    for member in [each for each, first in zip(bucket, firsts, strict=True) if first != known]:
        for kind in kinds:
            if groups.first(kind) == groups.first(member):
                break
            if similarity(pairs_of(kind), pairs_of(member)) >= SAME_FROM:
                groups.join(kind, member)
                break
        else:
            if len(kinds) < _KINDS_IN_A_BUCKET:
                kinds.append(member)
