"""Promises about the bundled example pages: they are read whole, each in its own form."""

from __future__ import annotations

from pathlib import Path

from app.domain.page import CommentKind, ReplyLink
from app.parsing import parse_page

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def test_the_text_example_is_read():
    """The text page gives its eighteen comments, and an article without bio, appeal and tags."""
    page = parse_page((EXAMPLES / "missing-rifles.txt").read_bytes())
    assert len(page.comments) == 18
    assert page.comments[0].author == "Dragan"
    assert page.comments[-1].text.endswith("If it turns up he would like the ribbon.")
    assert page.article.text.endswith("would resume.")
    assert sum(comment.kind is CommentKind.PINGBACK for comment in page.comments) == 1


def test_the_html_example_is_read():
    """The HTML page gives its thread, its pingback, and an article of its own."""
    page = parse_page((EXAMPLES / "okribo-oil-spill.html").read_bytes())
    assert len(page.comments) == 22
    assert [c.author for c in page.comments if c.kind is CommentKind.PINGBACK] == [
        "The week in the mangroves | Mangrove Notebook"
    ]
    assert sum(comment.reply_link is ReplyLink.MARKUP for comment in page.comments) == 8
    assert page.article.title == "Delta Crest: oil thieves caused Okribo spill"
    assert all(comment.created_at for comment in page.comments[:21])


def test_the_json_example_is_read():
    """The JSON page is read as given, with the replies that it gives."""
    page = parse_page((EXAMPLES / "exchange-collapse.json").read_bytes())
    assert len(page.comments) == 19
    assert {c.reply_link for c in page.comments} == {None, ReplyLink.GIVEN}
