"""Promises about HTML: comments with their authors and parents, and an article without them."""

from __future__ import annotations

import html
import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from app.domain.page import CommentKind, ReplyLink
from app.errors import InputError, NoCommentsFound, UnreadablePage
from app.parsing import parse_page
from tests.parsing.test_plaintext import ARTICLE, TITLE, threads

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.domain.page import Page
    from tests.parsing.renderings import Post


def modern(at: int, author: str, body: str, *, depth: int = 1) -> str:
    """Write a comment as WordPress's own themes do today, its list item left open."""
    return (
        f'<li id="comment-{at}" class="comment even depth-{depth}"><article class="comment-body" '
        f'id="div-comment-{at}"><footer class="comment-meta"><div class="comment-author vcard">'
        f'<img class="avatar" alt="me"><b class="fn">{author}</b> <span class="says">says:</span>'
        "</div>"
        f'<div class="comment-metadata"><a href="#comment-{at}"><time datetime="2014-05-12T10:00:00'
        f'+02:00">May 12, 2014 at 10:00</time></a> <a class="comment-edit-link">(Edit)</a></div>'
        f'</footer><div class="comment-content">{body}</div><div class="reply"><a '
        f'class="comment-reply-link">Reply</a></div></article>'
    )


def classic(at: int, author: str, body: str, *, depth: int = 1) -> str:
    """Write a comment as WordPress did before HTML5, in German, its list item left open."""
    return (
        f'<li class="comment odd depth-{depth}" id="comment-{at}"><div id="div-comment-{at}" '
        f'class="comment-body"><div class="comment-author vcard"><cite class="fn"><a href="/u" '
        f'class="url">{author}</a></cite> <span class="says">sagt:</span></div><div '
        f'class="comment-meta commentmetadata"><a href="#">12. Mai 2014 um 10:00</a></div>{body}'
        f'<div class="reply"><a class="comment-reply-link">Antworten</a></div></div>'
    )


def plain(at: int, author: str, body: str, *, depth: int = 1) -> str:
    """Write a comment of a theme with its own names: author and date in a line of its own."""
    return (
        f'<li class="comment depth-{depth}" id="li-comment-{at}"><div id="comment-{at}"><p class='
        f'"comment_author"><strong>{author}</strong> on <a href="#">May 12, 2014 at 10:00 am</a> '
        f'said:</p><div class="comment-text">{body}</div><span class="vote-count">3</span></div>'
    )


THEMES: dict[str, Callable[..., str]] = {"modern": modern, "classic": classic, "plain": plain}


def page_of(comments: str) -> bytes:
    """Write a page of HTML around a list of comments."""
    body = "".join(f"<p>{html.escape(line)}</p>" for line in ARTICLE.split("\n"))
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{TITLE} | Gazette</title>"
        f"</head><body><nav><ul><li>News</li></ul></nav><main><article><h1>{TITLE}</h1>"
        f"{body}</article><section id=comments class=comments-area><h2>4 thoughts on the crane</h2>"
        f"<ol class=commentlist>{comments}</ol><div id=respond><h3>Reply</h3><form><textarea>"
        "</textarea></form></div></section></main><aside>Recent comments: none</aside>"
        "<footer>© 2014 Gazette</footer></body></html>"
    ).encode()


def thread_of(posts: list[Post], write: Callable[..., str]) -> str:
    """Write a thread as nested lists."""
    parts: list[str] = []
    path: list[int] = []
    for at, post in enumerate(posts):
        while path and path[-1] != post.parent:
            parts.append("</li></ul>" if len(path) > 1 else "</li>")
            path.pop()
        parts.append("<ul class=children>" if path else "")
        body = "".join(f"<p>{html.escape(line)}</p>" for line in post.text.split("\n"))
        parts.append(write(at, html.escape(post.author), body, depth=len(path) + 1))
        path.append(at)
    return "".join(parts)


def read(data: bytes) -> Page:
    """Read a page of HTML."""
    return parse_page(data, content_type="text/html")


@pytest.mark.parametrize("theme", THEMES)
@settings(max_examples=8)
@given(posts=threads(nested=True))
def test_wordpress_threads_come_back(theme: str, posts: list[Post]):
    """Authors, texts and parents come back from each theme; the article holds none of them."""
    page = read(page_of(thread_of(posts, THEMES[theme])))
    assert [(c.author, c.text) for c in page.comments] == [
        (post.author, " ".join(post.text.split(" "))) for post in posts
    ]
    assert [comment.reply_to for comment in page.comments] == [
        None if post.parent is None else f"c{post.parent + 1}" for post in posts
    ]
    assert {c.reply_link for c in page.comments if c.reply_to} <= {ReplyLink.MARKUP}
    assert page.article.title == TITLE
    assert page.article.text == ARTICLE.replace("\n", "\n\n")


def test_times_come_from_the_markup():
    """The machine-readable time counts, else the date as it is written."""
    page = read(
        page_of(modern(1, "Ann", "<p>Yes.</p>") + "</li>" + classic(2, "Bob", "<p>No.</p>"))
    )
    assert [comment.created_at for comment in page.comments] == [
        datetime(2014, 5, 12, 8, tzinfo=UTC),
        datetime(2014, 5, 12, 10, tzinfo=UTC),
    ]


