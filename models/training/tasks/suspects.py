"""What speaks for blaming an organisation of a report, beside the network: a linear reading.

How often keys blame it where it is named, where and how often it stands in the report, and the
words beside it and in the whole report, for the usual suspects each by itself too; weights by
penalised logistic regression on reports whose keys are known. News of one war names the same few
organisations, so this alone is a strong baseline, and the network's odds are added to it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

from app.domain.naming import NameFinder
from models.training.metrics import normalized

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from app.domain.page import Span
    from models.training.formats.muc4 import Report
    from models.training.metrics import Floats

MOST_MENTIONS = 12
"""Mentions of one organisation that are looked at: later ones repeat the earlier."""

NEAR_CHARS, NEAR_WORDS, NEXT_WORDS, PAIRED_WORDS = 120, 8, 2, 4
"""How far the words beside a mention reach; the next ones count apart, the nearest as pairs too."""

LEAST_REPORTS = 5
"""Organisations beside which a word must stand before it has a weight."""

PENALTY = 1e-2
"""Of each squared weight of a word. In cross-validation over the training reports CEAF-REE F1 was
.383 with 1e-3, without pairs and the sentence's words, and .434 with these; 5e-3 and 2e-2 were no
better."""

OFTEN_NAMED = 80
"""Reports that name an organisation whose own weights the words of a report get beside those that
they have for all: what is El Salvador's war to one is Colombia's to another. In cross-validation
over the training reports CEAF-REE F1 is .421 without, in each of three cuts, and .452 with (.438 to
.463); from 50 reports on it was no better."""

SMOOTHED = 2.0
"""Reports that the rate of an organisation starts from, blamed as often as any."""

LEAD_CHARS = 300
"""The first sentences of a report tell the event."""

_WORD = re.compile(r"[a-z]+")
_SENTENCE_END = re.compile(r"\.\s+")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A fitted reading: call `log_odds` with reports that it need not know."""

    names: Mapping[str, tuple[str, ...]]
    named: Mapping[str, int]
    blamed: Mapping[str, int]
    words: Mapping[str, int]
    weights: Floats
    bias: float

    def log_odds(self, report: Report) -> dict[str, float]:
        """Return the log odds that each listed organisation of the report is to blame."""
        rows = list(_rows_of(report, NameFinder(self.names), self.named, self.blamed, own=None))
        return {
            key: float(_vector(numbers, words, self.words) @ self.weights + self.bias)
            for key, numbers, words in rows
        }

    @property
    def unlisted(self) -> float:
        """The log odds of an organisation that no key names."""
        return _log_odds(sum(self.blamed.values()), sum(self.named.values()))


def fit_suspicion(reports: Sequence[Report], names: Mapping[str, tuple[str, ...]]) -> Suspicion:
    """Fit the weights on reports with keys; an organisation's own report never tells its rate."""
    finder = NameFinder(names)
    named: Counter[str] = Counter()
    blamed: Counter[str] = Counter()
    truths = []
    for report in reports:
        truth = {key: is_blamed(report, names[key]) for key in finder.find(report.text)}
        named.update(truth.keys())
        blamed.update(key for key, own in truth.items() if own)
        truths.append(truth)
    rows, gold = [], []
    for report, truth in zip(reports, truths, strict=True):
        for key, numbers, words in _rows_of(report, finder, named, blamed, own=truth):
            rows.append((numbers, words))
            gold.append(truth[key])
    many = Counter(word for _, words in rows for word in words)
    known = {
        word: place
        for place, word in enumerate(own for own, count in many.items() if count >= LEAST_REPORTS)
    }
    table = np.stack([_vector(numbers, words, known) for numbers, words in rows])
    weights, bias = fit_logistic(table, np.asarray(gold), penalised_from=_NUMBERS)
    return Suspicion(names, named, blamed, known, weights, bias)


