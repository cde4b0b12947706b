"""What the nouns in actors' names say of their roles, counted on the pages that train networks.

    python -m models.training.role_words --data runs/data

Prints `WORDS` and `BIASES` of app/mining/role_words.py, and how often the likeliest role of a name
alone is the labelled one, beside the commonest role: on the tuning pages, and on the others that no
network has read.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from app.domain.stance import ROLES, Role
from app.mining.role_words import log_shares_of, nouns_of
from models.training.data import read_json
from models.training.pages import split_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from app.mining.role_words import Shares, Words
    from models.training.metrics import Floats
    from models.training.pages import LabelledPage

FEWEST_PAGES = 8
"""A noun counts that stands in the names of actors of so many pages. With 3 to 8 the roles of
domains that were left out are as likely within a hundredth."""

PENALTY = 3.0
"""Of each squared weight, beside the loss of a row; 10 makes those roles less likely."""

GENDERED = frozenset(
    """
    man men woman boy girl lad lady lass guy son daughter brother sister mother father wife widow
    husband boyfriend girlfriend king queen prince princess uncle aunt nephew niece stepfather
    stepmother policeman policewoman chairman chairwoman waiter waitress landlord landlady
    """.split()
)
"""Nouns that tell a gender and are left out: nobody's is to speak for a role."""


class Called(NamedTuple):
    """The names of an actor, the page it is on, and how often it was held each role for [3]."""

    names: tuple[str, ...]
    page: str
    roles: Floats


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    parts = split_pages(read_json(args.data / "pages.json.gz"))
    words, biases = fit(read_called(parts.read))
    print(f"BIASES = {biases}\nWORDS = {{")
    for noun, weights in sorted(words.items()):
        print(f"    {noun!r}: {weights},")
    print("}")
    for name, pages in (("tuning", parts.tuning), ("unread", parts.unread)):
        called = list(read_called(pages))
        roles = np.stack([own.roles for own in called])
        likeliest = [log_shares_of(own.names, words, biases).argmax() for own in called]
        right = roles[np.arange(len(called)), likeliest].sum() / roles.sum()
        print(f"{name} {right:.3f}, commonest {roles.sum(0).max() / roles.sum():.3f}")


def read_called(pages: Iterable[LabelledPage]) -> Iterator[Called]:
    """Yield the actors of the pages that are held some role for."""
    for page in pages:
        told: dict[str, Floats] = defaultdict(lambda: np.zeros(len(ROLES)))
        for comment in page["comments"]:
            for row in comment["attributions"]:
                if row["role"]:
                    told[row["actor"]][ROLES.index(Role(row["role"]))] += 1
        for actor in page["actors"]:
            if actor["id"] in told:
                yield Called((actor["name"], *actor["aliases"]), page["id"], told[actor["id"]])


def fit(called: Iterable[Called]) -> tuple[Words, Shares]:
    """Return the weights of nouns, within a name and as its head, and the biases of the roles."""
    actors = list(called)
    nouns = [nouns_of(own.names) for own in actors]
    places = _vocabulary(actors, nouns)
    features = np.zeros((len(actors), 2 * len(places)))
    for row, own in enumerate(nouns):
        for noun, is_head in own.items():
            if noun in places:
                features[row, 2 * places[noun] :][:2] = 1.0, is_head
    weights, biases = fit_roles(features, np.stack([own.roles for own in actors]), penalty=PENALTY)
    table = _rounded(weights.T.reshape(len(places), -1))
    return {noun: tuple(table[at]) for noun, at in places.items()}, tuple(_rounded(biases))


def fit_roles(features: Floats, roles: Floats, *, penalty: float) -> tuple[Floats, Floats]:
    """Return weights [3, F] and centred biases [3] that make roles likeliest, by their features.

    `features` [N, F] are of rows that were held so often each role for, `roles` [N, 3]; the squares
    of the weights count against them by the penalty, in rows.
    """
    rows, told = torch.tensor(features), torch.tensor(roles)
    weights = torch.zeros(len(ROLES), rows.shape[1], dtype=torch.double, requires_grad=True)
    biases = torch.zeros(len(ROLES), dtype=torch.double, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, biases], max_iter=1_000, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        logs = torch.log_softmax(rows @ weights.T + biases, dim=-1)
        loss = penalty * weights.square().sum() - (told * logs).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    found = biases.detach().numpy()
    return weights.detach().numpy(), found - found.mean()


def _rounded(values: Floats) -> list[Any]:
    # Nothing is added to a zero but its sign.
    rounded: list[Any] = (np.round(values, 2) + 0.0).tolist()
    return rounded


def _vocabulary(actors: Sequence[Called], nouns: Sequence[Mapping[str, bool]]) -> dict[str, int]:
    pages = Counter(
        noun
        for noun, _ in {
            (noun, own.page) for own, told in zip(actors, nouns, strict=True) for noun in told
        }
    )
    kept = sorted(
        noun for noun, many in pages.items() if many >= FEWEST_PAGES and noun not in GENDERED
    )
    return {noun: at for at, noun in enumerate(kept)}


if __name__ == "__main__":
    main()
