"""Moderation over HTTP: decide, undo, and read the ledger as JSON or as a table."""

from __future__ import annotations

import pytest

from tests.web.samples import page

WHY = {"reason": "=Unfair", "decided_by": "mod"}


@pytest.fixture
def path(client):
    """Return the path of a page that is there."""
    return client.post("/v1/pages", json=page()).headers["location"]


def test_a_rejection_and_its_undo(client, path):
    """A rejected comment is off the page until the decision is undone; the ledger has both."""
    before = client.get(path).json()["comments"]
    rejected = client.post(f"{path}/decisions", json={"comment": "c1", "action": "reject", **WHY})
    assert rejected.status_code == 201
    assert [each["id"] for each in client.get(path).json()["comments"]] == ["c2", "c3"]

    undo = f"/v1/decisions/{rejected.json()['id']}/undo"
    undone = client.post(undo, json=WHY)

    assert undone.status_code == 201
    assert client.get(path).json()["comments"] == before
    assert client.post(undo, json=WHY).status_code == 409
    ledger = client.get("/v1/decisions", params={"comment": "c1"}).json()
    assert [each["action"] for each in ledger["items"]] == ["undo", "reject"]
    assert ledger["items"][1] == {**rejected.json(), "undone_by": undone.json()["id"]}


def test_the_ledger_as_a_table(client, path):
    """All decisions come as CSV that no spreadsheet runs."""
    client.post(f"{path}/decisions", json={"comment": "c1", "action": "flag", **WHY})

    answer = client.get("/v1/decisions", params={"format": "csv"})

    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    header, row, end = answer.text.split("\r\n")
    assert header.startswith("id,decided_at,action,page,comment,reason")
    assert ",'=Unfair," in row
    assert end == ""


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"comment": "c99", "action": "flag", **WHY}, 404),
        ({"comment": "c1", "action": "undo", **WHY}, 422),
        ({"comment": "c1", "action": "flag", "decided_by": "mod", "reason": ""}, 422),
        ({"comment": "c1", "action": "flag", "decided_by": "mod", "reason": " "}, 422),
        ({"comment": "c1", "action": "flag", "decided_by": "mod", "reason": "\0"}, 422),
        ({"comment": "c1", "action": "flag", "decided_by": "mod"}, 422),
    ],
)
def test_decisions_that_cannot_be_are_refused(client, path, sent, status):
    """What is wrong is said, and nothing enters the ledger."""
    assert client.post(f"{path}/decisions", json=sent).status_code == status
    assert client.get("/v1/decisions").json() == {"items": [], "next_cursor": None}