def is_blamed(report: Report, names: Sequence[str]) -> bool:
    """Return whether a report's key blames an organisation under any of its names.

    Names are the same where the metric takes them for the same: keys are in lower case, and what a
    network marks is as the report has it.
    """
    keys = {normalized(name) for entity in report.organisations for name in entity}
    return any(normalized(name) in keys for name in names)


def fit_logistic(
    table: Floats | npt.NDArray[np.float32],
    gold: np.ndarray,
    *,
    penalised_from: int = 0,
    penalty: float = PENALTY,
) -> tuple[Floats, float]:
    """Return the weights and the bias of a logistic regression of `gold` [N] on `table` [N, F]."""
    rows = torch.from_numpy(table.astype(np.float32, copy=False))
    truth = torch.from_numpy(gold.astype(np.float32))
    weights = torch.zeros(rows.shape[1], requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    free = torch.ones(rows.shape[1])
    free[:penalised_from] = 0.01
    optimizer = torch.optim.LBFGS([weights, bias], max_iter=100)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = functional.binary_cross_entropy_with_logits(rows @ weights + bias, truth)
        loss = loss + penalty * (free * weights.square()).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return weights.detach().double().numpy(), float(bias.detach())


_NUMBERS = 5


def _rows_of(
    report: Report,
    finder: NameFinder,
    named: Mapping[str, int],
    blamed: Mapping[str, int],
    *,
    own: Mapping[str, bool] | None,
) -> Iterator[tuple[str, list[float], set[str]]]:
    """Yield each organisation with its numbers and words; `own` are answers to leave out."""
    text = report.text.lower()
    everywhere = {f"anywhere {word}" for word in _WORD.findall(text)}
    found = finder.find(report.text)
    for key, spans in found.items():
        places = sorted(spans)
        less = 0 if own is None else 1
        guilty = blamed.get(key, 0) - (less if own is not None and own[key] else 0)
        numbers = [
            _log_odds(guilty, named.get(key, 0) - less),
            float(np.log(len(places))),
            places[0].start / len(text),
            float(places[0].start < LEAD_CHARS),
            float(np.log(len(found))),
        ]
        words = everywhere | _beside(text, places[:MOST_MENTIONS])
        if named.get(key, 0) >= OFTEN_NAMED:
            words |= {key, *(f"{key} {word}" for word in everywhere)}
        yield key, numbers, words


def _beside(text: str, spans: Sequence[Span]) -> set[str]:
    ends = [0, *(match.start() for match in _SENTENCE_END.finditer(text)), len(text)]
    words = set()
    for span in spans:
        sentence = bisect_right(ends, span.start)
        words |= {
            f"sentence {word}"
            for word in _WORD.findall(text[ends[sentence - 1] : ends[min(sentence, len(ends) - 1)]])
        }
        before = _WORD.findall(text[max(0, span.start - NEAR_CHARS) : span.start])[-NEAR_WORDS:]
        after = _WORD.findall(text[span.end : span.end + NEAR_CHARS])[:NEAR_WORDS]
        words |= {f"before {word}" for word in before} | {f"after {word}" for word in after}
        words |= {f"just before {word}" for word in before[-NEXT_WORDS:]}
        words |= {f"just after {word}" for word in after[:NEXT_WORDS]}
        words |= {f"before {' '.join(pair)}" for pair in pairwise(before[-PAIRED_WORDS:])}
        words |= {f"after {' '.join(pair)}" for pair in pairwise(after[:PAIRED_WORDS])}
    return words


def _log_odds(blamed: int, named: int) -> float:
    """Return smoothed log odds; one in eight of the named organisations is blamed."""
    share = (blamed + SMOOTHED / 8) / (named + SMOOTHED)
    return float(np.log(share / (1 - share)))


def _vector(
    numbers: Sequence[float], words: set[str], known: Mapping[str, int]
) -> npt.NDArray[np.float32]:
    # A table of all rows has some 250 million numbers: half the precision is half the memory.
    row = np.zeros(len(numbers) + len(known), np.float32)
    row[: len(numbers)] = numbers
    row[[len(numbers) + known[word] for word in words if word in known]] = 1.0
    return row
