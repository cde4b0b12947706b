"""What a model's stances to actors that mining found are worth, fitted on the tuning pages.

    python -m models.training.found --model models/small --data runs/data

Prints `FOUND` of app/mining/collective.py, for comments that name the actor and for others, and
how far rows that are likelier than not are from meaning their frequency, before and after: on the
tuning pages, and on the report pages, which nothing is fitted on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from app.domain.stance import LABELS, Label
from app.mining.collective import FROM_PROMINENCE, as_found, surrounded
from app.mining.mine import find_claims
from app.mining.neighbours import FLOOR
from app.mining.readings import score_comments
from app.mining.tendencies import Naming
from app.parsing.page import parse_page
from models.training.asked import read_asked
from models.training.candidates import page_as_json
from models.training.metrics import COMMENT, calibration_error
from models.training.mined import match
from models.training.pages import labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from app.mining.scorer import Scorer
    from models.training.metrics import Floats, Ints
    from models.training.pages import LabelledPage

_ENOUGH = 0.5


class Found(NamedTuple):
    """Shares [N, 4] of comments for found actors, true labels [N], whether the actor is named [N].

    `prominence` [N] says how likely it is that anybody weighs the actor.
    """

    shares: Floats
    gold: Ints
    named: npt.NDArray[np.bool_]
    prominence: Floats


def main() -> None:
    """Fit and print."""
    scorer, parts, _ = read_asked(__doc__)
    tuning, report = (read_found(pages, scorer) for pages in (parts.tuning, parts.report))
    fits = {own: fit(tuning, named=own) for own in (True, False)}
    print("FOUND =", {own: tuple(round(value, 2) for value in fits[own]) for own in fits})
    for name, own in (("tuning", tuning), ("report", report)):
        fitted = as_found(own.shares, own.named, own.prominence, fits)
        before, after = (error_of(shares, own.gold) for shares in (own.shares, fitted))
        print(f"{name} {before:.3f} {after:.3f}")


def read_found(pages: Iterable[LabelledPage], scorer: Scorer) -> Found:
    """Return what is said of the actors that mining finds, as if they had been given."""
    rows = [row for page in pages for row in _rows(page, scorer)]
    return Found(*map(np.asarray, zip(*rows, strict=True)))


def fit(found: Found, *, named: bool) -> tuple[float, float]:
    """Return the scale of the logarithms and the bias of comment that make the labels likeliest."""
    logs, gold, prominence = (
        torch.tensor(own[found.named == named])
        for own in (np.log(found.shares + FLOOR), found.gold, found.prominence)
    )
    scale, bias = (torch.tensor(start, dtype=torch.double, requires_grad=True) for start in (1, 0))
    optimizer = torch.optim.LBFGS([scale, bias], max_iter=200, line_search_fn="strong_wolfe")
    to_comment = torch.nn.functional.one_hot(torch.tensor(COMMENT), len(LABELS)).double()

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        to_add = (bias - FROM_PROMINENCE * prominence)[:, None] * to_comment
        loss = torch.nn.functional.cross_entropy(scale * logs + to_add, gold)
        loss.backward()
        return loss

    optimizer.step(closure)
    return scale.item(), bias.item()


def error_of(shares: Floats, gold: Ints) -> float:
    """Return the expected calibration error of rows whose sides are likelier than not."""
    rows = 1.0 - shares[:, COMMENT] > _ENOUGH
    sides = shares[rows, :COMMENT]
    return calibration_error(sides.max(-1), sides.argmax(-1) == gold[rows])


def _rows(
    page: LabelledPage, scorer: Scorer
) -> Iterator[tuple[tuple[float, ...], int, bool, float]]:
    bare, claims = find_claims(
        parse_page(page_as_json(page), content_type="application/json"), scorer
    )
    comments = claims.as_read(bare.comments)
    scores = score_comments(comments, claims, scorer)
    who = match(page, [[actor.name, *actor.aliases] for actor in claims.actors])
    golds = {actor.id: gold for actor, gold in zip(claims.actors, who, strict=True)}
    labels = labels_of(page)
    for comment in comments:
        actors = scores[comment.id].actors
        if not actors:
            continue
        namings, shares = surrounded(comment, claims, scores)
        for actor, naming, share in zip(actors, namings, shares, strict=True):
            label = labels.get((comment.id, golds[actor] or ""), Label.COMMENT)
            is_named = bool(naming == Naming.ACTOR)
            yield tuple(share), LABELS.index(label), is_named, claims.prominence[actor]


if __name__ == "__main__":
    main()
