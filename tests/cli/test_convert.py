"""`convert`: graphs from form to form without model or database; mistakes are one line."""

from __future__ import annotations

import json

import pytest

from app.exchange.convokit import pages_as_convokit
from app.exchange.forms import BYTE_FORMS, JSON_FORMS
from tests.exchange.drawn import GRAPH
from tests.exchange.drawn_pages import mined_page
from tests.exchange.test_xaif import MIXED

FORMS = {
    **{form.value: json.dumps(write(GRAPH)).encode() for form, write in JSON_FORMS.items()},
    **{form.value: write(GRAPH, None) for form, write in BYTE_FORMS.items()},
}
WHOLE = ["json", "aif", "xaif", "dot", "graphml", "csv"]


@pytest.mark.parametrize("source", WHOLE)
@pytest.mark.parametrize("target", FORMS)
def test_forms_become_one_another(run, source, target):
    """From any form that holds all, each form comes out as if written from the graph itself."""
    done = run("convert", "-", "--from", source, "--to", target, data=FORMS[source])

    assert done.exit_code == 0
    if target in {form.value for form in JSON_FORMS}:
        assert json.loads(done.stdout) == json.loads(FORMS[target])
    else:
        assert done.stdout_bytes == FORMS[target]
    assert bool(done.stderr) == (target == "argdown")


def test_an_xaif_document_passes_through_unchanged(run):
    """A document of another make that becomes xAIF is what it was, unknown keys and all."""
    done = run("convert", "-", "--from", "xaif", "--to", "xaif", data=json.dumps(MIXED).encode())

    assert json.loads(done.stdout) == MIXED


def test_a_discussion_becomes_a_drawing(run, environment):
    """Kialo's text becomes DOT, and the losses of reading it are told."""
    text = "Discussion Title: T\n\n1. A.\n1.1. Pro: B.\n"
    (environment / "discussion.txt").write_text(text, encoding="utf-8")

    done = run("convert", "discussion.txt", "--from", "kialo", "--to", "dot")

    assert done.stdout.startswith("digraph")
    assert done.stderr == (
        "fingerpost: reading kialo loses the title of the discussion (1: line 1)\n"
    )


def test_a_corpus_becomes_a_graph(run):
    """A corpus of one page that was written here gives that page's graph; of two it is refused."""
    corpora = [
        pages_as_convokit([(f"p{at}", mined_page()) for at in range(count)]) for count in (1, 2)
    ]

    one, two = (
        run("convert", "-", "--from", "convokit", "--to", "json", data=data) for data in corpora
    )

    assert any(node["ref"] == "council" for node in json.loads(one.stdout)["nodes"])
    assert (two.exit_code, two.stdout) == (1, "")
    assert "one page" in two.stderr


def test_convert_leaves_no_database(run, environment):
    """Nothing is stored."""
    run("convert", "-", "--from", "csv", "--to", "json", data=FORMS["csv"])

    assert list(environment.iterdir()) == []


@pytest.mark.parametrize(
    "source", ["json", "aif", "xaif", "dot", "graphml", "argdown", "csv", "convokit", "kialo"]
)
@pytest.mark.parametrize("data", [b"", b"\xff\x00", b"{" * 100_000, b"<!DOCTYPE x [", b"[]"])
def test_rubbish_is_one_line(run, source, data):
    """What is not in the form it is said to be in is refused in a line that names the file."""
    done = run("convert", "-", "--from", source, "--to", "json", data=data)

    if done.exit_code == 0:  # some of it is an empty file or a claim, in Argdown
        assert source == "argdown"
        return
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.startswith("fingerpost: -: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_file_that_is_not_there_is_one_line(run):
    """A missing file is named."""
    done = run("convert", "nothing.dot", "--from", "dot", "--to", "json")

    assert done.exit_code == 1
    assert done.stderr == "fingerpost: nothing.dot: No such file or directory\n"


def test_a_file_beyond_the_limit_is_refused(run, monkeypatch):
    """The limit for pages holds for graphs too."""
    monkeypatch.setenv("FINGERPOST_MAX_BODY_BYTES", "1000")

    done = run("convert", "-", "--from", "json", "--to", "dot", data=b" " * 2000)

    assert done.exit_code == 1
    assert "1000" in done.stderr


def test_an_unknown_form_is_misuse(run):
    """A form that is not known exits with 2."""
    assert run("convert", "-", "--from", "pdf", "--to", "dot").exit_code == 2
