"""What speaks for an actor's role, weighed on labelled pages that the weights have not read.

    python -m models.training.roles --model models/small --data runs/data

Prints `WEIGHTS` and `BIASES` of app/mining/roles.py, and how many roles of labelled actors are
right and how surprising the labels are, on the tuning pages and on the report pages, which nothing
is fitted on. Of the pages that trained a network it knows the roles by heart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from app.domain.stance import ROLES, Role
from app.mining.mine import find_claims
from app.mining.readings import score_comments
from app.mining.roles import BIASES, WEIGHTS, features_of
from app.parsing.page import parse_page
from models.training.asked import read_asked
from models.training.candidates import given_as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from app.mining.scorer import Scorer
    from models.training.metrics import Floats, Ints
    from models.training.pages import LabelledPage


class Told(NamedTuple):
    """What speaks for the roles of N rows [N, 10], and their true roles [N]."""

    features: Floats
    gold: Ints


def main() -> None:
    """Fit and print."""
    scorer, parts, _ = read_asked(__doc__)
    weights, biases = fit(read_told(parts.unread, scorer))
    for name, table in (("WEIGHTS", weights), ("BIASES", biases)):
        print(f"{name} = {np.round(table, 2).tolist()}")
    for name, pages in (("tuning", parts.tuning), ("report", parts.report)):
        told = read_told(pages, scorer)
        for what, own in (
            ("in use", (np.asarray(WEIGHTS), np.asarray(BIASES))),
            ("fitted", (weights, biases)),
        ):
            print(
                f"{name} {what}: right {right_of(told, *own):.3f}, loss {loss_of(told, *own):.3f}"
            )


def read_told(pages: Iterable[LabelledPage], scorer: Scorer) -> Told:
    """Return the rows of the pages' labels that have a role, with replies given and withheld."""
    rows = [
        row
        for page in pages
        for with_replies in (True, False)
        for row in _rows(page, scorer, with_replies=with_replies)
    ]
    features, gold = zip(*rows, strict=True)
    return Told(np.asarray(features), np.asarray(gold))


def fit(told: Told) -> tuple[Floats, Floats]:
    """Return weights [3, 10] and biases [3] that make the labels likeliest.

    The squares of the weights count against them as half a row each.
    """
    features, gold = torch.tensor(told.features), torch.tensor(told.gold)
    weights = torch.zeros(len(ROLES), features.shape[1], dtype=torch.double, requires_grad=True)
    biases = torch.zeros(len(ROLES), dtype=torch.double, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, biases], max_iter=1_000, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        odds = features @ weights.T + biases
        loss = torch.nn.functional.cross_entropy(odds, gold, reduction="sum")
        loss = loss + 0.5 * weights.square().sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    with torch.no_grad():
        centred = biases - biases.mean()
    return weights.detach().numpy(), centred.numpy()


def right_of(told: Told, weights: Floats, biases: Floats) -> float:
    """Return the share of the rows whose likeliest role is the true one."""
    return float((_odds(told, weights, biases).argmax(-1) == told.gold).mean())


def loss_of(told: Told, weights: Floats, biases: Floats) -> float:
    """Return the mean negative logarithm of the true role's probability."""
    odds = torch.tensor(_odds(told, weights, biases))
    return torch.nn.functional.cross_entropy(odds, torch.tensor(told.gold)).item()


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
    features = features_of(scores, claims.named_in_account)
    places = {actor: at for at, actor in enumerate(scores[speaking[0]].actors)}
    labels = {own["id"]: own["attributions"] for own in page["comments"]}
    for comment, of_actors in zip(speaking, features, strict=True):
        for row in labels[comment]:
            if row["role"]:
                yield of_actors[places[row["actor"]]], ROLES.index(Role(row["role"]))


if __name__ == "__main__":
    main()
