"""Threads laid flat, and which comments are wanted of them."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.domain.mined import MinedComment, MinedPage, ModelIdentity
from app.domain.page import Article, Comment
from app.domain.stance import Label
from app.web.site.thread import cut_article, lay_out
from app.web.site.wanted import Wanted, choose, neighbours_of
from tests.fakes import stance_of


def page_of(parents: list[int | None], *, text: str = "") -> MinedPage:
    """Return a page whose comments answer those at these positions, if any."""
    return MinedPage(
        Article("A fire", text),
        tuple(
            MinedComment(
                Comment(f"c{at}", "Hm.", reply_to=None if parent is None else f"c{parent}"),
                stance_of(Label.COMMENT),
            )
            for at, parent in enumerate(parents)
        ),
        actors=(),
        hypotheses=(),
        account=None,
        event=None,
        model=ModelIdentity("none", "0"),
        mined_at=datetime(2025, 3, 2, tzinfo=UTC),
    )


@st.composite
def threads(draw) -> list[int | None]:
    """Draw what each comment answers: one before it, or the article."""
    count = draw(st.integers(0, 25))
    return [draw(st.none() | st.integers(0, at - 1)) if at else None for at in range(count)]


@given(threads())
def test_every_comment_stands_once_right_below_what_it_answers(parents):
    """What follows a comment, as many as it has below it, are its answers and theirs."""
    mined = page_of(parents)
    posts = lay_out(mined, choose(mined, Wanted()))

    assert sorted(post.number for post in posts) == list(range(1, len(parents) + 1))
    for at, post in enumerate(posts):
        below = {each.number for each in posts[at + 1 : at + 1 + post.replies]}
        assert below == descendants(parents, post.number - 1)


def descendants(parents: list[int | None], position: int) -> set[int]:
    """Return the numbers of all that answer a comment, or answer what does."""
    found: set[int] = set()
    for at, parent in enumerate(parents):
        if parent == position or (parent is not None and parent + 1 in found):
            found.add(at + 1)
    return found


@given(threads())
def test_in_page_order_nothing_moves(parents):
    """The page's own order is there for whoever asks for it."""
    posts = lay_out(page_of(parents), set(), in_page_order=True)

    assert [post.number for post in posts] == list(range(1, len(parents) + 1))
    assert not any(post.shown for post in posts)


def test_near_a_comment_are_those_it_answers_and_that_answer_it():
    """Its neighbourhood is one step wide; what has nothing to do with it stays away."""
    mined = page_of([None, 0, 1, 1, None])

    assert neighbours_of(mined, "c1") == {"c0", "c1", "c2", "c3"}
    assert neighbours_of(mined, "nobody") == frozenset()


def test_an_article_is_cut_into_its_paragraphs():
    """Blank lines part paragraphs, and empty ones are none."""
    paragraphs = cut_article(page_of([], text="It burned.\n\n\n\nNobody was hurt.\n\n"))

    assert ["".join(piece.text for piece in each).strip() for each in paragraphs] == [
        "It burned.",
        "Nobody was hurt.",
    ]
