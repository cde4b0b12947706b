"""Promises about known comment systems: each is read back with authors, texts and answers.

The pages in `saved/` say the same five posts in the markup of each system; they were written for
these tests, with the ranks, votes, buttons and signatures that such systems put around posts.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.parsing import markup
from app.parsing.platforms import PLATFORMS

SAVED = Path(__file__).parent / "saved"
POSTS = (
    ("Marta K.", "Who signed off on the bolts?\nNobody had checked them since the strike.", None),
    ("joe_harbour", "The contractor did, as always. I was there when they came.", 0),
    ("Ann O'Neil", "Do you have a source for that?", 1),
    ("Łukasz", "My cousin says that the wind was far too strong that night.", 0),
    ("harbour-rat", "It was not the wind. Cranes stand in wind all year long.", None),
)
ARTICLE = (
    "A crane fell into the old basin on Monday night while it was being moved.\n\n"
    "Nobody was hurt, the harbour said, but the quay will stay closed until the wreck is out."
)
NESTED = ("twenty_ten blogger_threads drupal_6 drupal_8 spip hacker_news reddit huffpost").split()
FLAT = "kubrick thesis blogger_old movable_type_2 movable_type_3 typepad disqus".split()
FORUMS = (
    "phpbb_3 phpbb_2 vbulletin_3 vbulletin_4 xenforo_1 xenforo_2 smf_2 mybb ip_board_3 invision_4"
    " discourse github vbulletin_5"
).split()
NEED_RULES = frozenset({"reddit", "phpbb_2", "github", "vbulletin_5"})
"""Texts within forms, facts about authors in the posts, and rows of a table without names."""


def saved(name: str) -> str:
    """Return a saved page."""
    return (SAVED / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "without"),
    [
        (name, without)
        for name in (*NESTED, *FLAT)
        for without in ("", "*")
        if not (without and name in NEED_RULES)
    ],
)
def test_comments_under_an_article_come_back(name: str, without: str):
    """Authors, texts and answers come back, with the platform's rules and by the detector alone."""
    reading = markup.read(saved(name), without={without})
    assert [(draft.author, draft.text) for draft in reading.drafts] == [
        (author, text) for author, text, _ in POSTS
    ]
    parents = [None if name in FLAT else parent for _, _, parent in POSTS]
    assert [draft.parent for draft in reading.drafts] == parents
    assert (reading.article.title, reading.article.text) == ("Crane falls", ARTICLE)


@pytest.mark.parametrize("name", FORUMS)
def test_threads_of_forums_come_back(name: str):
    """The first post is the article, the others are its comments; signatures are left out."""
    reading = markup.read(saved(name))
    assert [(draft.author, draft.text) for draft in reading.drafts] == [
        (author, text) for author, text, _ in POSTS[1:]
    ]
    article = reading.article
    assert (article.title, article.author) == ("Crane falls", POSTS[0][0])
    assert article.text == POSTS[0][1].replace("\n", "\n\n")


@pytest.mark.parametrize("name", sorted(set(FORUMS) - NEED_RULES))
def test_threads_of_forums_are_found_without_rules(name: str):
    """The detector alone finds nearly all posts of a forum with their authors."""
    reading = markup.read(saved(name), without={"*"})
    found = {(draft.author, draft.text) for draft in reading.drafts}
    assert len(found & {(author, text) for author, text, _ in POSTS}) >= 4


def test_descriptions_say_where_they_were_seen():
    """Every description has a name of its own and says where the markup was seen."""
    assert len({platform.name for platform in PLATFORMS}) == len(PLATFORMS)
    assert all(platform.seen_on and platform.comment for platform in PLATFORMS)
