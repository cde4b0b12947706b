"""Promises about JSON-LD: comments that only a script declares are read, with their answers."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from app.parsing import explain_page, parse_page
from app.parsing.structured import read_json_ld
from app.parsing.tree import list_nodes, parse_html

COMMENTS = [
    {
        "@type": "Comment",
        "author": {"@type": "Person", "name": "Ann &amp; Bob"},
        "text": "<p>It was the wind.</p><p>Or not?</p>",
        "datePublished": "2014-05-12T10:00:00Z",
        "comment": {"@type": "Comment", "author": "Carl", "text": "It was not."},
    },
    {"@type": "Comment", "author": [{"name": "Dora"}], "commentText": "Who signed?"},
]
ARTICLE = {"@type": "NewsArticle", "headline": "Crane", "commentCount": 7, "comment": COMMENTS}


def page_of(script: str) -> bytes:
    """Write a page with a script of JSON-LD."""
    return (
        f'<html><head><title>Crane</title><script type="application/ld+json">{script}</script>'
        "</head><body><h1>Crane</h1><p>A crane fell into the old basin.</p></body></html>"
    ).encode()


def test_comments_of_json_ld_are_read():
    """Authors, texts, times and answers come from JSON-LD where the page itself shows none."""
    page, evidence = explain_page(page_of(json.dumps({"@graph": [ARTICLE]})))
    assert [(c.author, c.text, c.reply_to) for c in page.comments] == [
        ("Ann & Bob", "It was the wind.\nOr not?", None),
        ("Carl", "It was not.", "c1"),
        ("Dora", "Who signed?", None),
    ]
    assert page.comments[0].created_at == datetime(2014, 5, 12, 10, tzinfo=UTC)
    assert evidence.used is not None
    assert (evidence.used.name, evidence.declared) == ("json-ld", 7)
    assert evidence.comments_missing is not None
    assert "7" in evidence.comments_missing


def test_comments_on_the_page_go_before_their_json():
    """The same comments in the page's markup are the ones that are read, and read once."""
    items = "".join(
        f'<li class="comment" id="comment-{n}"><b class="fn">R{n}</b><div class="comment-content">'
        f"<p>It was number {n}.</p></div></li>"
        for n in range(3)
    )
    data = page_of(json.dumps({**ARTICLE, "commentCount": 3})).replace(
        b"</body>", f'<ol id="comments">{items}</ol></body>'.encode()
    )
    assert [comment.author for comment in parse_page(data).comments] == ["R0", "R1", "R2"]


def test_broken_and_bottomless_json_says_nothing():
    """JSON that is cut off, nested without end or of another form is passed over."""
    for script in ("{", "[" * 100_000, '"text"', "null", '{"comment": 3}', '{"comment": [[], {}]}'):
        root = parse_html(page_of(script).decode())
        assert root is not None
        structured = read_json_ld(list_nodes(root))
        assert (structured.drafts, structured.counts) == ([], [])
