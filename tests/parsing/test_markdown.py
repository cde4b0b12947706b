"""Promises about pages in Markdown: read as they would be seen, not as they were typed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.parsing import parse_page
from app.parsing.lines import read_line
from app.parsing.markdown import is_markdown, read_lines
from tests.parsing.renderings import NESTED, Post

PAGE = """---
title: Crane falls
author: Jane Doe
date: 2014-05-12
---

A crane **fell** into the [old basin](http://a.example/b). Nobody was *hurt*.

## 3 comments

### [Ann](http://ann.example) — 3 May 2014

It was the **wind**, see [here](http://x.example) and `bolt_7`. \\*Really\\*!

> quoted *text*

```
Bob says:
x = [1](2)
```

### Bob\\_K — 4 May 2014

I don't [believe it][1]. ![smile](a.png)![😀](b.png) <http://auto.example> Two<br>lines.

### snake_case_name — 5 May 2014

2 * 3 * 4 and file_name_here stay.

[1]: http://ref.example
"""


def test_markup_is_resolved():
    """Links, emphasis, code, escapes, pictures and breaks come out as they would be seen."""
    page = parse_page(PAGE.encode(), content_type="text/markdown")
    assert page.article.title == "Crane falls"
    assert page.article.author == "Jane Doe"
    assert page.article.published_at == datetime(2014, 5, 12, tzinfo=UTC)
    assert page.article.text == "A crane fell into the old basin. Nobody was hurt."
    assert [(comment.author, comment.text) for comment in page.comments] == [
        (
            "Ann",
            (
                "It was the wind, see here (http://x.example) and bolt_7. *Really*!\n"
                "> quoted text\nBob says:\nx = [1](2)"
            ),
        ),
        ("Bob_K", "I don't believe it. 😀 http://auto.example Two\nlines."),
        ("snake_case_name", "2 * 3 * 4 and file_name_here stay."),
    ]


HEADERS = {
    "bold name": "**NAME** (3 May 2014): TEXT",
    "bold, colon within": "**NAME:** TEXT",
    "bullet, bold name": "- **NAME** — 3 May 2014\n\n  TEXT",
    "number, bold name": "1. **NAME** said:\n\n   TEXT",
    "linked name": "[NAME](http://a.example/u/7) wrote on 3 May 2014:\n\nTEXT",
    "bold linked name": "**[NAME](http://a.example/u/7)** commented 3 days ago\n\nTEXT",
    "heading": "#### NAME\n\nTEXT",
    "heading, closed": "### NAME · 3 May 2014 ###\n\nTEXT",
    "italic byline": "TEXT\n\n*— NAME, 3 May 2014*",
    "quoted": "> **NAME** wrote:\n>\n> TEXT",
}


@pytest.mark.parametrize("header", HEADERS)
def test_headers_in_markdown_are_read(header: str):
    """Names may be bold, linked, in headings, bullets, numbers and quotations."""
    posts = [
        ("Ann-Sofie", "It was the *wind*."),
        ("quay 7", "No wind."),
        ("Ü. Özil", "See [b](/b)."),
    ]
    comments = "\n\n".join(
        HEADERS[header].replace("NAME", name).replace("TEXT", text) for name, text in posts
    )
    page = parse_page(
        f"# Crane falls\n\nA [crane](/c) fell.\n\n## Comments\n\n{comments}\n".encode()
    )
    assert [comment.author for comment in page.comments] == [name for name, _ in posts]
    assert [comment.text for comment in page.comments] == ["It was the wind.", "No wind.", "See b."]


@pytest.mark.parametrize("form", ["indented bullets", "quote marks"])
def test_nesting_in_markdown_gives_parents(form: str):
    """Nested lists and quotations say who answers whom."""
    posts = [Post("Ann", "*Wind*.", "3 May 2014"), Post("Bob", "[No](/n).", "4 May 2014", 0)]
    page = parse_page(
        f"# Crane falls\n\nA [crane](/c) fell.\n\n## Comments\n\n{NESTED[form](posts)}\n".encode()
    )
    assert [(comment.text, comment.reply_to) for comment in page.comments] == [
        ("Wind.", None),
        ("No.", "c1"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ann says:\n*sigh* it_was_the wind **again**\n\nBob says:\n#1 fan\n",
        "5 * 3 * 2\n\n> quoted\n\n- a list\n",
        "C:\\new_\\dir [1] (see below)\n",
    ],
)
def test_plain_text_is_not_taken_for_markdown(text: str):
    """A star or a bracket in plain text is what somebody typed, and stays."""
    assert not is_markdown(text)


@pytest.mark.parametrize("said", ["No.", "😂", "exactly", "Why?", "#1"])
def test_a_short_comment_behind_a_name_in_brackets_is_no_link(said: str):
    """Only what looks like an address is what a link in brackets leads to."""
    page = f"{PAGE}[2]: /bolts.html\n[deleted]: {said}"
    rows = [line.raw for line in read_lines(page)]
    assert rows[-1] == f"[deleted]: {said}"
    assert not any("bolts.html" in row for row in rows)


_PIECES = [*"*_`[]()<>!\\#-~=| \nab1&;:", "](http://", "```", "**"]


@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
@settings(max_examples=300)
def test_any_markdown_is_read(text: str):
    """No mixture of marks makes the reader stumble, and every line is whole."""
    for line in read_lines(text):
        assert "\n" not in line.raw
        assert line.blank == (not line.words)


@given(st.text(alphabet="abc 123.,;:?'\"äß漢"))
def test_a_line_without_markup_is_read_as_text(text: str):
    """What marks up nothing is read as a plain line."""
    assert read_lines(text) == [read_line(text)]
