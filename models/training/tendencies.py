"""How a comment's stances go with those around it, counted on the labelled training pages.

    python -m models.training.tendencies --data runs/data

Prints app/mining/tendencies.py's tables: shares of the labels that a comment has to "X is
responsible", by its stance to the comment it answers and what that one says of X, and by its
stance to the article's account. No model is asked: the labels alone say it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.domain.naming import NameFinder
from app.domain.stance import LABELS, Label
from app.mining.tendencies import Naming, Place, naming_of, place_of
from models.training.data import read_json
from models.training.pages import split_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    import numpy.typing as npt

    from models.training.pages import LabelledPage

    Counts = npt.NDArray[np.float64]

SMOOTHING = 1.0
"""Comments that count as many as seen in each row, with the labels of the whole table."""


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    pages = split_pages(read_json(args.data / "pages.json.gz")).training
    answers, accounts = count(pages)
    tables = {
        "ANSWERS": shares_of(answers),
        "ACCOUNTS": shares_of(accounts),
        "USUAL_ANSWERS": usual_of(answers),
        "USUAL_ACCOUNTS": usual_of(accounts),
    }
    for name, table in tables.items():
        print(f"{name} = (")
        for row in table.reshape(-1, len(LABELS)):
            print("    ({}),".format(", ".join(f"{share:.3f}" for share in row)))
        print(")")


def count(pages: Iterable[LabelledPage]) -> tuple[Counts, Counts]:
    """Return how often each label comes, of comments that answer and of those that name nobody.

    Axes of the first: naming, stance to the comment above, what that one says, label; of the
    second: whether it answers any, place in the account, stance to the account, label.
    """
    answers = np.zeros((len(Naming), len(LABELS), len(LABELS), len(LABELS)))
    accounts = np.zeros((2, len(Place), len(LABELS), len(LABELS)))
    for page in pages:
        finder = NameFinder({who["id"]: (who["name"], *who["aliases"]) for who in page["actors"]})
        told = finder.find(page["account"] or "").keys()
        by_id = {comment["id"]: comment for comment in page["comments"]}
        for comment, actor, own in _rows(page):
            named = finder.find(comment["text"]).keys()
            above = by_id.get(comment["reply_to"])
            naming = naming_of(actor, named)
            if above is not None:
                stance = _place(comment["reply_stance"])
                answers[naming, stance, _label_of(above, actor), own] += 1
            if naming is Naming.NOBODY:
                place = place_of(actor, told)
                stance = _place(comment["account_stance"]["label"])
                accounts[int(above is not None), place, stance, own] += 1
    return answers, accounts


def shares_of(counts: Counts) -> Counts:
    """Return the share of each label along the last axis; rows met rarely lean to the usual."""
    usual = usual_of(counts)
    shares: Counts = (counts + SMOOTHING * usual) / (counts.sum(-1, keepdims=True) + SMOOTHING)
    return shares


def usual_of(counts: Counts) -> Counts:
    """Return the shares of the labels whatever is said around, as `counts` with axes of one."""
    answers = counts.shape[0] == len(Naming)
    whole = counts.sum((1, 2) if answers else (2,), keepdims=True)
    usual: Counts = whole / whole.sum(-1, keepdims=True)
    return usual


def _rows(page: LabelledPage) -> Iterator[tuple[Mapping[str, Any], str, int]]:
    """Yield each comment with each actor and the place of the label that it has to that one."""
    for comment in page["comments"]:
        for actor in page["actors"]:
            yield comment, actor["id"], _label_of(comment, actor["id"])


def _label_of(comment: Mapping[str, Any], actor: str) -> int:
    for row in comment["attributions"]:
        if row["actor"] == actor:
            return _place(row["label"])
    return _place(None)


def _place(label: str | None) -> int:
    return LABELS.index(Label(label or "comment"))


if __name__ == "__main__":
    main()
