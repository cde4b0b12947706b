"""Bodies that nobody sends in good faith: each gets a problem document and leaves nothing."""

from __future__ import annotations

import json

import pytest

from tests.web.samples import page


def comments(*rows: dict[str, object]) -> bytes:
    """Return a page of these comments as JSON."""
    return json.dumps(page(comments=list(rows))).encode()


JSON = "application/json"
HTML = "text/html"
TEXT = "text/plain"

REFUSED = {
    "nothing at all": (b"", JSON, 400),
    "white space": (b" \n\t ", TEXT, 400),
    "broken JSON": (b'{"comments": [', JSON, 400),
    "JSON 100,000 deep": (b"[" * 100_000, JSON, 400),
    "JSON objects 100,000 deep": (b'{"comments":' * 80_000, JSON, 400),
    "a JSON list": (b"[]", JSON, 422),
    "JSON without comments": (b"{}", JSON, 422),
    "comments of another kind": (b'{"comments": {"text": "x"}}', JSON, 422),
    "a number for a text": (comments({"text": 7}), JSON, 422),
    "ids twice": (comments({"id": "a", "text": "x"}, {"id": "a", "text": "y"}), JSON, 422),
    "a reply to itself": (comments({"id": "a", "text": "x", "reply_to": "a"}), JSON, 422),
    "a circle of replies": (
        comments(
            {"id": "a", "text": "x", "reply_to": "b"}, {"id": "b", "text": "y", "reply_to": "a"}
        ),
        JSON,
        422,
    ),
    "a reply to nothing": (comments({"text": "x", "reply_to": "gone"}), JSON, 422),
    "binary": (bytes(range(256)) * 50, TEXT, 400),
    "an image": (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "image/png", 415),
    "a content type of nonsense": (b"{}", "text/<script>", 415),
    "HTML without comments": (b"<p>Hello there, this is all.</p>", HTML, 422),
    "an unknown charset": (b"<p>x</p>", "text/html; charset=klingon", 400),
}


@pytest.mark.parametrize(("body", "kind", "status"), REFUSED.values(), ids=REFUSED.keys())
def test_is_refused_and_leaves_nothing(client, body, kind, status):
    """The body is refused with a problem document, and the store stays empty."""
    answer = client.post("/v1/pages", content=body, headers={"content-type": kind})

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.json()["detail"]) < 600
    assert client.get("/v1/pages").json()["items"] == []


def test_20_megabytes_are_refused(client):
    """A body over the limit is answered with 413."""
    answer = client.post("/v1/pages", content=b"x" * 20_000_000, headers={"content-type": TEXT})

    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_chunks_over_the_limit_are_refused(client):
    """A body without a declared length is answered with 413 once it is over the limit."""

    def chunks():
        for _ in range(100):
            yield b"x" * 50_000

    for path in ("/v1/pages", "/v1/stance", "/v1/pages/p1/comments"):
        answer = client.post(path, content=chunks(), headers={"content-type": JSON})
        assert answer.status_code == 413


def test_markup_in_every_field_stays_text(client):
    """Tags in names, titles, ids and comments come back as the text that they are."""
    tag = "<script>alert(1)</script>"
    sent = page(
        title=tag,
        article=f"{tag} burned.",
        comments=[{"id": tag, "author": tag, "text": f"{tag} Veltra Transit did it."}],
        actors=[{"id": tag, "name": tag, "aliases": [tag + "x"]}],
    )

    answer = client.post("/v1/pages", json=sent)

    assert answer.status_code == 201
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["comments"][0]["author"] == tag
    assert answer.json()["title"] == tag
    for form in ("json", "aif"):
        graph = client.get(f"/v1/pages/{answer.json()['id']}/graph?format={form}")
        assert graph.headers["content-type"] == "application/json"
        assert tag in json.dumps(graph.json())


def test_line_ends_in_a_field_do_not_reach_the_headers(client):
    """A forged header in an id or address stays within the body."""
    answer = client.post("/v1/pages", json=page(url="https://x.example/\r\nset-cookie: a=b"))

    assert "set-cookie" not in answer.headers
    assert answer.status_code in {201, 422}


def test_half_a_surrogate_pair_is_no_failure(client):
    """Text that cannot be UTF-8 is mended or refused, and whatever comes back is JSON."""
    body = b'{"title": "\\ud83d", "comments": [{"text": "\\udc00 Who?", "author": "\\ud800"}]}'

    answer = client.post("/v1/pages", content=body, headers={"content-type": JSON})

    assert answer.status_code in {201, 400, 422}
    answer.json()


def test_null_characters_are_no_failure(client):
    """U+0000 in a text is mended or refused."""
    answer = client.post("/v1/pages", content=comments({"text": "a\0b", "author": "\0"}))

    assert answer.status_code in {201, 400, 422}
