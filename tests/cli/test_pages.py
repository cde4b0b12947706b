"""`pages prune`: what is older than said is counted, then removed."""

from __future__ import annotations

import json

import pytest


def test_old_pages_are_counted_and_removed(run, page_file):
    """With `--dry-run` nothing goes; an age of no time at all is everything there is."""
    run("mine", page_file)

    young = run("pages", "prune", "--older-than", "1d")
    counted = run("pages", "prune", "--older-than", "0h", "--dry-run")
    removed = run("pages", "prune", "--older-than", "0h")
    again = run("pages", "prune", "--older-than", "0h")

    found = [json.loads(done.stdout) for done in (young, counted, removed, again)]
    assert [each["pages"] for each in found] == [0, 1, 1, 0]
    assert [each["removed"] for each in found] == [True, False, True, True]


@pytest.mark.parametrize("age", ["", "90", "d", "-1d", "1.5d", "9999999d", "tomorrow"])
def test_an_age_that_is_none_is_misuse(run, age):
    """What cannot be understood removes nothing."""
    done = run("pages", "prune", f"--older-than={age}")

    assert done.exit_code == 2
    assert "90d" in done.stderr
