"""MUC-4's responsible organisations, found by the model and scored a document (CEAF-REE).

What `suspects` says of each candidate is fitted on training reports, the threshold too, in which
every report is read by a fit to the others. How much the network's odds count beside it is fitted
on development reports, since the network has read the training ones with their answers; of
development reports themselves one half is fitted on the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from app.domain.naming import NameFinder
from models.training.metrics import bootstrap, f1_of_counts, matched_entities
from models.training.report import Figure
from models.training.tasks.organisations import Candidate, lexicon_of, named_here, weigh
from models.training.tasks.suspects import fit_suspicion, is_blamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from models.training.formats.muc4 import Report
    from models.training.metrics import Floats, Ints
    from models.training.reader import Reader
    from models.training.tasks.suspects import Suspicion

THRESHOLDS = np.linspace(0.05, 0.95, 91)

NETWORK_WEIGHTS = np.linspace(0.0, 1.0, 51)
"""What the network's log odds may count; the report's own count 1."""

FOLDS = 5
"""Parts of the training reports, each read by what was fitted on the others."""


def perpetrator_figures(
    reader: Reader,
    reports: Sequence[Report],
    train: Sequence[Report],
    fitted: Sequence[Report],
) -> list[Figure]:
    """Return the CEAF-REE F1 of reports with interval and floor, its parts and the threshold.

    Names, the reading of reports and the threshold are of the training ones, what the network's
    odds count is of `fitted`.
    """
    lexicon = lexicon_of(train)
    suspicion = fit_suspicion(train, lexicon.names)
    threshold = fit_threshold(train, suspected_crosswise(train))
    seen = weigh(reader, fitted, lexicon)
    known = {own.id: candidates for own, candidates in zip(fitted, seen, strict=True)}
    new = [own for own in reports if own.id not in known]
    known |= dict(zip([own.id for own in new], weigh(reader, new, lexicon), strict=True))
    found = {heeded: np.zeros((len(reports), 3), np.int64) for heeded in (False, True)}
    for ids, others in _crosswise(fitted, new):
        fitting = fit_mixture(others, [known[own.id] for own in others], suspicion)
        places = [place for place, own in enumerate(reports) if own.id in ids]
        asked = [reports[place] for place in places]
        for heeded, rows in found.items():
            mix = fitting if heeded else replace(fitting, weight=0.0)
            weighed = mix.of(asked, [known[own.id] for own in asked], suspicion)
            rows[places] = _counts(asked, weighed, threshold)
    counts = found[True]
    finder = NameFinder(lexicon.names)
    listed = [
        [Candidate((lexicon.names[key][0],), 1.0) for key in finder.find(own.text)]
        for own in reports
    ]
    right, given, true = counts.sum(0).tolist()

    def merit(rows: Ints) -> float:
        return f1_of_counts(counts[rows])

    return [
        Figure(
            "muc4.perp_org_f1",
            f1_of_counts(counts),
            bootstrap(range(len(reports)), merit),
            {
                "list of training names": f1_of_counts(_counts(reports, listed, 0.0)),
                "no network": f1_of_counts(found[False]),
            },
        ),
        Figure("muc4.perp_org_precision", right / given if given else 0.0),
        Figure("muc4.perp_org_recall", right / true if true else 0.0),
        Figure("muc4.threshold", threshold, note="fitted on training reports", held=False),
    ]


def _crosswise(
    fitted: Sequence[Report], new: Sequence[Report]
) -> Iterator[tuple[frozenset[str], Sequence[Report]]]:
    """Yield ids of reports with the reports that they are judged by, never by themselves."""
    for own, other in ((0, 1), (1, 0)):
        yield frozenset(report.id for report in fitted[own::2]), fitted[other::2]
    yield frozenset(report.id for report in new), fitted


def suspected_crosswise(reports: Sequence[Report]) -> list[list[Candidate]]:
    """Return the listed organisations of each report, read by what was fitted on the others."""
    weighed: list[list[Candidate]] = [[] for _ in reports]
    for fold in range(FOLDS):
        others = [own for place, own in enumerate(reports) if place % FOLDS != fold]
        names = lexicon_of(others).names
        suspicion = fit_suspicion(others, names)
        for place in range(fold, len(reports), FOLDS):
            weighed[place] = [
                Candidate(named_here(names[key], reports[place]), float(_shares_of(odds)), key)
                for key, odds in suspicion.log_odds(reports[place]).items()
            ]
    return weighed


@dataclass(frozen=True, slots=True)
class Mixture:
    """What the network's log odds count beside the report's, and what they usually are."""

    weight: float
    usual: float

    def of(
        self,
        reports: Sequence[Report],
        weighed: Sequence[Sequence[Candidate]],
        suspicion: Suspicion,
    ) -> list[list[Candidate]]:
        """Return the candidates with the probabilities that both make."""
        mixed = []
        for report, candidates in zip(reports, weighed, strict=True):
            network, beside = _odds(report, candidates, suspicion).T
            shares = _shares_of(beside + self.weight * (network - self.usual))
            mixed.append(
                [
                    replace(own, probability=float(share))
                    for own, share in zip(candidates, shares, strict=True)
                ]
            )
        return mixed


def fit_mixture(
    reports: Sequence[Report],
    weighed: Sequence[Sequence[Candidate]],
    suspicion: Suspicion,
) -> Mixture:
    """Fit the one weight to reports that `suspicion` has not seen, by their log loss.

    A weight of the report's own odds and a bias, fitted beside it on a hundred reports, took the
    F1 of other reports from .463 to about .40: they were calibrated on 1,300.
    """
    rows = [
        _odds(report, own, suspicion) for report, own in zip(reports, weighed, strict=True) if own
    ]
    if not rows:
        return Mixture(0.0, 0.0)
    network, beside = np.concatenate(rows).T
    gold = [
        is_blamed(report, own.names)
        for report, candidates in zip(reports, weighed, strict=True)
        for own in candidates
    ]
    sides = np.where(gold, -1.0, 1.0)
    usual = float(network.mean())

    def loss(weight: float) -> float:
        odds = beside + weight * (network - usual)
        return float(np.logaddexp(0.0, sides * odds).mean())

    return Mixture(float(min(NETWORK_WEIGHTS, key=loss)), usual)


def _shares_of(odds: Floats | float) -> Floats:
    return (1 + np.tanh(np.asarray(odds) / 2)) / 2


def _odds(report: Report, candidates: Sequence[Candidate], suspicion: Suspicion) -> Floats:
    """Return the log odds [N, 2] of the candidates: the network's, and the report's."""
    known = suspicion.log_odds(report)
    shares = np.clip([own.probability for own in candidates], 0.001, 0.999)
    beside = [known.get(own.key, suspicion.unlisted) for own in candidates]
    return np.stack([np.log(shares / (1 - shares)), np.asarray(beside)], axis=-1)


def fit_threshold(reports: Sequence[Report], weighed: Sequence[Sequence[Candidate]]) -> float:
    """Return the probability from which an organisation is best taken."""
    return float(
        max(THRESHOLDS, key=lambda own: f1_of_counts(_counts(reports, weighed, float(own))))
    )


def _counts(
    reports: Sequence[Report], weighed: Sequence[Sequence[Candidate]], threshold: float
) -> Ints:
    rows = [
        matched_entities(
            report.organisations,
            [own.names for own in candidates if own.probability >= threshold],
        )
        for report, candidates in zip(reports, weighed, strict=True)
    ]
    return np.asarray(rows, np.int64).reshape(-1, 3)
