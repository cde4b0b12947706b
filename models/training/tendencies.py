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
    from collections.abc import Iterable, Mapping
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
    answers, accounts, sides = count(pages)
    tables = {
        "ANSWERS": shares_of(answers, (1, 2)),
        "ACCOUNTS": shares_of(accounts, (2,)),
        "SIDES": shares_of(sides, (0, 1)),
        "USUAL_ANSWERS": usual_of(answers, (1, 2)),
        "USUAL_ACCOUNTS": usual_of(accounts, (2,)),
    }
    for name, table in tables.items():
        print(f"{name} = (")
        for row in table.reshape(-1, len(LABELS)):
            print("    ({}),".format(", ".join(f"{share:.3f}" for share in row)))
        print(")")


def count(pages: Iterable[LabelledPage]) -> tuple[Counts, Counts, Counts]:
    """Return how often each label comes: of answers, of who names nobody, and to the account.

    Axes of the first: naming, stance to the comment above, what that one says, label; of the
    second: whether it answers any, place in the account, stance to the account, label; of the
    third: stance to the comment above, stance of that one to the account, own stance to it.
    """
    answers = np.zeros((len(Naming), len(LABELS), len(LABELS), len(LABELS)))
    accounts = np.zeros((2, len(Place), len(LABELS), len(LABELS)))
    sides = np.zeros((len(LABELS), len(LABELS), len(LABELS)))
    for page in pages:
        finder = NameFinder({who["id"]: (who["name"], *who["aliases"]) for who in page["actors"]})
        told = finder.find(page["account"] or "").keys()
        by_id = {comment["id"]: comment for comment in page["comments"]}
        for comment in page["comments"]:
            named = finder.find(comment["text"]).keys()
            above = by_id.get(comment["reply_to"])
            to_account, to_above = _to_account(comment), _place(comment["reply_stance"])
            if above is not None:
                sides[to_above, _to_account(above), to_account] += 1
            for actor in (who["id"] for who in page["actors"]):
                own, naming = _label_of(comment, actor), naming_of(actor, named)
                if above is not None:
                    answers[naming, to_above, _label_of(above, actor), own] += 1
                if naming is Naming.NOBODY:
                    accounts[int(above is not None), place_of(actor, told), to_account, own] += 1
    return answers, accounts, sides


def shares_of(counts: Counts, around: tuple[int, ...]) -> Counts:
    """Return the share of each label along the last axis; rows met rarely lean to the usual.

    `around` are the axes of what is said around.
    """
    usual = usual_of(counts, around)
    shares: Counts = (counts + SMOOTHING * usual) / (counts.sum(-1, keepdims=True) + SMOOTHING)
    return shares


def usual_of(counts: Counts, around: tuple[int, ...]) -> Counts:
    """Return the shares of the labels whatever is said around, with axes of one for it."""
    whole = counts.sum(around, keepdims=True)
    usual: Counts = whole / whole.sum(-1, keepdims=True)
    return usual


def _to_account(comment: Mapping[str, Any]) -> int:
    return _place(comment["account_stance"]["label"])


def _label_of(comment: Mapping[str, Any], actor: str) -> int:
    for row in comment["attributions"]:
        if row["actor"] == actor:
            return _place(row["label"])
    return _place(None)


def _place(label: str | None) -> int:
    return LABELS.index(Label(label or "comment"))


if __name__ == "__main__":
    main()
