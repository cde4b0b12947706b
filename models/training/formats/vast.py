"""VAST (Allaway and McKeown 2020): NYT readers' comments against free-form topics.

The release has `vast_train.csv`, `vast_dev.csv` and `vast_test.csv`; labels are 0 con, 1 pro and 2
neutral. It holds no headline: a comment is read without context there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.stance import Label
from models.training.corpora import FAVOR
from models.training.formats.pairs import Pair, is_rows, read_pairs, read_table, source_field

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS = {"0": Label.DENY, "1": Label.SUPPORT, "2": Label.COMMENT}

RANDOM_TOPIC = "4"
"""Rows of this type were given another comment's topic, which stands in `topic_str` alone."""

_SEEN = {"0": "zero-shot", "1": "few-shot"}


def read(path: Path) -> list[Pair]:
    """Return the pairs of a file, grouped by article."""
    if is_rows(path):
        return read_pairs(
            path,
            FAVOR,
            group=lambda row: source_field(row, "nyt_id"),
            part=lambda row: _SEEN.get(source_field(row, "seen"), ""),
        )
    rows = read_table(path, ["post", "new_topic", "label", "type_idx", "topic_str"])
    wordings = {
        row["topic_str"]: row["new_topic"] for row in rows if row["type_idx"] != RANDOM_TOPIC
    }
    pairs = []
    for number, row in enumerate(rows):
        topic = row["new_topic"]
        if row["type_idx"] == RANDOM_TOPIC:
            topic = wordings.get(row["topic_str"], row["topic_str"])
        pairs.append(
            Pair(
                id=row.get("new_id") or str(number),
                text=row["post"],
                target=topic,
                label=NUMBERS[row["label"].strip()],
                group=row.get("arc_id") or str(number),
                part=_SEEN.get((row.get("seen?") or "").strip(), ""),
            )
        )
    return pairs
