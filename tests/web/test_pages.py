"""The routes of pages."""

from __future__ import annotations

import json

import pytest

from tests.web.samples import page, page_of


def test_a_page_in_is_a_mined_page_out(client):
    """A page sent is answered with 201, its address and what stands there."""
    answer = client.post("/v1/pages", json=page())

    assert answer.status_code == 201
    shown = client.get(answer.headers["location"])
    assert shown.status_code == 200
    assert shown.json() == answer.json()
    assert answer.headers["location"] == f"/v1/pages/{answer.json()['id']}"
    assert [comment["id"] for comment in answer.json()["comments"]] == ["c1", "c2", "c3"]
    top = answer.json()["hypotheses"][0]["actor"]
    names = {actor["id"]: actor["name"] for actor in answer.json()["actors"]}
    assert names[top] == "Veltra Transit"


def test_the_same_page_twice_is_one_page(client):
    """The same content again is answered with 200 and the page that is there."""
    first = client.post("/v1/pages", json=page())
    second = client.post("/v1/pages", content=json.dumps(page(), indent=4))

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == first.json()
    assert second.headers["location"] == first.headers["location"]
    assert len(client.get("/v1/pages").json()["items"]) == 1


def test_remine_reads_the_page_anew(client):
    """With remine the page keeps its id and is mined again."""
    first = client.post("/v1/pages", json=page())
    again = client.post("/v1/pages?remine=true", json=page())

    assert again.status_code == 200
    assert again.json()["id"] == first.json()["id"]
    assert again.json()["mined_at"] >= first.json()["mined_at"]


def test_no_waiting_means_a_job(client):
    """With wait=false the answer is 202 and leads to a job that still waits."""
    answer = client.post("/v1/pages?wait=false", json=page())

    assert answer.status_code == 202
    job = client.get(answer.headers["location"]).json()
    assert job == answer.json()
    assert job == {"id": job["id"], "state": "queued", "done": 0, "total": 3}
    assert client.get("/v1/pages").json()["items"] == []


def test_a_long_page_means_a_job(client):
    """A page with more comments than are waited for becomes a job."""
    assert client.post("/v1/pages", json=page_of(20)).status_code == 201
    assert client.post("/v1/pages", json=page_of(21)).status_code == 202


def test_a_page_that_is_there_needs_no_job(client):
    """Content that was mined before is answered at once, waiting or not."""
    client.post("/v1/pages", json=page())

    assert client.post("/v1/pages?wait=false", json=page()).status_code == 200


def test_plain_text_and_html_are_pages_too(client):
    """A page as text and a saved page are mined like JSON, with the address from the query."""
    text = (
        "Fire at the depot\n\nEleven buses burned on Sunday night.\n\nComments\n\n"
        "Ines says:\nVeltra Transit is behind this.\n\nTom says:\nExactly.\n"
    )
    answer = client.post(
        "/v1/pages?url=https://news.example/a",
        content=text.encode(),
        headers={"content-type": "text/plain; charset=utf-8"},
    )

    assert answer.status_code == 201
    assert answer.json()["url"] == "https://news.example/a"
    assert [comment["author"] for comment in answer.json()["comments"]] == ["Ines", "Tom"]


def test_comments_are_added(client):
    """Added comments stand at the end of the page, and may answer those before them."""
    location = client.post("/v1/pages", json=page()).headers["location"]

    answer = client.post(
        f"{location}/comments", json={"comments": [{"text": "I agree.", "reply_to": "c3"}]}
    )

    assert answer.status_code == 200
    assert answer.json()["comments"][3]["id"] == "c4"
    assert answer.json()["comments"][3]["reply_to"] == "c3"
    assert client.get(location).json() == answer.json()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b'{"comments": 1}', 422),
        (b'{"comments": [{"text": "x", "reply_to": "nobody"}]}', 422),
        (b'{"comments": [{"id": "c1", "text": "again"}]}', 422),
    ],
)
def test_bad_comments_leave_the_page_as_it_was(client, body, status):
    """What cannot be added is refused, and nothing of it stays."""
    posted = client.post("/v1/pages", json=page())
    location = posted.headers["location"]

    answer = client.post(f"{location}/comments", content=body)

    assert answer.status_code == status
    assert client.get(location).json() == posted.json()


def test_a_comment_is_deleted(client):
    """A deleted comment is gone from the page, its claims from the list, and once only."""
    location = client.post("/v1/pages", json=page()).headers["location"]

    assert client.delete(f"{location}/comments/c3").status_code == 204

    assert [c["id"] for c in client.get(location).json()["comments"]] == ["c1", "c2"]
    claims = client.get("/v1/attributions").json()["items"]
    assert "c3" not in {claim["comment"]["id"] for claim in claims}
    assert client.delete(f"{location}/comments/c3").status_code == 404


def test_a_comment_with_an_odd_id_can_be_deleted(client):
    """Ids are the caller's own: a slash, a space or a question mark in one is no obstacle."""
    odd = "https://x.example/#c?1 ä"
    sent = page(comments=[{"id": odd, "text": "Veltra Transit did it."}, {"text": "Who?"}])
    location = client.post("/v1/pages", json=sent).headers["location"]

    quoted = "https%3A%2F%2Fx.example%2F%23c%3F1%20%C3%A4"
    assert client.delete(f"{location}/comments/{quoted}").status_code == 204


def test_a_page_is_deleted_for_good(client):
    """A deleted page is gone from every route, and its content is new again."""
    location = client.post("/v1/pages", json=page()).headers["location"]

    assert client.delete(location).status_code == 204

    assert client.get(location).status_code == 404
    assert client.get(f"{location}/graph").status_code == 404
    assert client.delete(location).status_code == 404
    assert client.get("/v1/pages").json() == {"items": [], "next_cursor": None}
    assert client.get("/v1/attributions").json()["items"] == []
    assert client.post("/v1/pages", json=page()).status_code == 201


def test_lists_are_walked_by_cursor(client):
    """Following the cursors gives every page once, in slices of the limit."""
    for number in range(5):
        client.post("/v1/pages", json=page(title=f"Page {number}"))

    titles: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        found = client.get("/v1/pages", params=query).json()
        assert len(found["items"]) <= 2
        titles += [item["title"] for item in found["items"]]
        cursor = found["next_cursor"]

    assert sorted(titles) == [f"Page {number}" for number in range(5)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"url": "https://news.example/depot-fire"}, 1),
        ({"url": "https://news.example/*"}, 1),
        ({"url": "https://elsewhere.example/"}, 0),
        ({"actor": "veltra transit"}, 1),
        ({"actor": "Nobody"}, 0),
        ({"text": "northgate"}, 1),
        ({"text": "%"}, 0),
    ],
)
def test_lists_are_narrowed(client, query, expected):
    """Each filter of the list keeps what it describes and nothing else."""
    client.post("/v1/pages", json=page())

    assert len(client.get("/v1/pages", params=query).json()["items"]) == expected
