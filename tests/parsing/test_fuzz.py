"""Promises of the front door under fire: any bytes give a page or one of its errors, in time."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.errors import InputError
from app.parsing import explain_page, parse_page
from app.parsing.markdown import is_markdown
from tests.parsing.fuzz_found import FOUND

_TYPES = st.sampled_from(
    [None, "text/plain", "text/html", "application/json", "text/markdown", "text/html; charset=gbk"]
)
_TEXT_PIECES = st.sampled_from(
    [
        "Ann says:\n", "Ann wrote on 3 May 2014:\n", "Posted by Bob at 10:05\n",
        "Comments (2)\n",
        "2 comments\n", "> ", ">> ", "- ", "• ", "1. ", "1.1 ", "#3 ", "### ",
        "**Ann** ", "**",
        "__",
        "[a](http://a.example)", "```\n", "---\n", "===\n", "\n", "\n\n", "  ", "\t",
        "Reply\n",
        "In reply to Ann:\n", "Ann → Bob · 3h\n", "Tags: a\n", "vor 3 Tagen",
        "2014年5月12日",
        "هذا نص", "\u202e", "\u200f", "\u00a0", "\u2028", "\x0b", "\x1b[31m",
        "&amp;amp;lt;", "Ã©",
        "e\u0301", "😀", "Name: Ann\n", "Date: 3 May\n", "Comment: no\n", "Pingback: x\n",
        "|", "\\",
    ]
)  # fmt: skip
_HTML_PIECES = st.sampled_from(
    [
        "<ol class='commentlist'>", "<li class='comment' id='comment-1'>", "<li>", "</li>", "</ol>",
        "<div class='comment-body'>", "<cite class='fn'>", "Ann", "</cite>", "<p>", "It was you.",
        "</p>", "</div>", "<blockquote>", "<article>", "<h1>", "<table><tr><td>", "<b><i>",
        "</b></i>",
        "<script>", "<!--", "-->", "<![CDATA[", "<?xml version='1.0'?>",
        "<!DOCTYPE x [<!ENTITY a 'b'>]>",
        "&a;", "&#0;", "&#xD800;", "&#1114112;", "\x00", "<div ", "class=", "'", '"', "<", ">",
        "<br>",
        "<script type='application/ld+json'>",
        '{"@type":"Comment","text":"x","author":{}}', "</script>",
        "<div itemscope itemtype='http://schema.org/Comment'>", "<meta charset=utf-16>",
        "<base href=x>",
        "<template>", "<svg><title>", "<math>", "<select><option>", "<textarea>", "<plaintext>",
    ]
)  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["comments", "id", "text", "author", "reply_to", "title", "actors", "x"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


def look_at(data: bytes, content_type: str | None) -> None:
    """Read a page; what comes back must be sound, and only the front door's errors may come."""
    try:
        page, evidence = explain_page(data, content_type=content_type)
    except InputError:
        return
    texts = [page.article.text, page.article.title or "", page.article.author or ""]
    for comment in page.comments:
        assert comment.text.strip()
        texts += [comment.text, comment.author or "", comment.id]
    for text in texts:
        text.encode()  # no half surrogates
        assert "\x00" not in text
        assert unicodedata.is_normalized("NFC", text) or content_type == "application/json"
    assert evidence.found >= 0


@settings(max_examples=100)
@given(st.binary(max_size=400), _TYPES)
def test_any_bytes(data: bytes, content_type: str | None):
    """Bytes without sense are read or refused, never a crash."""
    look_at(data, content_type)


@settings(max_examples=80)
@given(st.lists(_TEXT_PIECES | st.text(max_size=6), max_size=60).map("".join))
@example("2 comments\n\n> Ann says:\n>> x\n")
def test_any_mixture_of_text_conventions(text: str):
    """Headers, marks, quotes and buttons in any order give a page or a refusal."""
    look_at(text.encode("utf-8", "surrogatepass"), "text/plain")


@settings(max_examples=50)
@given(st.lists(_TEXT_PIECES, min_size=1, max_size=30).map("".join))
def test_text_is_read_the_same_twice(text: str):
    """Reading depends on nothing but the text."""
    first = second = None
    try:
        first = parse_page(text.encode(), content_type="text/plain")
        second = parse_page(text.encode(), content_type="text/plain")
    except InputError:
        return
    assert first == second
    assert is_markdown(text) == is_markdown(text)


@settings(max_examples=80)
@given(st.lists(_HTML_PIECES | st.text(max_size=6), max_size=60).map("".join))
def test_any_mixture_of_tags(markup: str):
    """Tags unclosed, overlapping, misplaced or broken off give a page or a refusal."""
    look_at(markup.encode("utf-8", "surrogatepass"), "text/html")


@settings(max_examples=80)
@given(_JSON)
def test_any_json(value: object):
    """Any JSON value gives a page or a refusal that says where."""
    look_at(json.dumps(value).encode(), "application/json")


@pytest.mark.parametrize("name", FOUND)
def test_what_fuzzing_found_stays_mended(name: str):
    """Inputs that once made a reader stumble, each kept as small as it could be made."""
    found = FOUND[name]
    look_at(found.data, found.content_type)
