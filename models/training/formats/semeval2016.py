"""SemEval-2016 task 6 (Mohammad et al. 2016): tweets for or against one of six targets.

The release is tab-separated with the columns ID, Target, Tweet and Stance, in Windows' Latin
letters; its later form with sentiments is a csv file with the same columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.training.corpora import FAVOR
from models.training.formats.pairs import Pair, is_rows, read_pairs, read_table

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("Target", "Tweet", "Stance")


def read(path: Path) -> list[Pair]:
    """Return the pairs of a file; each tweet stands alone."""
    if is_rows(path):
        return read_pairs(path, FAVOR, group=lambda row: row["id"], part=lambda row: row["target"])
    tabs = path.suffix != ".csv"
    try:
        rows = read_table(path, COLUMNS, tabs=tabs)
    except UnicodeDecodeError:
        rows = read_table(path, COLUMNS, tabs=tabs, encoding="cp1252")
    return [
        Pair(
            id=row.get("ID") or str(number),
            text=row["Tweet"],
            target=row["Target"],
            label=FAVOR[row["Stance"].strip().lower()],
            group=str(number),
            part=row["Target"],
        )
        for number, row in enumerate(rows)
    ]
