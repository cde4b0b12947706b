"""A labelled text with its target, as every stance format gives it; also our own JSON lines."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.asking import query_of
from app.domain.stance import LABELS, Label, TargetKind
from models.training.corpora import Corpus, pair_example
from models.training.rows import read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from models.training.examples import Example

LONGEST_FIELD = 10_000_000
"""Characters of a field of a csv file; Python's own bound is below the longest comments."""

_LABELS = {label.value: label for label in LABELS}


@dataclass(frozen=True, slots=True)
class Pair:
    """A text, its target and its label.

    `context` is what the text answers (all of it that the release gives, oldest first, between
    "|||"). Rows of one `group` (a thread, an article) hang together and are resampled together;
    `part` names the share of the corpus for which figures are given apart, if any.
    """

    id: str
    text: str
    target: str
    label: Label
    group: str
    context: str = ""
    part: str = ""


def as_examples(pairs: Iterable[Pair], kind: TargetKind) -> list[Example]:
    """Return pairs as training reads them, in their order; sentences are asked as a caller's are.

    Of what the text answers, only the last part is its context, as in training.
    """
    corpus = Corpus("evaluated", kind, _LABELS)
    examples = []
    for own in pairs:
        row = {"text": own.text, "context": own.context, "target": own.target, "label": own.label}
        example = pair_example(row, corpus)
        examples.append(as_asked(example) if kind is TargetKind.SENTENCE else example)
    return examples


def as_asked(pair: Example) -> Example:
    """Return an example of one target as a caller would ask it."""
    (query,) = pair.reading.queries
    asked = query_of(query.target.text, pair.reading.text, pair.reading.context)
    return replace(pair, reading=replace(pair.reading, queries=(asked,)))


def read_pairs(
    path: Path,
    labels: Mapping[str, Label],
    *,
    group: Callable[[Mapping[str, Any]], str],
    part: Callable[[Mapping[str, Any]], str] = lambda _: "",
) -> list[Pair]:
    """Return the pairs of our own rows; those with labels of other schemes are left out."""
    return [
        Pair(
            id=row["id"],
            text=row["text"],
            target=row["target"],
            label=labels[row["label"]],
            group=group(row),
            context=row["context"],
            part=part(row),
        )
        for row in read_rows(path)
        if row["label"] in labels and row["text"].strip()
    ]


def is_rows(path: Path) -> bool:
    """Return whether a path is of our own rows and not of a release."""
    return path.suffix == ".jsonl"


def source_field(row: Mapping[str, Any], key: str) -> str:
    """Return a field of a row's `source` ("name;key=value;key=value"), empty where it has none."""
    for place in row["source"].replace(":", ";").split(";"):
        name, _, value = place.partition("=")
        if name.strip() == key:
            return str(value)
    return ""


class _Tabs(csv.excel_tab):
    quoting = csv.QUOTE_NONE


def read_table(
    path: Path, needed: Sequence[str], *, tabs: bool = False, encoding: str = "utf-8-sig"
) -> list[dict[str, str]]:
    """Return the rows of a csv or tsv file with a header.

    Raises:
        ValueError: a needed column is not there.
    """
    csv.field_size_limit(LONGEST_FIELD)
    with path.open(encoding=encoding, newline="") as text:
        # Tables between tabs are written without quoting: a tweet may begin with a quotation mark.
        dialect = _Tabs if tabs else csv.excel
        table = csv.DictReader(text, dialect=dialect)
        columns = table.fieldnames or []
        lacking = [own for own in needed if own not in columns]
        if lacking:
            raise ValueError(
                f"expected columns {', '.join(needed)} in {path.name}, got {', '.join(columns)}"
            )
        return list(table)
