"""Figures of units and relations on held-out threads, each beside its floor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.domain.argument import BEARINGS, UNIT_KINDS, Bearing, UnitKind
from app.mining.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    import numpy.typing as npt

    from app.domain.page import Span
    from models.training.units.pairs import AskedThread
    from models.training.units.threads import Post

    Shares = npt.NDArray[np.float64]
    Ends = tuple[tuple[str, int], tuple[str, int]]

_WORD = re.compile(r"\w+")
_SAME = 0.5
"""Share of two spans' joint length from which they are one unit, as is usual for argument units."""


def macro_f1(gold: Sequence[object], told: Sequence[object], kinds: Iterable[object]) -> float:
    """Return the mean F1 of the kinds."""
    found = []
    for kind in kinds:
        right = sum(one is kind and other is kind for one, other in zip(gold, told, strict=True))
        either = sum(one is kind for one in gold) + sum(one is kind for one in told)
        found.append(2 * right / either if either else 0.0)
    return sum(found) / len(found)


def measure_units(posts: Sequence[Post], told: Sequence[Sequence[UnitKind]]) -> dict[str, float]:
    """Return word-wise macro-F1 and the F1 of whole units, ours and the floors'."""
    ours = [
        list(zip(post.clauses, kinds, strict=True)) for post, kinds in zip(posts, told, strict=True)
    ]
    sentences = [[(one, UnitKind.CLAIM) for one in split_sentences(post.text)] for post in posts]
    most = [[(one, UnitKind.PREMISE) for one, _ in own] for own in ours]
    figures = {}
    for name, cut in (("", ours), (" (each sentence a claim)", sentences), (" (majority)", most)):
        figures[f"units, words, macro-F1{name}"] = _by_words(posts, cut)
        figures[f"units, whole, F1{name}"] = _by_units(posts, cut)
    return figures


def measure_relations(
    asked: Sequence[AskedThread], shares: Sequence[Shares], chosen: Sequence[dict[Ends, Bearing]]
) -> dict[str, float]:
    """Return how many links are found, and how well support is told from attack on gold pairs."""
    floor = [_previous(one) for one in asked]
    wanted = [set(one.relations) for one in asked]
    sides = (Bearing.SUPPORTS, Bearing.ATTACKS)
    gold: list[Bearing] = []
    ours: list[Bearing] = []
    others: list[Bearing] = []
    for one, own in zip(asked, shares, strict=True):
        for candidate, bearing, row in zip(one.candidates, one.bearings, own, strict=True):
            if bearing in sides:
                gold.append(bearing)
                ours.append(sides[int(row[1] > row[0])])
                same = one.authors[candidate.source[0]] == one.authors[candidate.target[0]]
                others.append(sides[int(not same)])
    reached = sum(len(set(own) & set(_ends(one))) for own, one in zip(wanted, asked, strict=True))
    return {
        "links, F1": _f1(wanted, [set(own) for own in chosen]),
        "links, F1 (previous unit or comment)": _f1(wanted, floor),
        "links, share among the candidates": reached / max(1, sum(map(len, wanted))),
        "support/attack on related pairs, macro-F1": macro_f1(gold, ours, sides),
        "support/attack on related pairs, macro-F1 (another author attacks)": macro_f1(
            gold, others, sides
        ),
    }


def kinds_of(shares: npt.NDArray[np.floating]) -> list[UnitKind]:
    """Return the likeliest kind of each clause."""
    return [UNIT_KINDS[place] for place in shares.argmax(1)] if len(shares) else []


def bearings_of(shares: npt.NDArray[np.floating]) -> list[Bearing]:
    """Return the likeliest bearing of each pair."""
    return [BEARINGS[place] for place in shares.argmax(1)] if len(shares) else []


def _ends(one: AskedThread) -> list[Ends]:
    return [(each.source, each.target) for each in one.candidates]


def _previous(one: AskedThread) -> set[Ends]:
    """Return each unit tied to the one before it, the first to the first of what is answered."""
    firsts: dict[str, Ends] = {}
    found = set()
    for source, target in _ends(one):
        if source[0] == target[0] and source[1] == target[1] + 1:
            found.add((source, target))
        elif source[0] != target[0] and source[1] == 0:
            firsts.setdefault(source[0], (source, target))
    return found | set(firsts.values())


def _f1(wanted: Sequence[set[Ends]], told: Sequence[set[Ends]]) -> float:
    right = sum(len(one & other) for one, other in zip(wanted, told, strict=True))
    return 2 * right / max(1, sum(map(len, wanted)) + sum(map(len, told)))


def _by_words(posts: Sequence[Post], cut: Sequence[Sequence[tuple[Span, UnitKind]]]) -> float:
    gold: list[UnitKind] = []
    told: list[UnitKind] = []
    for post, spans in zip(posts, cut, strict=True):
        true = [(unit.start, unit.end, unit.kind) for unit in post.gold]
        ours = [(span.start, span.end, kind) for span, kind in spans]
        for word in _WORD.finditer(post.text):
            gold.append(_kind_at(word.start(), true))
            told.append(_kind_at(word.start(), ours))
    return macro_f1(gold, told, UNIT_KINDS)


def _kind_at(place: int, spans: Iterable[tuple[int, int, UnitKind]]) -> UnitKind:
    return next((kind for start, end, kind in spans if start <= place < end), UnitKind.NONE)


def _by_units(posts: Sequence[Post], cut: Sequence[Sequence[tuple[Span, UnitKind]]]) -> float:
    right = wanted = told = 0
    for post, spans in zip(posts, cut, strict=True):
        left = [(span, kind) for span, kind in spans if kind is not UnitKind.NONE]
        wanted, told = wanted + len(post.gold), told + len(left)
        for unit in post.gold:
            for span, kind in left:
                shared = min(span.end, unit.end) - max(span.start, unit.start)
                joint = max(span.end, unit.end) - min(span.start, unit.start)
                if kind is unit.kind and shared >= _SAME * joint:
                    right += 1
                    left.remove((span, kind))
                    break
    return 2 * right / max(1, wanted + told)
