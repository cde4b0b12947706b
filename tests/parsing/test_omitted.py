"""Promises about what is told of a text page's reading: the form, its rivals, what was left out."""

from __future__ import annotations

import pytest

from app.parsing import explain_page
from app.parsing.stubs import offers_more

ARTICLE = "Crane falls\n\nA crane fell into the basin.\n\n"


def test_the_form_and_its_rivals_are_told():
    """What was used comes with how much it explains, and what it was weighed against."""
    _, evidence = explain_page(
        f"{ARTICLE}2 comments\n\nAnn wrote on 3 May 2014:\nWind.\n\n"
        "Bob wrote on 4 May 2014:\nNo.\n".encode()
    )
    assert evidence.used
    assert (evidence.used.name, evidence.used.comments, evidence.used.authors) == ("says", 2, 2)
    assert all(rival.score <= evidence.used.score for rival in evidence.rivals)
    assert (evidence.declared, evidence.found, evidence.comments_missing) == (2, 2, None)


def test_lines_that_only_look_like_headers_are_told():
    """A line that has the form, but not the date that all others have, is told with its place."""
    headers = "".join(
        f"Reader {at} wrote on {at} May 2014:\nIt was the wind.\n\n" for at in range(1, 9)
    )
    page, evidence = explain_page(
        f"{ARTICLE}8 comments\n\n{headers}My father wrote:\nLies.\n".encode()
    )
    assert len(page.comments) == 8
    assert [(left.place, left.excerpt) for left in evidence.left_out] == [
        ("line 31", "My father wrote:")
    ]
    assert "lacks" in evidence.left_out[0].reason


def test_what_follows_the_comments_is_told():
    """Whoever misses a last comment sees where the page's foot was seen to begin."""
    _, evidence = explain_page(
        f"{ARTICLE}2 comments\n\nAnn says:\nWind.\n\nBob says:\nNo.\n\nTags: harbour\n".encode()
    )
    assert [left.excerpt for left in evidence.left_out] == ["Tags: harbour"]


@pytest.mark.parametrize(
    ("foot", "missing"),
    [
        ("", "the page says there are 40 comments"),
        ("Load more comments\n", "the page says there are 40 comments"),
    ],
)
def test_comments_that_stand_elsewhere_are_told(foot: str, missing: str):
    """A page that says there are more than it shows is reported, and the button is no text."""
    page, evidence = explain_page(
        f"{ARTICLE}40 comments\n\nAnn says:\nWind.\n\nBob says:\nNo.\n{foot}".encode()
    )
    assert page.comments[-1].text == "No."
    assert evidence.comments_missing == missing


@pytest.mark.parametrize(
    "line",
    [
        "Load more comments",
        "Show 12 more replies",
        "Older comments",
        "Page 1 of 3",
        "Weitere Kommentare anzeigen",
        "Voir plus de commentaires",
        "Ver más comentarios",
        "更多评论",
    ],
)
def test_buttons_for_more_are_known(line: str):
    """What leads to more comments is known in many languages."""
    assert offers_more(line)


@pytest.mark.parametrize("line", ["I want to see more of this.", "More", "All comments are lies"])
def test_sentences_are_no_buttons(line: str):
    """What somebody wrote is no button."""
    assert not offers_more(line)


def test_a_page_without_comments_is_explained():
    """A page in which nothing was found says so without an error."""
    page, evidence = explain_page(b"Crane falls\n\nA crane fell into the basin.\n")
    assert not page.comments
    assert evidence.used is None
