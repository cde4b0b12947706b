"""Promises about pages of no known system: what repeats and looks like a discussion is read.

The pages in `unknown/` say the same five posts in the ways of many themes and house-made sites;
they were written for these tests.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.parsing import explain_page, markup
from app.parsing.naming import Called, called_by, is_telling

UNKNOWN = Path(__file__).parent / "unknown"
POSTS = (
    ("Marta K.", "Who signed off on the bolts?\nNobody had checked them since the strike."),
    ("joe_harbour", "The contractor did, as always. I was there when they came."),
    ("Ann O'Neil", "Do you have a source for that?"),
    ("Łukasz", "My cousin says that the wind was far too strong that night."),
    ("harbour-rat", "It was not the wind. Cranes stand in wind all year long."),
)


@pytest.mark.parametrize("name", sorted(path.stem for path in UNKNOWN.glob("*.html")))
def test_discussions_are_found_by_what_repeats(name: str):
    """Without any platform's rules every post comes back, and the article holds none of them."""
    text = (UNKNOWN / f"{name}.html").read_text(encoding="utf-8")
    reading = markup.read(text, without={"*"})
    found = [(draft.author, draft.text) for draft in reading.drafts if draft.text]
    assert found == list(POSTS)
    assert reading.article.text.startswith("A crane fell into the old basin")
    assert all(text.split("\n")[0] not in reading.article.text for _, text in POSTS)


@pytest.mark.parametrize("name", ["comment_in_item", "style_classes"])
def test_answers_nest_as_what_is_around_them_does(name: str):
    """Items around comments, and elements that hold them, show who answers whom."""
    reading = markup.read((UNKNOWN / f"{name}.html").read_text(encoding="utf-8"))
    assert [draft.parent for draft in reading.drafts] == [None, 0, 1, 0, None]


def test_comments_without_authors_are_believed_where_the_page_counts_them():
    """A heading that says as many comments as were found proves them; without one nothing does."""
    items = "".join(f'<div class="comment"><p>It was number {n}.</p></div>' for n in range(4))
    counted = f'<h1>T</h1><h2>4 Comments</h2><div id="comments">{items}</div>'
    assert len(markup.read(f"<html><body>{counted}</body></html>").drafts) == 4
    assert not markup.read(f"<html><body>{counted.replace('4 C', 'C')}</body></html>").drafts


TEASERS = "".join(
    f'<div class="post teaser"><h3><a href="/news/{n}">Title {n}</a></h3><span class="author">R{n}'
    f'</span> <span class="date">May {n}, 2014</span><p>The beginning of article {n} …</p></div>'
    for n in range(1, 9)
)
RECENT = "".join(
    f'<li class="recentcomments"><span class="comment-author-link">R{n}</span> on '
    f'<a href="/news/{n}">Title {n}</a></li>'
    for n in range(1, 6)
)
WIDGET = f'<aside class="widget_recent_comments"><h3>Recent Comments</h3><ul>{RECENT}</ul></aside>'
ALONE = (
    '<article class="post hentry"><h1>T</h1><span class="author">Ann</span> <time datetime='
    '"2014-05-01">1 May</time><p>Only an article, with an author and a date.</p></article>'
)
NONE_YET = '<div id="comments"><h3>No comments yet</h3><form><textarea></textarea></form></div>'


@pytest.mark.parametrize("body", [TEASERS, WIDGET, ALONE, NONE_YET])
def test_lists_of_articles_are_no_discussion(body: str):
    """Teasers, widgets and the article itself have authors and dates, and are no comments."""
    page, evidence = explain_page(f"<html><body>{body}</body></html>".encode())
    assert page.comments == ()
    assert evidence.used is None


def test_what_is_found_without_names_must_look_like_a_discussion():
    """Boxes of numbers under one another are not taken for comments."""
    boxes = "".join(f'<div class="box"><b>{n}</b> <i>{n} May 2014</i></div>' for n in range(20))
    page, _ = explain_page(f"<html><body><h1>T</h1><p>Text.</p>{boxes}</body></html>".encode())
    assert page.comments == ()


@pytest.mark.parametrize(
    ("word", "called"),
    [
        ("comment", Called.COMMENT),
        ("d-comment", Called.COMMENT),
        ("#comment-0", Called.COMMENT),
        ("comment-list", Called.NOTHING),
        ("comment-form", Called.NOTHING),
        ("forum-post", Called.POST),
        ("menu", Called.NOTHING),
    ],
)
def test_words_call_things_comments(word: str, called: Called):
    """Comments are told from posts, and from lists and forms of comments."""
    assert called_by(word) is called


def test_numbers_tell_in_ids_only():
    """A numbered id is shared in form by all comments; a numbered class is one element's own."""
    assert is_telling("#comment-0")
    assert not is_telling("#comments")
    assert not is_telling("comment-17")
