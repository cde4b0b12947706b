"""MUC-4's responsible organisations, found by the model and scored a document (CEAF-REE).

What the network says of each candidate counts together with what `suspects` says of the report;
how much each counts, and the threshold, are fitted on development reports, since the network has
read the training ones with their answers; of development reports themselves one half is fitted on
the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from app.domain.naming import NameFinder
from models.training.metrics import bootstrap, f1_of_counts, matched_entities
from models.training.report import Figure
from models.training.tasks.organisations import Candidate, lexicon_of, weigh
from models.training.tasks.suspects import fit_logistic, fit_suspicion, is_blamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from models.training.formats.muc4 import Report
    from models.training.metrics import Floats, Ints
    from models.training.reader import Reader
    from models.training.tasks.suspects import Suspicion

THRESHOLDS = np.linspace(0.05, 0.95, 91)


def perpetrator_figures(
    reader: Reader,
    reports: Sequence[Report],
    train: Sequence[Report],
    fitted: Sequence[Report],
) -> list[Figure]:
    """Return the CEAF-REE F1 of reports with interval and floor, its parts and the threshold.

    Names and the reading of reports are of the training ones, mixture and threshold of `fitted`.
    """
    lexicon = lexicon_of(train)
    suspicion = fit_suspicion(train, lexicon.names)
    seen = weigh(reader, fitted, lexicon)
    known = {own.id: candidates for own, candidates in zip(fitted, seen, strict=True)}
    new = [own for own in reports if own.id not in known]
    known |= dict(zip([own.id for own in new], weigh(reader, new, lexicon), strict=True))
    found: dict[bool, Ints] = {}
    threshold = 0.0
    for with_network in (False, True):
        rows = np.zeros((len(reports), 3), np.int64)
        for ids, others in _crosswise(fitted, new):
            others_weighed = [known[own.id] for own in others]
            mix = fit_mixture(others, others_weighed, suspicion, with_network=with_network)
            threshold = fit_threshold(others, mix.of(others, others_weighed, suspicion))
            places = [place for place, own in enumerate(reports) if own.id in ids]
            asked = [reports[place] for place in places]
            weighed = mix.of(asked, [known[own.id] for own in asked], suspicion)
            rows[places] = _counts(asked, weighed, threshold)
        found[with_network] = rows
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
        Figure("muc4.threshold", threshold, note="fitted on development reports", held=False),
    ]


def _crosswise(
    fitted: Sequence[Report], new: Sequence[Report]
) -> Iterator[tuple[frozenset[str], Sequence[Report]]]:
    """Yield ids of reports with the reports that they are judged by, never by themselves."""
    for own, other in ((0, 1), (1, 0)):
        yield frozenset(report.id for report in fitted[own::2]), fitted[other::2]
    yield frozenset(report.id for report in new), fitted


@dataclass(frozen=True, slots=True)
class Mixture:
    """How much the network's odds and the report's count, in one logistic regression."""

    weights: tuple[float, float]
    bias: float

    def of(
        self,
        reports: Sequence[Report],
        weighed: Sequence[Sequence[Candidate]],
        suspicion: Suspicion,
    ) -> list[list[Candidate]]:
        """Return the candidates with the probabilities that both make."""
        mixed = []
        for report, candidates in zip(reports, weighed, strict=True):
            rows = _odds(report, candidates, suspicion)
            logits = rows @ np.asarray(self.weights) + self.bias
            shares = (1 + np.tanh(logits / 2)) / 2
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
    *,
    with_network: bool = True,
) -> Mixture:
    """Fit the mixture on reports that `suspicion` has not seen."""
    rows = [
        _odds(report, own, suspicion) for report, own in zip(reports, weighed, strict=True) if own
    ]
    gold = [
        is_blamed(report, own.names)
        for report, candidates in zip(reports, weighed, strict=True)
        for own in candidates
    ]
    if not rows:
        return Mixture((1.0, 0.0), 0.0)
    table = np.concatenate(rows)
    if not with_network:
        table[:, 0] = 0.0
    weights, bias = fit_logistic(table, np.asarray(gold))
    return Mixture((float(weights[0]), float(weights[1])), bias)


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
