"""CSV: the whole graph comes back, no cell runs in a spreadsheet, other tables are refused."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.graph import ArgumentGraph
from app.errors import IllegalGraph, UnreadablePage
from app.exchange.csv_table import COLUMNS, graph_as_csv, guard, read_csv
from app.exchange.losses import CHARACTERS, LossTally
from tests.exchange.drawn import ANY_TEXTS, GRAPH, HOSTILE, graphs


@given(graphs())
@settings(max_examples=60)
def test_a_graph_comes_back_whole(graph):
    """Whatever is written is read back equal, and nothing is reported lost."""
    tally = LossTally()

    assert read_csv(graph_as_csv(graph, tally), tally) == graph
    assert tally.report() == ()


@given(graphs(ANY_TEXTS))
@settings(max_examples=40)
def test_characters_that_cannot_be_held_are_told(graph):
    """With any characters it is UTF-8; what changed is in the report, and only then."""
    tally = LossTally()
    written = graph_as_csv(graph, tally)

    try:
        back = read_csv(written)
    except IllegalGraph:  # two ids fell into one
        back = None
    assert (back == graph) == (not tally.report())
    assert {loss.what for loss in tally.report()} <= {CHARACTERS}


@given(st.text(max_size=20) | st.sampled_from(HOSTILE))
def test_no_cell_begins_as_a_formula(text):
    """A guarded cell begins with none of the signs that spreadsheets run."""
    assert guard(text)[0] not in "=+-@\t\r\n ＝＋－＠"


def test_rows_are_nodes_and_edges():
    """The table has the columns that are documented, and a row for each node and edge."""
    rows = list(csv.DictReader(io.StringIO(graph_as_csv(GRAPH).decode(), newline="")))

    assert tuple(rows[0]) == COLUMNS
    assert [row["row"] for row in rows] == ["node"] * 9 + ["edge"] * 10
    assert rows[6]["probability"] == "0.75"
    assert (rows[9]["from_id"], rows[9]["to_id"]) == ("c1", "c1/says")


def test_columns_of_another_make_are_told():
    """A column that is none of ours is passed over and named."""
    table = graph_as_csv(ArgumentGraph(GRAPH.nodes[3:4], ())).decode().splitlines()
    tally = LossTally()

    assert read_csv("\n".join([table[0] + ",mood", table[1] + ",good"]).encode(), tally).nodes
    assert [loss.places for loss in tally.report()] == [("mood",)]


HEADER = "row,id,kind,about,from_id,to_id\n"


@pytest.mark.parametrize(
    ("text", "error", "named"),
    [
        (b"", UnreadablePage, "column row"),
        (b"\xff\xfe", UnreadablePage, "UTF-8"),
        (b"row,row\n", UnreadablePage, "once"),
        (HEADER + "cat,1\n", UnreadablePage, "line 2: expected node or edge"),
        (HEADER + "node,1,X,comment\n", UnreadablePage, "line 2.kind"),
        (HEADER + "node,,I,comment\n", UnreadablePage, "line 2"),
        (HEADER + f"node,{'x' * 5000},I,comment\n", UnreadablePage, "at most"),
        (HEADER + "node,1,I,comment,,,,\n", UnreadablePage, "cells"),
        (HEADER + 'node,"1\n', UnreadablePage, "expected CSV"),
        (HEADER + "node,1,I,comment\nedge,,,,1,9\n", IllegalGraph, "9"),
        (HEADER + "node,1,I,comment\nnode,1,I,comment\n", IllegalGraph, "once"),
        (HEADER + "edge,,,,1\n", UnreadablePage, "line 2"),
    ],
)
def test_other_tables_are_refused(text, error, named):
    """What is no such table is refused with the line it is wrong in."""
    with pytest.raises(error, match=named):
        read_csv(text if isinstance(text, bytes) else text.encode())
