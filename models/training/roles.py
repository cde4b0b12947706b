"""What speaks for an actor's role, weighed on labelled pages that the weights have not read.

    python -m models.training.roles --models small base --data runs/data

Prints `WEIGHTS` and `BIASES` of app/mining/roles.py, fitted to both sizes alike on the tuning pages
and the unread ones, replies given and withheld. Prints too, of each model's pages, how many roles
of labelled actors are right and how surprising the labels are: of pages that are fitted on by
weights of all other domains, and of the report pages, which nothing is fitted on. Of the pages
that trained a network it knows the roles by heart. `role_words` is fitted before.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from app.domain.stance import ROLES, Role
from app.mining.mine import find_claims
from app.mining.readings import score_comments
from app.mining.roles import features_of
from app.parsing.page import parse_page
from models.training.asked import load_served
from models.training.candidates import given_as_json
from models.training.data import read_json
from models.training.pages import split_pages
from models.training.role_words import fit_roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from app.mining.scorer import Scorer
    from models.training.metrics import Floats, Ints
    from models.training.pages import LabelledPage


PENALTY = 0.5
"""Of each squared weight, in rows."""


class Told(NamedTuple):
    """What speaks for the roles of N rows [N, 13], their true roles [N], and where they are from.

    `domains` [N] are those of the pages, `origins` [N] tell the model and the part of the pages.
    """

    features: Floats
    gold: Ints
    domains: npt.NDArray[np.str_]
    origins: npt.NDArray[np.str_]

    def where(self, rows: npt.NDArray[np.bool_]) -> Told:
        """Return some of the rows."""
        return Told(self.features[rows], self.gold[rows], self.domains[rows], self.origins[rows])


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", nargs="+", required=True)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    parts = split_pages(read_json(args.data / "pages.json.gz"))
    fitted_on = {"tuning": parts.tuning, "unread": parts.unread}
    scorers = {model: load_served(model) for model in args.models}
    told, report = (
        read_told(
            (f"{model} {name}", own, scorer)
            for model, scorer in scorers.items()
            for name, own in pages.items()
        )
        for pages in (fitted_on, {"report": parts.report})
    )
    weights, biases = fit(told)
    for name, table in (("WEIGHTS", weights), ("BIASES", biases)):
        print(f"{name} = {np.round(table, 2).tolist()}")
    odds = np.concatenate([odds_crosswise(told), _odds(report, weights, biases)])
    gold = np.concatenate([told.gold, report.gold])
    origins = np.concatenate([told.origins, report.origins])
    for origin in np.unique(origins):
        own, true = odds[origins == origin], gold[origins == origin]
        print(f"{origin}: right {right_of(own, true):.3f}, loss {loss_of(own, true):.3f}")


def read_told(asked: Iterable[tuple[str, Iterable[LabelledPage], Scorer]]) -> Told:
    """Return the rows of labels that have a role, with replies given and withheld.

    `asked` are pages with what their rows are from and who reads them.
    """
    rows = [
        (*row, page["id"].partition("-")[0], origin)
        for origin, pages, scorer in asked
        for page in pages
        for with_replies in (True, False)
        for row in _rows(page, scorer, with_replies=with_replies)
    ]
    return Told(*map(np.asarray, zip(*rows, strict=True)))


def odds_crosswise(told: Told) -> Floats:
    """Return the log-odds [N, 3] of each row by what was fitted on all other domains."""
    odds = np.zeros((len(told.gold), len(ROLES)))
    for domain in np.unique(told.domains):
        own = told.domains == domain
        odds[own] = _odds(told.where(own), *fit(told.where(~own)))
    return odds


def fit(told: Told) -> tuple[Floats, Floats]:
    """Return weights [3, 13] and biases [3] that make the labels likeliest."""
    return fit_roles(told.features, np.eye(len(ROLES))[told.gold], penalty=PENALTY)


def right_of(odds: Floats, gold: Ints) -> float:
    """Return the share of the rows whose likeliest role is the true one."""
    return float((odds.argmax(-1) == gold).mean())


def loss_of(odds: Floats, gold: Ints) -> float:
    """Return the mean negative logarithm of the true role's probability."""
    return torch.nn.functional.cross_entropy(torch.tensor(odds), torch.tensor(gold)).item()


def _odds(told: Told, weights: Floats, biases: Floats) -> Floats:
    odds: Floats = told.features @ weights.T + biases
    return odds


def _rows(
    page: LabelledPage, scorer: Scorer, *, with_replies: bool
) -> Iterator[tuple[npt.NDArray[np.float64], int]]:
    sent = given_as_json(page, with_replies=with_replies)
    linked, claims = find_claims(parse_page(sent, content_type="application/json"), scorer)
    scores = score_comments(claims.as_read(linked.comments), claims, scorer)
    speaking = [key for key, own in scores.items() if own.actors]
    if not speaking:
        return
    features = features_of(scores, claims.actors, claims.named_in_account)
    places = {actor: at for at, actor in enumerate(scores[speaking[0]].actors)}
    labels = {own["id"]: own["attributions"] for own in page["comments"]}
    for comment, of_actors in zip(speaking, features, strict=True):
        for row in labels[comment]:
            if row["role"]:
                yield of_actors[places[row["actor"]]], ROLES.index(Role(row["role"]))


if __name__ == "__main__":
    main()
