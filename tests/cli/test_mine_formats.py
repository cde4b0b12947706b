"""`mine` in the formats of other programs, stored or not."""

from __future__ import annotations

import json

import pytest

from app.exchange.convokit_reader import read_convokit
from app.exchange.csv_table import read_csv
from app.exchange.dot_reader import read_dot
from app.exchange.graph_reader import read_graph
from app.exchange.graphml_reader import read_graphml
from app.exchange.xaif_reader import read_xaif
from tests.cli.conftest import write_page


def test_a_page_that_is_not_stored_takes_every_form(run, page_file):
    """Each form that holds all gives the graph that `graph` gives."""
    mined = ("mine", page_file, "--no-store", "--format")
    graph = read_graph(json.loads(run(*mined, "graph").stdout))

    assert read_xaif(json.loads(run(*mined, "xaif").stdout)).graph == graph
    for form, read in (("dot", read_dot), ("graphml", read_graphml), ("csv", read_csv)):
        assert read(run(*mined, form).stdout_bytes) == graph


def test_several_pages_are_one_corpus(run, environment, page_file):
    """ConvoKit's format takes all files into one corpus, each a conversation."""
    other = write_page(environment / "other.json", title="Another")

    done = run("mine", page_file, other, "--no-store", "--format", "convokit")

    assert [name for name, _ in read_convokit(done.stdout_bytes)] == ["page", "page-2"]


@pytest.mark.parametrize("form", ["dot", "argdown"])
def test_two_graphs_do_not_share_a_stream(run, environment, page_file, form):
    """Formats of one page each are refused for several files."""
    other = write_page(environment / "other.json", title="Another")

    done = run("mine", page_file, other, "--no-store", "--format", form)

    assert (done.exit_code, done.stdout) == (2, "")
