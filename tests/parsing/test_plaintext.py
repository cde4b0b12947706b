"""Promises about pages of text: every convention is read, and nothing else becomes a comment."""

from __future__ import annotations

import json
import textwrap
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.page import CommentKind, ReplyLink
from app.parsing import parse_page
from tests.parsing.renderings import FEET, FLAT, HEADINGS, NESTED, Post, write_page

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.page import Page

TITLE = "Crane falls into harbour basin"
ARTICLE = (
    "A loading crane fell into the old basin on Monday night while it was being moved.\n"
    "The port company says that a bolt gave way. The union says that nobody had looked at the bolts"
    " since the spring, and that the night shift had been told to hurry.\n"
    "Nobody was hurt, and the basin stays closed until the wreck is lifted."
)
_AUTHORS = st.sampled_from(
    "Marta K.|old_docker|anand|Dr. J. Weiss|T O’Neill|Kees (Rotterdam)|[deleted]|quay 7|Ann-Sofie"
    "|D. Ashworth, rigger (ret.)|мария|lost & found|LT Nixon|2/O Brandt|night watch, pier 2".split(
        "|"
    )
)
_SENTENCES = st.sampled_from(
    "I saw it go down, and nobody had checked anything.|That is what the company always says!"
    "|Who signed for the bolts?|It wasn't the night shift, it was the office.|No."
    "|They moved it in that wind; what did they expect…|I don't believe a word: show us the log."
    "|> a bolt gave way|My cousin works there. He says it was “an accident”, of course."
    "|If the union is right then somebody has to go – and not the crane driver this time."
    "|Let us wait for the report before we hang anybody.|😂|exactly this".split("|")
)
_TEXTS = st.lists(
    st.lists(_SENTENCES, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=3
)
_FORMATS = st.sampled_from(
    [
        "%d %B %Y at %H:%M",
        "%B %d, %Y at %I:%M %p",
        "%Y-%m-%d %H:%M",
        "%d.%m.%Y",
        "%a %d %b %Y, %H:%M",
    ]
)


@st.composite
def threads(draw: st.DrawFn, *, nested: bool = False) -> list[Post]:
    """Draw five to ten comments; the first answers the article."""
    count = draw(st.integers(5, 10))
    form = draw(_FORMATS)
    start = datetime(2014, 3, 14, 9, 5, tzinfo=UTC)
    posts: list[Post] = []
    path: list[int] = []
    for at in range(count):
        depth = draw(st.integers(0, len(path))) if nested else 0
        path = path[:depth]
        text = "\n".join(draw(_TEXTS)).lstrip("> ")
        posts.append(
            Post(
                author=draw(_AUTHORS) + (f" {at}" if nested else ""),
                text=text if len(text) > 4 else f"{text} And again.",
                date=(start + timedelta(minutes=17 * at)).strftime(form),
                parent=path[-1] if path else None,
            )
        )
        path.append(at)
    return posts


def read_text(text: str) -> Page:
    """Read a page of text."""
    return parse_page(text.encode(), content_type="text/plain")


def flatten(text: str) -> str:
    """Return `text` with its white space collapsed, as far as wrapping may change it."""
    return " ".join(text.split())


@pytest.mark.parametrize("form", FLAT)
@settings(max_examples=8)
@given(posts=threads(), heading=st.sampled_from(HEADINGS), foot=st.sampled_from(FEET))
def test_every_convention_is_read_back(form: str, posts: list[Post], heading: str, foot: str):
    """Every comment and author comes back, in order, whatever stands around them."""
    if form in {"#N NAME", "NAME: text", "rules between"} and heading == HEADINGS[0]:
        heading = HEADINGS[1]
    page = read_text(write_page(TITLE, ARTICLE, FLAT[form](posts), heading=heading, foot=foot))
    assert [(c.author, flatten(c.text)) for c in page.comments] == [
        (post.author, flatten(post.text)) for post in posts
    ]
    assert page.article.title == TITLE
    assert page.article.text == ARTICLE.replace("\n", "\n\n")
    assert all(comment.reply_to is None for comment in page.comments)


@pytest.mark.parametrize("form", NESTED)
@settings(max_examples=8)
@given(posts=threads(nested=True), foot=st.sampled_from(FEET))
def test_nested_conventions_give_parents(form: str, posts: list[Post], foot: str):
    """Where the form shows who answers whom, `reply_to` says so, by markup."""
    page = read_text(
        write_page(TITLE, ARTICLE, NESTED[form](posts), heading=HEADINGS[1], foot=foot)
    )
    assert [(c.author, flatten(c.text)) for c in page.comments] == [
        (post.author, flatten(post.text)) for post in posts
    ]
    assert [comment.reply_to for comment in page.comments] == [
        None if post.parent is None else f"c{post.parent + 1}" for post in posts
    ]
    assert {c.reply_link for c in page.comments if c.reply_to} <= {ReplyLink.MARKUP}


@pytest.mark.parametrize("form", ["Posted by, apart", "Author and Date fields", "<NAME> text"])
def test_neither_a_label_nor_half_a_sentence_is_an_author(form: str):
    """However often a comment has a sentence with a colon, nobody is called "Posted by"."""
    text = "I saw it go down, and nobody had checked anything.\nI don't believe a word: show us."
    posts = [
        Post(author="Marta K.", text=text, date=f"14 March 2014 at 09:{10 + at}", parent=None)
        for at in range(5)
    ]
    page = read_text(
        write_page(TITLE, ARTICLE, FLAT[form](posts), heading=HEADINGS[0], foot=FEET[0])
    )
    assert [(own.author, flatten(own.text)) for own in page.comments] == [
        (post.author, flatten(post.text)) for post in posts
    ]


def test_an_author_who_answers_readers_is_an_author():
    """Who is called what a label is called, and says sentences, is taken for somebody."""
    said = [
        ("Reader", "How long did you write?"),
        ("Author", "About two years, and then some more."),
        ("Reader", "Did you talk to the crane driver?"),
        ("Author", "Yes."),
        ("Reader", "What did he say about the bolts, and about those who signed for them?"),
        ("Author", "That nobody had looked at them since spring."),
    ]
    page = read_text("\n\n".join([TITLE, ARTICLE, *(f"{name}: {text}" for name, text in said)]))
    assert [(own.author, own.text) for own in page.comments] == said


def test_a_name_may_be_many_small_words():
    """Somebody is called "was on that gang till xmas"."""
    said = [
        ("Tariq M.", "Has anybody said which bolt it was?"),
        ("was on that gang till xmas", "The drawings were from 1974, and nobody looked."),
        ("quay 7", "That is what the company always says!"),
        ("Marta K.", "I don't believe a word: show us the log."),
    ]
    page = read_text("\n\n".join([TITLE, ARTICLE, *(f"{name}: {text}" for name, text in said)]))
    assert [(own.author, own.text) for own in page.comments] == said


def test_paragraphs_of_a_comment_are_lines():
    """A comment's paragraphs are parted by one line break, wrapped lines are joined again."""
    first = (
        "The bolts were new in spring, and whoever says that they were not is talking about the"
        " other crane, which has been standing idle for years and should have been sold long ago."
    )
    second = (
        "You would say that, since it was your own brother in law who sold them to the port, and at"
        " a price that everybody down here remembers to this day, believe me or not."
    )
    page = read_text(
        f"{TITLE}\n\n{ARTICLE}\n\n\nAnn wrote on 3 May 2014:\n{textwrap.fill(first, 68)}"
        "\n\nSo there.\n\n"
        f"Bob wrote on 4 May 2014:\n{textwrap.fill(second, 68)}\n"
    )
    assert [comment.text for comment in page.comments] == [f"{first}\nSo there.", second]
    assert page.comments[1].created_at == datetime(2014, 5, 4, tzinfo=UTC)


def test_quotes_stay_in_the_comment():
    """A quoted block stays part of the text, with its marks."""
    page = read_text(
        f"{TITLE}\n\n{ARTICLE}\n\n\n"
        "Ann says:\n> a bolt gave way\nWhich bolt?\n\nBob says:\nAll of them.\n"
    )
    assert page.comments[0].text == "> a bolt gave way\nWhich bolt?"


def test_a_quoted_header_is_no_comment():
    """A header inside quote marks belongs to the comment that quotes it."""
    page = read_text(
        f"{TITLE}\n\n{ARTICLE}\n\n\nAnn wrote:\nIt was the office.\n\nBob wrote:\n> Ann wrote:\n"
        "> It was the office.\nNot again.\n\nCem wrote:\nAgain.\n"
    )
    assert [comment.author for comment in page.comments] == ["Ann", "Bob", "Cem"]


def test_notices_of_links_are_pingbacks():
    """Trackbacks are of kind pingback, however they say so."""
    page = read_text(
        f"{TITLE}\n\n{ARTICLE}\n\n\n  • Ann says:\n\n    It was the wind.\n\n"
        "  • Harbour Notes says:\n\n    The Monday Log has linked to this post in its round-up.\n\n"
        "  • Quayside says:\n\n    […] reads the crane story against the weather records […]\n\n"
        "  • Pingback: A week of cranes | Basin Blog\n\n"
        "  • Bob says:\n\n    I linked arms with my crew.\n"
    )
    kinds = [comment.kind for comment in page.comments]
    assert kinds == [CommentKind.COMMENT, *[CommentKind.PINGBACK] * 3, CommentKind.COMMENT]


def test_what_stands_around_the_article_is_left_out():
    """Biography, appeal, tags and buttons under an article are no part of it; its byline is."""
    page = read_text(
        f"# {TITLE}\n\nBy Jane Doe\n12 May 2014\n\n{ARTICLE}\n\n"
        "Jane Doe is a reporter for the Gazette.\n\n"
        "Do you read us every day? Please make a donation, it is tax-deductible.\n\nTags: ,\n\n"
        "Share this: Print\n\n2 comments\n\nAnn says:\nIt was the wind.\n\nBob says:\nIt was not.\n"
    )
    assert page.article.text == ARTICLE.replace("\n", "\n\n")
    assert page.article.author == "Jane Doe"
    assert page.article.published_at == datetime(2014, 5, 12, tzinfo=UTC)
    assert len(page.comments) == 2


def test_a_single_comment_is_enough_under_a_heading():
    """One comment that a heading announces is read."""
    page = read_text(f"{TITLE}\n\n{ARTICLE}\n\nComments (1)\n\nAnn, 3 May 2014\nIt was the wind.\n")
    assert [(c.author, c.text) for c in page.comments] == [("Ann", "It was the wind.")]


def test_comments_of_no_known_form_are_read_under_a_heading():
    """Under a heading, blocks are comments even where nobody is named."""
    page = read_text(
        f"{TITLE}\n\n{ARTICLE}\n\n3 comments\n\nIt was the wind.\n\nIt was not.\n\nOh yes it was!\n"
    )
    assert [comment.text for comment in page.comments] == [
        "It was the wind.",
        "It was not.",
        "Oh yes it was!",
    ]


def test_the_first_page_of_the_project_is_read_whole(shared: Path):
    """The page this project began with gives its nine comments, with authors, texts and kinds."""
    page = parse_page((shared / "pages/amarah.txt").read_bytes(), content_type="text/plain")
    gold = json.loads((shared / "pages/amarah.json").read_text())
    assert [(c.author, c.text) for c in page.comments] == [
        (c["author"], c["text"]) for c in gold["comments"]
    ]
    assert [c.id for c in page.comments if c.kind is CommentKind.PINGBACK] == ["c7"]
    assert gold["article"].startswith(page.article.text)
    assert page.article.text.endswith("providing for their security.”")


@pytest.mark.parametrize("form", FLAT)
def test_written_pages_come_back(form: str, shared: Path):
    """Pages with real variety of names and wording come back almost without a loss."""
    found = wanted = 0
    for path in sorted((shared / "pages/train").glob("*.json"))[::47]:
        gold = json.loads(path.read_text())
        posts = [
            Post(c["author"], c["text"], f"{1 + at % 28} May 2014 at 10:{at % 60:02}")
            for at, c in enumerate(gold["comments"])
        ]
        page = read_text(
            write_page(
                gold["title"], gold["article"], FLAT[form](posts), heading=HEADINGS[1], foot=FEET[1]
            )
        )
        read = {(comment.author, flatten(comment.text)) for comment in page.comments}
        wanted += len(posts)
        found += sum((post.author, flatten(post.text)) in read for post in posts)
    assert found >= 0.98 * wanted
