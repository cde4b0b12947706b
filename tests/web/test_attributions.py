"""The list of claims across pages."""

from __future__ import annotations

import pytest

from tests.web.samples import page


@pytest.fixture
def filled(client):
    """Return a client of an application with one page in it."""
    client.post("/v1/pages", json=page())
    return client


def test_a_claim_comes_with_its_comment_and_page(filled):
    """A claim tells who said it, where, about whom, and in which words."""
    claims = filled.get("/v1/attributions").json()["items"]

    first = next(claim for claim in claims if claim["comment"]["id"] == "c1")
    assert first["actor_name"] == "Veltra Transit"
    assert first["label"] == "support"
    assert first["comment"]["author"] == "Ines"
    assert first["comment"]["text"] == "Veltra Transit is behind this."
    assert first["page"]["url"] == "https://news.example/depot-fire"
    assert filled.get(f"/v1/pages/{first['page']['id']}").status_code == 200
    evidence = first["evidence"]
    text = first["comment"]["text"]
    assert text[evidence["start"] : evidence["end"]] == evidence["text"]


@pytest.mark.parametrize(
    ("query", "authors"),
    [
        ({"actor": "HARBOUR union"}, {"Åsa"}),
        ({"label": "deny"}, {"Åsa"}),
        ({"label": "comment"}, set()),
        ({"role": "enabler"}, set()),
        ({"actor": "Harbour Union", "certain": "true"}, set()),
        ({"actor": "Harbour Union", "certain": "false"}, {"Åsa"}),
        ({"since": "2999-01-01T00:00:00Z"}, set()),
        ({"since": "2025-03-01", "label": "deny"}, {"Åsa"}),
    ],
)
def test_claims_are_narrowed(filled, query, authors):
    """Each filter keeps the claims that it describes and no others."""
    items = filled.get("/v1/attributions", params=query).json()["items"]

    assert {claim["comment"]["author"] for claim in items} == authors


def test_claims_are_walked_by_cursor(filled):
    """Slice by slice every claim comes once."""
    whole = filled.get("/v1/attributions").json()["items"]

    walked = []
    cursor = None
    while True:
        query = {"limit": 1, **({"cursor": cursor} if cursor else {})}
        found = filled.get("/v1/attributions", params=query).json()
        walked += found["items"]
        cursor = found["next_cursor"]
        if cursor is None:
            break

    assert walked == whole
    assert len(whole) >= 2
