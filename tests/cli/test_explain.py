"""`mine --explain-parse`: how a page was read, for people and for programs, and nothing stored."""

from __future__ import annotations

import json

TEXT = (
    "Crane falls\n\nA crane fell into the old basin.\n\n3 comments\n\n"
    "Ann wrote on 3 May 2014:\nIt was the wind.\n\n"
    "Bob wrote on 4 May 2014:\nNo \x1b[31mwind\u202e.\n\n"
    "Tags: harbour\n"
)


def test_json_tells_what_was_used_and_left_out(run, environment):
    """A pipe gets one object: the evidence, its rivals, the counts, what was left out, comments."""
    (environment / "page.txt").write_text(TEXT)

    done = run("mine", "--explain-parse", "page.txt")

    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert told["file"] == "page.txt"
    assert told["used"]["name"] == "says"
    assert (told["declared"], told["found"]) == (3, 2)
    assert told["comments_missing"] == "the page says there are 3 comments"
    assert [left["excerpt"] for left in told["left_out"]] == ["Tags: harbour"]
    assert [comment["author"] for comment in told["comments"]] == ["Ann", "Bob"]


def test_a_table_tells_the_same_to_people(run, environment):
    """A table holds the same, and no text moves the cursor."""
    (environment / "page.txt").write_text(TEXT)

    done = run("mine", "--explain-parse", "--format", "table", "page.txt")

    for words in ("Crane falls", "told by says", "some are missing", "Left out", "Tags: harbour"):
        assert words in done.stdout
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_nothing_is_stored_and_no_model_is_needed(run, environment):
    """Only the page is looked at: no database appears."""
    (environment / "page.txt").write_text(TEXT)

    run("mine", "--explain-parse", "page.txt")

    assert not (environment / "fingerpost.sqlite3").exists()


def test_a_page_without_comments_is_explained(run, environment):
    """Where mining would refuse, the explanation says that nothing was found."""
    (environment / "bare.txt").write_text("Crane falls\n\nA crane fell into the old basin.\n")

    done = run("mine", "--explain-parse", "bare.txt")

    told = json.loads(done.stdout)
    assert (done.exit_code, told["used"], told["comments"]) == (0, None, [])


def test_files_that_cannot_be_read_are_named(run, environment):
    """One broken file of two is named on standard error, and the other is explained."""
    (environment / "page.txt").write_text(TEXT)
    (environment / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n")

    done = run("mine", "--explain-parse", "image.png", "gone.txt", "page.txt")

    assert done.exit_code == 1
    assert "image.png: expected a page as text" in done.stderr
    assert "gone.txt: " in done.stderr
    assert json.loads(done.stdout)["file"] == "page.txt"


def test_other_formats_are_refused(run, environment):
    """An explanation is no graph."""
    (environment / "page.txt").write_text(TEXT)

    done = run("mine", "--explain-parse", "--format", "aif", "page.txt")

    assert done.exit_code == 2
    assert "table or json" in done.stderr
