"""Editing and deleting comments over HTTP."""

from __future__ import annotations

import pytest

from tests.web.samples import page


@pytest.fixture
def path(client):
    """Return the path of a page that is there."""
    return client.post("/v1/pages", json=page()).headers["location"]


def test_an_edited_comment_is_read_anew(client, path):
    """After an edit, what the comment claims is what its new text says."""
    answer = client.patch(f"{path}/comments/c1", json={"text": "Harbour Union is behind this."})

    assert answer.status_code == 200
    first = answer.json()["comments"][0]
    assert first["text"] == "Harbour Union is behind this."
    assert first["claimed_perpetrators"] == ["harbour-union"]
    assert client.get(path).json() == answer.json()


@pytest.mark.parametrize(
    ("comment", "sent", "status"),
    [
        ("c99", b'{"text": "Hm."}', 404),
        ("c1", b'{"text": 1}', 422),
        ("c1", b'{"words": "Hm."}', 422),
        ("c1", b"{", 422),
        ("c1", b'{"text": "a\\u0000b"}', 422),
        ("c1", b'{"text": "\\ud800"}', 422),
    ],
)
def test_edits_that_cannot_be_are_refused(client, path, comment, sent, status):
    """An unknown comment and a body of another form are the caller's mistake."""
    before = client.get(path).json()

    answer = client.patch(
        f"{path}/comments/{comment}", content=sent, headers={"content-type": "application/json"}
    )

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.get(path).json() == before
