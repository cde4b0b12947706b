"""MT-CSD (Niu et al. 2024): stance to one of five targets, deep in Reddit threads.

A folder a target holds `text.csv` (the post's number, its text) and `train.json`, `valid.json` and
`test.json`: rows of the numbers from the thread's first post to the labelled one. A path is one
of these, or the folder of all targets, of which `valid.json` is read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from models.training.corpora import FAVOR
from models.training.formats.pairs import Pair, is_rows, read_pairs, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read(path: Path) -> list[Pair]:
    """Return the pairs of a file or of all targets, grouped by thread."""
    if is_rows(path):
        return read_pairs(path, FAVOR, group=lambda row: "-".join(row["id"].split("-")[:3]))
    files = sorted(path.rglob("valid.json")) if path.is_dir() else [path]
    return [own for file in files for own in _pairs_of_target(file)]


def _pairs_of_target(file: Path) -> Iterator[Pair]:
    target = file.parent.name
    table = read_table(file.parent / "text.csv", ["text"])
    # The column of numbers has no name in some of the releases.
    texts = {next(iter(row.values())): row["text"] for row in table}
    for row in json.loads(file.read_text("utf-8")):
        *before, last = map(str, row["index"])
        if not texts.get(last, "").strip():
            continue
        yield Pair(
            id=f"{target}-{last}",
            text=texts[last],
            target=target,
            label=FAVOR[row["stance"].lower()],
            group=f"{target}-{(before or [last])[0]}",
            context=" ||| ".join(texts.get(own, "") for own in before),
        )
