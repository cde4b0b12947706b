"""Questions across pages over HTTP."""

from __future__ import annotations

import pytest

from tests.web.samples import page


@pytest.fixture
def filled(client):
    """Return a client of an application with one page in it."""
    client.post("/v1/pages", json=page())
    return client


def test_comments_are_found_by_their_words(filled):
    """A found comment comes with its page; a cursor leads on."""
    found = filled.get("/v1/comments", params={"text": "veltra", "limit": 1}).json()
    rest = filled.get(
        "/v1/comments", params={"text": "veltra", "cursor": found["next_cursor"]}
    ).json()

    assert [each["id"] for each in (*found["items"], *rest["items"])] == ["c3", "c1"]
    assert found["items"][0]["page"]["url"] == "https://news.example/depot-fire"
    assert rest["next_cursor"] is None


def test_claims_are_counted(filled):
    """Who is blamed how often, where, and when."""
    by_site = filled.get("/v1/attributions/counts", params={"by": "site"}).json()["items"]
    by_actor = filled.get("/v1/attributions/counts", params={"by": "actor"}).json()["items"]
    by_day = filled.get(
        "/v1/attributions/counts", params={"by": "day", "actor": "Veltra Transit"}
    ).json()["items"]

    claims = filled.get("/v1/attributions").json()["items"]
    assert [each["item"] for each in by_site] == ["news.example"]
    assert by_site[0]["claims"] == len(claims)
    assert by_actor[0]["item"] == "Veltra Transit"
    assert "2025-03-02" in {each["item"] for each in by_day}


@pytest.mark.parametrize(
    "path",
    [
        "/v1/comments",
        "/v1/comments?text=",
        "/v1/comments?text=a%00",
        "/v1/attributions/counts",
        "/v1/attributions/counts?by=label",
        "/v1/attributions/counts?by=day&actor=x&site=y",
        "/v1/attributions/counts?by=day&cursor=x",
    ],
)
def test_questions_that_make_no_sense_are_refused(filled, path):
    """What is wrong is said as a problem document."""
    answer = filled.get(path)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
