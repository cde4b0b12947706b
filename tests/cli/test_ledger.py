"""`ledger`: comments are rejected and shown again from the command line, and each step is kept."""

from __future__ import annotations

import csv
import io
import json

import pytest

WHY = ("--reason", "=HYPERLINK(1)", "--by", "Mara")


@pytest.fixture
def page_id(run, page_file) -> str:
    """Return the id of a stored page of three comments."""
    return json.loads(run("mine", page_file).stdout)["id"]


def ids_shown(run, page_id):
    """Return the ids of the comments that an export of the page holds."""
    return [each["id"] for each in json.loads(run("export", page_id).stdout)["comments"]]


def test_a_rejected_comment_leaves_the_page_until_that_is_undone(run, page_id):
    """The decision and its undo each answer with the line that the ledger then holds."""
    rejected = json.loads(run("ledger", "decide", page_id, "c1", "reject", *WHY).stdout)
    without = ids_shown(run, page_id)
    undone = json.loads(run("ledger", "undo", rejected["id"], *WHY).stdout)

    assert (rejected["action"], rejected["comment"]) == ("reject", "c1")
    assert (rejected["reason"], rejected["decided_by"]) == (WHY[1], WHY[3])
    assert set(rejected["model"]) == {"name", "revision"}
    assert without == ["c2", "c3"]
    assert (undone["action"], undone["undoes"]) == ("undo", rejected["id"])
    assert ids_shown(run, page_id) == ["c1", "c2", "c3"]


def test_the_ledger_is_shown_latest_first(run, page_id):
    """As lines of JSON, of all pages or of one; an undone decision tells by what."""
    flagged = json.loads(run("ledger", "decide", page_id, "c2", "flag", *WHY).stdout)
    undone = json.loads(run("ledger", "undo", flagged["id"], *WHY).stdout)

    shown = [json.loads(line) for line in run("ledger", "show").stdout.splitlines()]

    assert [each["id"] for each in shown] == [undone["id"], flagged["id"]]
    assert shown[1]["undone_by"] == undone["id"]
    assert run("ledger", "show", "--page", page_id).stdout == run("ledger", "show").stdout
    assert not run("ledger", "show", "--page", "pnone").stdout


def test_the_ledger_is_a_table_that_spreadsheets_open_safely(run, page_id):
    """A reason that would run as a formula begins with an apostrophe."""
    run("ledger", "decide", page_id, "c3", "approve", *WHY)

    table = csv.DictReader(io.StringIO(run("ledger", "show", "--format", "csv").stdout))

    (row,) = table
    assert (row["page"], row["comment"], row["action"]) == (page_id, "c3", "approve")
    assert row["reason"] == f"'{WHY[1]}"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("decide", "pnone", "c1", "reject", *WHY), 1),
        (("decide", "PAGE", "c9", "reject", *WHY), 1),
        (("decide", "PAGE", "c1", "reject", "--reason", " ", "--by", "Mara"), 1),
        (("decide", "PAGE", "c1", "undo", *WHY), 2),
        (("decide", "PAGE", "c1", "reject", "--by", "Mara"), 2),
        (("undo", "dnone", *WHY), 1),
    ],
)
def test_what_cannot_be_decided_is_told_in_a_line(run, page_id, arguments, code):
    """No such page, comment or decision, no reason, and what is no decision: nothing is kept."""
    done = run("ledger", *(page_id if each == "PAGE" else each for each in arguments))

    assert done.exit_code == code
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert not run("ledger", "show").stdout


def test_a_decision_is_undone_once(run, page_id):
    """A second undo is refused, and so is the undo of an undo."""
    taken = json.loads(run("ledger", "decide", page_id, "c1", "flag", *WHY).stdout)
    undo = json.loads(run("ledger", "undo", taken["id"], *WHY).stdout)

    assert run("ledger", "undo", taken["id"], *WHY).exit_code == 1
    assert run("ledger", "undo", undo["id"], *WHY).exit_code == 1
    assert len(run("ledger", "show").stdout.splitlines()) == 2