def test_depth_classes_nest_flat_lists():
    """A list that is flat but says its depths is nested by them."""
    flat = "".join(
        modern(n, f"R{n}", "<p>So.</p>", depth=d) + "</li>" for n, d in enumerate([1, 2, 3, 2, 1])
    )
    assert [c.reply_to for c in read(page_of(flat)).comments] == [None, "c1", "c2", "c1", None]


def test_quotes_stay_and_scripts_go():
    """Quoted blocks stay, as lines that begin with ">"; scripts, styles and forms never do."""
    body = "<blockquote><p>a bolt</p></blockquote><script>alert(1)</script><p>Which<br>bolt?</p>"
    page = read(page_of(modern(1, "<script>x</script>Ann &lt;b&gt;", body)))
    assert page.comments[0].text == "> a bolt\nWhich\nbolt?"
    assert page.comments[0].author == "Ann <b>"


def test_pingbacks_are_told_apart():
    """A pingback's item is one, with the linking page as its author."""
    notice = (
        '<li class="pingback even" id="comment-9"><p>Pingback: <a class="url" href="/">A week of'
        ' cranes</a> <span class="edit-link">(Edit)</span></p></li>'
    )
    page = read(page_of(modern(1, "Ann", "<p>Yes.</p>") + "</li>" + notice))
    assert [c.kind for c in page.comments] == [CommentKind.COMMENT, CommentKind.PINGBACK]
    assert page.comments[1].author == "A week of cranes"


def test_other_systems_fall_back_to_what_repeats():
    """Comments of no known system are found by what repeats and names somebody."""
    items = "".join(
        f'<div class="reader-comment"><div class="head"><span class="user-name">R{n}</span> '
        f'<span class="posted-at">12 May</span></div><div class="msg-text">It was number {n}.</div>'
        '<a class="reply-button">Reply</a></div>'
        for n in range(4)
    )
    page = read(page_of("").replace(b"<ol class=commentlist></ol>", items.encode()))
    assert [(c.author, c.text) for c in page.comments] == [
        (f"R{n}", f"It was number {n}.") for n in range(4)
    ]
    assert "It was number" not in page.article.text


def test_unclosed_markup_is_read():
    """Tags that are never closed lose no comment."""
    page = read(page_of("".join(modern(n, f"R{n}", "<p>So <b>it <i>is") for n in range(3))))
    assert [comment.author for comment in page.comments] == ["R0", "R1", "R2"]


def test_deep_threads_are_read():
    """A thread 200 answers deep is read, each answering the one above."""
    nested = "<ul class=children>".join(modern(n, f"R{n}", "<p>So.</p>") for n in range(200))
    page = read(page_of(nested))
    assert [c.reply_to for c in page.comments] == [None, *(f"c{n}" for n in range(1, 200))]


@pytest.mark.parametrize("piece", ["<div>", "<b>x", "<ul><li>", "<table><tr><td>", "<blockquote>"])
def test_bottomless_markup_is_refused(piece: str):
    """Markup 5,000 deep is refused in so many words, and does not go unnoticed."""
    with pytest.raises(InputError):
        read(page_of(piece * 5_000 + modern(1, "Ann", "<p>Yes.</p>")))


def test_thousands_of_attributes_are_refused():
    """A tag with attributes without end is refused before a parser compares them."""
    attributes = " ".join(f"a{n}='>'" for n in range(50_000))
    with pytest.raises(UnreadablePage, match="attributes"):
        read(f"<p {attributes}>x</p>".encode())


def test_entity_bombs_do_not_go_off():
    """Entities that would multiply without end are not expanded."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><html><body><p>&l9;</p></body></html>'
    with pytest.raises(NoCommentsFound):
        read(bomb.encode())
    million = read(page_of(modern(1, "Ann", "<p>" + "&amp;" * 1_000_000 + "</p>")))
    assert len(million.comments[0].text) == 1_000_000


def test_saved_wordpress_pages_are_read(shared: Path):
    """On real saved WordPress pages nearly every comment comes back with author and parent."""
    folder = shared / "pages/html"
    right = wanted = found = 0
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text())
        if not gold["platform"].startswith("WordPress"):
            continue
        page = read((folder / "pages" / f"{path.stem}.html").read_bytes())
        read_ = {(c.author, "".join(c.text.split())[:40]) for c in page.comments}
        wanted += len(gold["comments"])
        found += len(page.comments)
        right += sum(
            (c["author"], "".join(c["text"].split())[:40]) in read_ for c in gold["comments"]
        )
    assert right >= 0.97 * wanted
    assert abs(found - wanted) <= 0.02 * wanted


def test_reading_needs_no_deep_stack():
    """Deep pages are read within an ordinary recursion limit."""
    limit = sys.getrecursionlimit()
    nested = "<div>" * 1_500 + modern(1, "Ann", "<p>Yes.</p>")
    assert read(page_of(nested)).comments[0].author == "Ann"
    assert sys.getrecursionlimit() == limit
