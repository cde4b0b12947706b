"""Promises about pages in other languages than English: headings, headers, buttons, scripts."""

from __future__ import annotations

import pytest

from app.parsing import parse_page
from tests.parsing.languages import LANGUAGES, LAYOUTS, write_comments
from tests.parsing.renderings import Post

TITLE = "Kran im Hafen"
ARTICLE = (
    "A loading crane fell into the old basin on Monday night while it was being moved.\n\n"
    "The port company says that a bolt gave way; nobody was hurt."
)
POSTS = [
    Post(author, text, "")
    for author, text in (
        ("Jürgen Weiß", "Ich habe es fallen sehen, und niemand hatte etwas geprüft."),
        ("Zoë d’Arc", "C’était le vent, dit la compagnie : qui la croit ?"),
        ("José Ñandú", "Nadie revisó los tornillos desde la primavera."),
        ("Мария", "Кто подписал бумаги на болты?\nВот что я хотела бы знать."),
        ("王小明", "没有人检查过。"),
        ("عبد الله", "كانت الريح قوية تلك الليلة."),
        ("Αλέξης Π.", "Όχι πάλι."),
        ("quay_7", "It was the office, it always is."),
        ("יעל", "מי חתם על הברגים?"),
    )
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_layouts_are_read_in_many_languages(language: str, layout: str):
    """Authors, texts and dates come back, and headings, buttons and forms are left out."""
    words = LANGUAGES[language]
    comments = write_comments(layout, words, POSTS)
    page = parse_page(
        f"{TITLE}\n\n{ARTICLE}\n\n{words.heading.replace('TITLE', TITLE)}\n\n{comments}\n\n"
        f"{words.end}\n".encode(),
        content_type="text/plain",
    )
    assert [(c.author, c.text) for c in page.comments] == [(p.author, p.text) for p in POSTS]
    assert page.article.text == ARTICLE
    if layout != "says" and "ago" not in layout:
        assert [comment.created_at.day for comment in page.comments if comment.created_at] == list(
            range(14, 14 + len(POSTS))
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_a_comment_answers_is_read_in_many_languages(language: str):
    """A first line "In reply to NAME:" gives the parent and is no part of the text."""
    words = LANGUAGES[language]
    if "OTHER" in words.replying.split()[0]:
        pytest.skip(f"{language} puts the name first, as a sentence may do")
    answer = Post("Ann", f"{words.replying.replace('OTHER', POSTS[0].author)}\nDoch.", "")
    page = parse_page(
        f"{TITLE}\n\n{ARTICLE}\n\n{words.heading}\n\n"
        f"{write_comments('name, date', words, [*POSTS, answer])}\n".encode(),
        content_type="text/plain",
    )
    assert page.comments[-1].text == "Doch."
    assert page.comments[-1].reply_to == "c1"


def test_marks_of_direction_are_no_part_of_names():
    """Marks that sites put around names in right-to-left pages vanish from header and name."""
    page = parse_page(
        f"{TITLE}\n\n{ARTICLE}\n\n3 תגובות\n\n"
        "\u200f\u202bיעל\u202c\u200f כתב:\nלא.\n\n\u2067עבד אללה\u2069 כתב:\nכן.\n\n"
        "\u200e[12/05/2014, 10:05]\u200e דן כתב:\nאולי.\n".encode()
    )
    assert [comment.author for comment in page.comments] == ["יעל", "עבד אללה", "דן"]


def test_a_name_that_is_a_weekday_elsewhere_stays_whole():
    """What is Saturday in French is a surname behind a first name."""
    page = parse_page(
        f"{TITLE}\n\n{ARTICLE}\n\n2 comments\n\nNtate Sam, 3 May 2014\nIt was the wind.\n\n"
        "Mar, 4 May 2014\nIt was not.\n".encode()
    )
    assert page.comments[0].author == "Ntate Sam"
