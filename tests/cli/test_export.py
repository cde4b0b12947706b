"""`export`: stored pages in every format, to a stream or to files, and what a format loses."""

from __future__ import annotations

import json

import pytest

from app.exchange.argdown_reader import read_argdown
from app.exchange.convokit_reader import read_convokit
from app.exchange.csv_table import read_csv
from app.exchange.dot_reader import read_dot
from app.exchange.graph_reader import read_graph
from app.exchange.graphml_reader import read_graphml
from app.exchange.xaif_reader import read_xaif
from tests.cli.conftest import write_page


@pytest.fixture
def page_id(run, page_file):
    """Return the id of a stored page."""
    return json.loads(run("mine", page_file).stdout)["id"]


@pytest.fixture
def other_id(run, environment, page_id):
    """Return the id of another stored page."""
    del page_id
    name = write_page(environment / "other.json", title="Another")
    return json.loads(run("mine", name).stdout)["id"]


def test_every_form_holds_the_same_graph(run, page_id):
    """The forms of names and values give the graph that `graph` gives, and tell no loss."""
    graph = read_graph(json.loads(run("export", page_id, "--format", "graph").stdout))

    for form, read in (
        ("aif", lambda data: read_xaif(json.loads(data)).graph),
        ("xaif", lambda data: read_xaif(json.loads(data)).graph),
        ("dot", read_dot),
        ("graphml", read_graphml),
        ("csv", read_csv),
    ):
        done = run("export", page_id, "--format", form)
        assert (done.exit_code, done.stderr) == (0, "")
        assert read(done.stdout_bytes) == graph


def test_what_gets_lost_is_told_on_standard_error(run, page_id):
    """Argdown goes out clean, and each kind of loss is a line beside it."""
    done = run("export", page_id, "--format", "argdown")

    assert done.exit_code == 0
    assert read_argdown(done.stdout_bytes).nodes
    assert f"fingerpost: {page_id} as argdown loses probability of a relation (" in done.stderr


def test_losses_alone(run, page_id, other_id):
    """With --losses the reports come instead of the pages, one a line for several."""
    done = run("export", page_id, other_id, "--format", "argdown", "--losses")

    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [report["id"] for report in reports] == [page_id, other_id]
    assert {report["format"] for report in reports} == {"argdown"}
    assert all(loss["count"] for report in reports for loss in report["losses"])
    assert done.stderr == ""


def test_a_corpus_holds_all_pages(run, page_id, other_id):
    """Several pages in ConvoKit's format are one corpus."""
    done = run("export", page_id, other_id, "--format", "convokit")

    assert done.exit_code == 0
    assert [name for name, _ in read_convokit(done.stdout_bytes)] == [page_id, other_id]


@pytest.mark.parametrize("form", ["dot", "graphml", "argdown", "csv"])
def test_two_files_do_not_share_a_stream(run, page_id, other_id, form):
    """Formats of one page each are refused for several, unless there is a folder for them."""
    done = run("export", page_id, other_id, "--format", form)

    assert done.exit_code == 2
    assert "--out" in done.stderr
    assert done.stdout == ""


def test_a_folder_gets_a_file_a_page(run, environment, page_id, other_id):
    """With --out each page is a file of its own, named by its id and its format."""
    for form in ("json", "graph", "xaif", "dot", "convokit"):
        assert run("export", page_id, other_id, "--format", form, "--out", "out").stdout == ""

    suffixes = ("json", "graph.json", "xaif.json", "dot")
    names = {file.name for file in (environment / "out").iterdir()}
    assert names == {
        *(f"{each}.{suffix}" for each in (page_id, other_id) for suffix in suffixes),
        "pages.convokit.zip",
    }
    assert read_dot((environment / "out" / f"{page_id}.dot").read_bytes()).nodes


def test_losses_are_those_of_a_form(run, page_id):
    """What mining found is whole in JSON, so there is nothing to ask."""
    assert run("export", page_id, "--losses").exit_code == 2


def test_a_page_that_is_not_there_is_named(run, page_id):
    """A corpus of what is there is written, the others are named, and the code is 1."""
    done = run("export", "pnone", page_id, "--format", "convokit")

    assert done.exit_code == 1
    assert "pnone" in done.stderr
    assert len(read_convokit(done.stdout_bytes)) == 1
