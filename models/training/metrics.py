"""Figures from true and found answers: plain numbers in, plain numbers out, nothing of a model.

Labels are places in `LABELS`. Every figure of nothing at all is 0.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from app.domain.stance import LABELS, Label

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

COMMENT = LABELS.index(Label.COMMENT)

BINS = 15
"""Bins of a reliability table, as in Guo et al. 2017."""

DRAWS = 1000
"""Resamples of a bootstrap: the 2.5 % point then stands on 25 of them."""

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def f1(right: float, given: float, true: float) -> float:
    """Return the F1 of `right` answers among `given` ones where `true` ones were to be given."""
    return 2 * right / (given + true) if given + true else 0.0


def f1_by_label(gold: Ints, found: Ints, labels: Sequence[int]) -> list[float]:
    """Return the F1 of each label; a label that neither side has counts as 0."""
    return [
        f1(
            int(((gold == label) & (found == label)).sum()),
            int((found == label).sum()),
            int((gold == label).sum()),
        )
        for label in labels
    ]


def macro_f1(gold: Ints, found: Ints, labels: Sequence[int]) -> float:
    """Return the mean F1 of the labels."""
    return float(np.mean(f1_by_label(gold, found, labels)))


def accuracy(gold: Ints, found: Ints) -> float:
    """Return the share of right answers."""
    return float((gold == found).mean()) if len(gold) else 0.0


def attribution_f1(gold: Ints, found: Ints) -> float:
    """Return the F1 of support, deny and query rows pooled: right means the same label."""
    right = int(((gold == found) & (gold != COMMENT)).sum())
    return f1(right, int((found != COMMENT).sum()), int((gold != COMMENT).sum()))


@dataclass(frozen=True, slots=True)
class Bin:
    """One row of a reliability table: how sure, how often right, and how many answers."""

    sure: float
    right: float
    many: int


def reliability(sure: Floats, right: npt.NDArray[np.bool_], bins: int = BINS) -> list[Bin]:
    """Return the table of answers by how sure they are, in equally wide bins; empty bins left out.

    `sure` [N] are the probabilities given to the answers, `right` [N] whether they hold.
    """
    places = np.clip(np.ceil(sure * bins).astype(int) - 1, 0, bins - 1)
    return [
        Bin(float(sure[own].mean()), float(right[own].mean()), int(own.sum()))
        for place in range(bins)
        if (own := places == place).any()
    ]


def calibration_error(sure: Floats, right: npt.NDArray[np.bool_], bins: int = BINS) -> float:
    """Return the expected calibration error: the mean distance of sure from right, by answers.

    Source: Guo et al. 2017, "On calibration of modern neural networks", eq. 3.
    """
    table = reliability(sure, right, bins)
    total = sum(own.many for own in table)
    return sum(own.many * abs(own.sure - own.right) for own in table) / total if total else 0.0


def chance_error(sure: Floats, bins: int = BINS, *, draws: int = 200, seed: int = 0) -> float:
    """Return the calibration error of answers that are right just as often as they say they are.

    It is above 0 where there are few, as no bin then has exactly its share: the floor of what
    `calibration_error` says of as many answers that are as sure.
    Source: Bröcker and Smith 2007, "Increasing the reliability of reliability diagrams".
    """
    chance = np.random.default_rng(seed)
    drawn = chance.random((draws, len(sure))) < sure
    return float(np.mean([calibration_error(sure, right, bins) for right in drawn]))


class Interval(NamedTuple):
    """The 2.5 % and 97.5 % points of a figure under resampling."""

    low: float
    high: float


def bootstrap(
    groups: Sequence[Hashable],
    figure: Callable[[Ints], float],
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> Interval:
    """Return the interval of a figure when whole groups (pages, threads) are drawn anew.

    `figure` takes the rows that were drawn, some of them several times.
    """
    rows: dict[Hashable, list[int]] = {}
    for row, group in enumerate(groups):
        rows.setdefault(group, []).append(row)
    parts = [np.asarray(own, np.int64) for own in rows.values()]
    if not parts:
        return Interval(0.0, 0.0)
    chance = np.random.default_rng(seed)
    values = [
        figure(np.concatenate([parts[own] for own in chance.integers(len(parts), size=len(parts))]))
        for _ in range(draws)
    ]
    low, high = np.quantile(values, [0.025, 0.975])
    return Interval(float(low), float(high))


Entity = tuple[str, ...]
"""The mentions of one entity, as strings."""


class Matched(NamedTuple):
    """How many entities of a document were found, given and true."""

    right: int
    given: int
    true: int


def normalized(mention: str) -> str:
    """Return a mention in lower case without punctuation, articles and doubled spaces."""
    bare = mention.lower().translate(_PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", bare).split())


def matched_entities(gold: Sequence[Entity], found: Sequence[Entity]) -> Matched:
    """Return how a document's found entities match its true ones, each at most once (CEAF-REE).

    A found entity fits a true one where all its mentions are among the true one's; of all
    assignments the best counts. Pool the counts over documents and take their F1.
    Source: Du, Rush and Cardie 2021, "GRIT", section 4.2 and its released scorer (phi strict).
    """
    truth = [frozenset(map(normalized, own)) for own in gold]
    given = [frozenset(map(normalized, own)) for own in found]
    fits = [[place for place, own in enumerate(truth) if entity <= own] for entity in given]
    owner: dict[int, int] = {}

    def place_entity(entity: int, tried: set[int]) -> bool:
        for place in fits[entity]:
            if place in tried:
                continue
            tried.add(place)
            if place not in owner or place_entity(owner[place], tried):
                owner[place] = entity
                return True
        return False

    right = sum(place_entity(entity, set()) for entity in range(len(given)))
    return Matched(right, len(given), len(truth))


NameSpan = tuple[int, int, str]
"""First word, word behind the last, kind."""


def names_of_tags(tags: Sequence[str]) -> list[NameSpan]:
    """Return the names that a sentence's tags (B-kind, I-kind, O) mark, as conlleval reads them.

    An "I" that goes on nothing of its kind begins a name.
    """
    names: list[NameSpan] = []
    start, kind = 0, ""
    for place, tag in enumerate([*tags, "O"]):
        head, _, own = tag.partition("-")
        goes_on = head == "I" and own == kind
        if kind and not goes_on:
            names.append((start, place, kind))
            kind = ""
        if head in {"B", "I"} and not goes_on:
            start, kind = place, own
    return names


def matched_names(gold: Sequence[str], found: Sequence[str]) -> Matched:
    """Return how many names of a sentence are found with exactly their words and their kind."""
    true, given = Counter(names_of_tags(gold)), Counter(names_of_tags(found))
    return Matched((true & given).total(), given.total(), true.total())


def f1_of_counts(counts: Ints) -> float:
    """Return the F1 of `Matched` counts [N, 3], pooled."""
    right, given, true = counts.sum(0).tolist() if len(counts) else (0, 0, 0)
    return f1(right, given, true)
