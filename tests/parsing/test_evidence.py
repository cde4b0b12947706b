"""Promises about how a page's reading is explained."""

from __future__ import annotations

from app.parsing import explain_page
from app.parsing.evidence import excerpt_of


def test_a_page_without_comments_is_explained_not_refused():
    """Where no comment is seen, people get the page and the reason, not an error."""
    page, evidence = explain_page(b"<html><body><h1>T</h1><p>Only an article.</p></body></html>")
    assert page.comments == ()
    assert (evidence.used, evidence.found) == (None, 0)


def test_what_was_used_is_told_with_its_counts():
    """The source that was used says how many comments and authors it gave."""
    page, evidence = explain_page(b"T\n\nAn article.\n\n\nAnn says:\nYes.\n\nBob says:\nNo.\n")
    assert evidence.used is not None
    assert evidence.used.comments == evidence.found == len(page.comments) == 2
    assert evidence.used.authors == 2


def test_excerpts_are_short_lines():
    """An excerpt is one line of at most 60 characters."""
    assert excerpt_of("a\n b") == "a b"
    assert len(excerpt_of("word " * 1_000)) == 60
