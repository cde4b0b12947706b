"""Who is weighed of the actors that mining finds, by where and how often a page names them.

    python -m models.training.prominence --model models/small --data runs/data

Prints `WEIGHTS` and `BIAS` of app/mining/prominence.py, fitted on all training pages, and how often
a weighed actor has more odds than one that is not, of whatever page (AUC): on the tuning pages, and
on the report pages, which nothing is fitted on. No stance is asked for; the model finds the actors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from app.mining.mine import find_claims
from app.mining.prominence import features_of
from app.parsing.page import parse_page
from models.training.asked import read_asked
from models.training.candidates import page_as_json
from models.training.mined import match
from models.training.tasks.suspects import fit_logistic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from app.mining.scorer import Scorer
    from models.training.metrics import Floats
    from models.training.pages import LabelledPage

PENALTY = 1e-4
"""Of each squared weight; there are five, and thousands of actors."""


class Standing(NamedTuple):
    """What speaks for N found actors [N, 5], and whether any comment weighs them [N]."""

    features: Floats
    weighed: npt.NDArray[np.bool_]


def main() -> None:
    """Fit and print."""
    scorer, parts, _ = read_asked(__doc__)
    training = read_standing(parts.training, scorer)
    weights, bias = fit_logistic(training.features, training.weighed, penalty=PENALTY)
    print(f"WEIGHTS = {tuple(np.round(weights, 2).tolist())}\nBIAS = {bias:.2f}")
    for name, pages in (("tuning", parts.tuning), ("report", parts.report)):
        own = read_standing(pages, scorer)
        print(f"{name} {above(own.features @ weights, own.weighed):.3f}")


def read_standing(pages: Iterable[LabelledPage], scorer: Scorer) -> Standing:
    """Return the actors that mining finds on the pages."""
    features, weighed = zip(*(row for page in pages for row in _rows(page, scorer)), strict=True)
    return Standing(np.asarray(features), np.asarray(weighed))


def above(odds: Floats, weighed: npt.NDArray[np.bool_]) -> float:
    """Return in which share of pairs of a weighed actor and another the weighed has more odds."""
    one, other = odds[weighed][:, None], odds[~weighed]
    return float(((one > other) + 0.5 * (one == other)).mean())


def _rows(page: LabelledPage, scorer: Scorer) -> Iterator[tuple[tuple[float, ...], bool]]:
    sent = parse_page(page_as_json(page), content_type="application/json")
    linked, claims = find_claims(sent, scorer)
    features = features_of(
        claims.actors, article_chars=len(linked.article.text), comments=len(linked.comments)
    )
    weighed = {row["actor"] for own in page["comments"] for row in own["attributions"]}
    golds = match(page, [[actor.name, *actor.aliases] for actor in claims.actors])
    for own, gold in zip(features, golds, strict=True):
        yield own, gold in weighed


if __name__ == "__main__":
    main()
