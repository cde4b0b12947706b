"""`rank` and `campaigns`: reasons and copies of stored pages, as JSON."""

from __future__ import annotations

import json

from tests.cli.conftest import PAGE, write_page

PLEA = "The mayor sold our harbour to his own cousin and everybody in this town knows about it."


def test_a_stored_page_is_explained(run, page_file):
    """The ranking comes with what moved each hypothesis."""
    page_id = json.loads(run("mine", page_file).stdout)["id"]

    done = run("rank", page_id, "--by", "df_quad")

    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert told["ranked_by"] == "df_quad"
    assert any(each["moved_by"] for each in told["hypotheses"])


def test_copies_are_written_a_line_each(run, environment):
    """A campaign is a line; with its id, each of its comments is."""
    copies = [{"author": name, "text": PLEA} for name in ("Flo", "Gus", "Hal")]
    run("mine", write_page(environment / "page.json", comments=[*PAGE["comments"], *copies]))

    listed = run("campaigns", "--min-comments", "3")
    campaign = json.loads(listed.stdout)
    members = run("campaigns", campaign["id"])

    assert campaign["text"] == PLEA
    authors = [json.loads(line)["comment"]["author"] for line in members.stdout.splitlines()]
    assert authors == ["Flo", "Gus", "Hal"]
    assert run("campaigns", "gnone").exit_code == 1
    assert run("rank", "pnone").exit_code == 1
