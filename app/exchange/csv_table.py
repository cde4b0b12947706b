"""Writes an argument graph as one table in CSV, a row a node and a row an edge, and reads it back.

A cell that a spreadsheet would run as a formula begins with an apostrophe, which is taken off
again when it is read.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from app.domain.graph import ArgumentGraph, Edge
from app.errors import UnreadablePage
from app.exchange.attributes import ATTRIBUTES, attributes_of, checked_id, node_of_texts, text_of
from app.exchange.circles import without_reply_circle
from app.exchange.losses import LossTally

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.domain.graph import Node

COLUMNS = ("row", "id", *ATTRIBUTES, "from_id", "to_id")

MAX_CELL_CHARS = 10_000_000
"""Longer than any page that is read; Python's own limit, 131,072, is shorter than some articles."""

_NODE, _EDGE = "node", "edge"

_APOSTROPHE = "'"
_RUNS = re.compile(r"[\s'=+\-@＝＋－＠]")
"""How a cell begins that a spreadsheet may run, or that begins with the apostrophe itself.

Source: OWASP, "CSV Injection"; the wide signs are run where the keyboard is Japanese.
"""


def graph_as_csv(graph: ArgumentGraph, tally: LossTally | None = None) -> bytes:
    """Return the table in UTF-8 with a header; `tally` hears of characters that it cannot hold.

    An empty cell means that there is no value; a value that is empty is an apostrophe.
    """
    tally = tally or LossTally()
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for node in graph.nodes:
        texts = {"row": _NODE, "id": node.id}
        texts |= {name: text_of(value) for name, value in attributes_of(node).items()}
        writer.writerow(_guarded(texts, tally, node.id))
    for edge in graph.edges:
        texts = {"row": _EDGE, "from_id": edge.from_id, "to_id": edge.to_id}
        writer.writerow(_guarded(texts, tally, edge.from_id))
    return stream.getvalue().encode()


def read_csv(data: bytes, tally: LossTally | None = None) -> ArgumentGraph:
    """Return the graph of such a table; `tally` hears of columns that are passed over.

    Raises:
        UnreadablePage: it is not in UTF-8, no such table, or a cell is not of its column's type.
        IllegalGraph: an edge leads nowhere, or between kinds that AIF does not connect, or
            replies go in a circle.
    """
    tally = tally or LossTally()
    nodes: list[Node] = []
    edges: list[Edge] = []
    for line, row in _rows(data, tally):
        path = f"line {line}"
        texts = {name: _bare(cell) for name, cell in row.items() if cell}
        match texts.get("row"):
            case "node":
                nodes.append(node_of_texts(checked_id(texts.get("id"), path), texts, path))
            case "edge":
                ends = (checked_id(texts.get(end), path) for end in ("from_id", "to_id"))
                edges.append(Edge(*ends))
            case other:
                raise UnreadablePage(f"{path}: expected node or edge, got {other!r:.100}")
    return without_reply_circle(ArgumentGraph(tuple(nodes), tuple(edges)))


def guard(cell: str) -> str:
    """Return the cell so that no spreadsheet runs it; an empty text is told from no value."""
    return _APOSTROPHE + cell if not cell or _RUNS.match(cell) else cell


def _guarded(texts: Mapping[str, str], tally: LossTally, place: str) -> dict[str, str]:
    return {name: guard(tally.writable(text, place)) for name, text in texts.items()}


def _bare(cell: str) -> str:
    rest = cell.removeprefix(_APOSTROPHE)
    return rest if not rest or _RUNS.match(rest) else cell


def _rows(data: bytes, tally: LossTally) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadablePage("expected CSV in UTF-8, got other bytes") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    before = csv.field_size_limit(MAX_CELL_CHARS)
    try:
        header = next(reader, [])
        _check_header(header, tally)
        for row in reader:
            if len(row) > len(header):
                raise UnreadablePage(
                    f"line {reader.line_num}: expected at most {len(header)} cells, got {len(row)}"
                )
            yield reader.line_num, dict(zip(header, row, strict=False))
    except csv.Error as error:
        raise UnreadablePage(f"line {reader.line_num}: expected CSV, got {error!s:.100}") from error
    finally:
        csv.field_size_limit(before)


def _check_header(header: list[str], tally: LossTally) -> None:
    if len(set(header)) != len(header):
        raise UnreadablePage("line 1: expected each column once, got one more often")
    missing = [
        name for name in ("row", "id", "kind", "about", "from_id", "to_id") if name not in header
    ]
    if missing:
        raise UnreadablePage(f"line 1: expected a column {missing[0]}, got none of that name")
    for name in header:
        if name not in COLUMNS:
            tally.add("a column of another make", name[:100])
