"""Promises about pages that are huge or hostile: read, or refused by a stated limit, in time."""

from __future__ import annotations

import pytest

from app.errors import NoCommentsFound, PageTooLarge, UnreadablePage
from app.parsing import parse_page
from app.parsing.drafts import MAX_COMMENTS, Draft, comments_of
from app.parsing.page import MAX_PAGE_BYTES
from app.parsing.plaintext import MAX_LINES

HEAD = "Crane falls\n\nA crane fell into the basin.\n\n"


def test_ten_thousand_comments_of_text_are_read():
    """A long discussion comes back whole."""
    rows = "".join(f"Reader {at} says:\nIt was bolt {at}.\n\n" for at in range(10_000))
    page = parse_page(f"{HEAD}10000 comments\n\n{rows}".encode())
    assert len(page.comments) == 10_000
    assert page.comments[-1].text == "It was bolt 9999."


def test_a_comment_of_a_hundred_thousand_words_is_read_whole():
    """Nothing is cut, on one line or on many."""
    words = "word " * 100_000
    page = parse_page(f"{HEAD}Ann says:\n{words}\n\nBob says:\nToo long.\n".encode())
    assert page.comments[0].text == words.strip()


def test_twenty_megabytes_are_too_large():
    """Past the stated size a page is refused, with both numbers."""
    with pytest.raises(PageTooLarge, match=f"at most {MAX_PAGE_BYTES} bytes, got 20971520"):
        parse_page(b"a" * 20 * 1024 * 1024)


def test_too_many_lines_are_refused():
    """Empty lines cost time as well: their number has a limit of its own."""
    with pytest.raises(PageTooLarge, match=f"at most {MAX_LINES} lines"):
        parse_page(b"x\n" * MAX_LINES, content_type="text/plain")


def test_too_many_comments_are_refused():
    """An archive is no page."""
    with pytest.raises(PageTooLarge, match=f"at most {MAX_COMMENTS} comments"):
        comments_of([Draft("x")] * (MAX_COMMENTS + 1))


HOSTILE = {
    "headings and headers in turn": "Comments (1)\nx says:\n" * 5_000,
    "quote marks within quote marks": "> " * 20_000 + "Ann says:\nx\n",
    "indented ever deeper": "".join(f"{' ' * at}x{at} says:\n{' ' * at}y\n" for at in range(800)),
    "one line of a megabyte": "a" * 1_000_000,
    "colons": ":" * 300_000,
    "brackets in Markdown": "# a\n\n[a](http://b.example)\n\n" + "[" * 300_000,
    "stars in Markdown": "# a\n\n[a](http://b.example)\n\n" + "**a *b " * 40_000,
    "open fences": "# a\n\n[a](http://b.example)\n\n" + "```\n" * 20_000,
    "dates": "3 May 2014 " * 30_000,
    "prepositions": "vor il y a hace " * 20_000,
    "entities": "&amp;" * 100_000,
    "entities in entities": "&" + "amp;" * 200_000,
    "loose accents": "e" + "\u0301" * 200_000,
    "directions": "\u202e\u200f" * 100_000,
    "words for more": "load more comments " * 20_000,
    "mojibake": "câ€™est Ã©Ã©Ã© " * 20_000,
    "tree drawings": "│ ├── " * 40_000,
    "dotted numbers": "1." * 100_000 + " Ann (3 May 2014)\nx\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_time(name: str):
    """What would take minutes in quadratic time is read or refused in seconds."""
    try:
        page = parse_page(f"{HEAD}{HOSTILE[name]}\n".encode(), content_type="text/plain")
    except (NoCommentsFound, UnreadablePage):
        return
    assert page.comments


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 5_000 + "deep",
        "<b><i>" * 2_500 + "</b></i>" * 2_500,
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><p>&b;&b;</p>",
        "<p>&amp;" * 20_000,
        "<p>\x00some words of text\x00</p>" * 100,
        "<ul><li>" * 1_000,
        "<table><tr><td>" * 1_000,
        "<!--" * 50_000,
        "<a " + "a=b " * 1_900 + ">",
        "<![CDATA[" * 20_000,
        "<script>" + "<" * 200_000,
    ],
)
def test_hostile_markup_is_read_or_refused(markup: str):
    """Depth, overlap, entity bombs and NUL bytes end in a page or in one clear error."""
    page = (
        "<!doctype html><title>Crane falls</title><ol class=commentlist>"
        "<li class=comment id=comment-1><cite class=fn>Ann</cite><p>It was the wind.</p></li></ol>"
    )
    try:
        found = parse_page((page + markup).encode(), content_type="text/html")
    except UnreadablePage:
        return
    assert found.comments[0].author == "Ann"
