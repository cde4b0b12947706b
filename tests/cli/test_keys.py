"""`keys`: made, listed without secrets, rotated and revoked; and `serve` that asks for one."""

from __future__ import annotations

import json

import pytest


def test_a_key_lives_and_dies_on_the_command_line(run):
    """The secret is shown when it is made and never again; a revoked key says since when."""
    made = json.loads(run("keys", "make", "the forum", "--scope", "moderate").stdout)
    rotated = json.loads(run("keys", "rotate", made["id"], "--keep-hours", "0").stdout)
    assert run("keys", "revoke", made["id"]).exit_code == 0
    listed = run("keys", "list").stdout

    assert made["id"] == rotated["id"]
    assert made["key"].startswith("fp-")
    assert made["key"] != rotated["key"]
    assert made["key"] not in listed
    assert rotated["key"] not in listed
    (key,) = [json.loads(line) for line in listed.splitlines()]
    assert (key["name"], key["scopes"]) == ("the forum", ["moderate"])
    assert key["revoked_at"] is not None


@pytest.mark.parametrize(
    "arguments",
    [("revoke", "knobody"), ("rotate", "knobody"), ("make", " ", "--scope", "read"), ("make", "x")],
)
def test_nonsense_is_refused_in_a_line(run, arguments):
    """Ids of no key, no name and no scope are told so, without a traceback."""
    done = run("keys", *arguments)

    assert done.exit_code in {1, 2}
    assert "Traceback" not in done.stderr


def test_serve_refuses_to_be_open_to_others_without_a_key(run):
    """Bound to all addresses, it says what to do first."""
    done = run("serve", "--host", "0.0.0.0", "--port", "0")  # noqa: S104 - what is tested

    assert done.exit_code == 2
    assert "fingerpost keys make" in done.stderr
