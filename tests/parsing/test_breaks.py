"""Promises about articles whose paragraphs are divided by breaks alone."""

from __future__ import annotations

import pytest

from app.parsing.page import explain_page

LINES = [
    "The crane fell into the old basin on Monday night, while it was being moved along the quay.",
    "The port company says that a bolt gave way, and that nobody had been told to look at it.",
    "The union answers that nobody has checked any of the bolts since the spring of last year.",
    "Divers will look for the hook tomorrow, if the weather lets them into the water at all.",
]


@pytest.mark.parametrize("tag", ["div", "td", "center"])
@pytest.mark.parametrize("division", ["<br>", "<br><br>", "<br /> <br />", "\n<br>\n<br>\n<br>\n"])
def test_every_paragraph_between_breaks_is_read(tag: str, division: str):
    """The first as well as the last, with what is emphasised or linked inside."""
    lines = [line.replace("bolt", "<a href=/b>bolt</a>") for line in LINES]
    html = f"<{tag} class=entry>{division.join(lines)}</{tag}>"
    if tag == "td":
        html = f"<table><tr><td class=menu>Home</td>{html}</tr></table>"
    page, _ = explain_page(f"<body><h1>The crane</h1>{html}".encode(), content_type="text/html")
    assert page.article.text == "\n\n".join(LINES)


def test_single_breaks_beside_double_ones_lose_no_line():
    """A verse is read line by line where two breaks part it from the next."""
    html = f"{LINES[0]}<br>{LINES[1]}<br><br>{LINES[2]}<br>{LINES[3]}"
    page, _ = explain_page(f"<body><div>{html}</div>".encode(), content_type="text/html")
    assert page.article.text == "\n\n".join(LINES)


def test_blocks_between_breaks_stay_where_they_are():
    """Lists and quotations are no part of the paragraphs around them."""
    html = f"{LINES[0]}<br><br>{LINES[1]}<ul><li>{LINES[2]}</li></ul>{LINES[3]}"
    page, _ = explain_page(f"<body><div>{html}</div>".encode(), content_type="text/html")
    places = [page.article.text.index(line[:40]) for line in LINES]
    assert places == sorted(places)


def test_thousands_of_breaks_are_survived():
    """Also where they are nested in elements that hold prose of their own."""
    html = "<div>" + "<br>".join([LINES[0]] * 3)
    body = html * 150 + "word<br>" * 5_000
    page, _ = explain_page(f"<body>{body}".encode(), content_type="text/html")
    assert LINES[0] in page.article.text
