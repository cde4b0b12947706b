"""DEBAGREEMENT (Pougue-Biyong et al. 2021): Reddit replies that agree, disagree, or neither.

The release is one csv file; labels are 0 disagree, 1 neutral and 2 agree, or the words. It has no
split: figures are of five folds over its rows (`models.training.folds`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.stance import Label
from models.training.corpora import AGREE
from models.training.formats.pairs import Pair, is_rows, read_pairs, read_table

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS = {**AGREE, "0": Label.DENY, "1": Label.COMMENT, "2": Label.SUPPORT}


def read(path: Path) -> list[Pair]:
    """Return the pairs of a file; replies to one comment are a group."""
    if is_rows(path):
        return read_pairs(path, AGREE, group=lambda row: row["context"])
    return [
        Pair(
            id=row.get("msg_id_child") or str(number),
            text=row["body_child"],
            target=row["body_parent"],
            label=NUMBERS[row["label"].strip().removesuffix(".0").lower()],
            group=row["body_parent"],
            context=row["body_parent"],
            part=row.get("subreddit") or "",
        )
        for number, row in enumerate(read_table(path, ["label", "body_parent", "body_child"]))
    ]
