"""Pages refuse what contradicts itself, and say what and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.page import Article, Comment, NamedActor, Page, Span
from app.errors import InvalidPage


def page(*replies):
    """Return a page whose comments c0, c1 … answer the comment of that number, or nothing."""
    return Page(
        Article(),
        tuple(
            Comment(f"c{at}", "text", reply_to=None if to is None else f"c{to}")
            for at, to in enumerate(replies)
        ),
    )


def test_an_id_twice_is_refused():
    """Two comments of one id are refused, with the id and the place of the second."""
    with pytest.raises(InvalidPage, match="'a' again at 1"):
        Page(Article(), (Comment("a", "one"), Comment("a", "two")))


def test_an_empty_id_is_refused():
    """A comment or an actor without an id is refused."""
    with pytest.raises(InvalidPage, match="comment id that is not empty"):
        Page(Article(), (Comment("", "one"),))
    with pytest.raises(InvalidPage, match="actor id that is not empty"):
        Page(Article(), actors=(NamedActor("", "X"),))


def test_an_actor_twice_is_refused():
    """Two actors of one id are refused."""
    with pytest.raises(InvalidPage, match="actor id once"):
        Page(Article(), actors=(NamedActor("x", "X"), NamedActor("x", "Y")))


def test_a_reply_to_nothing_is_refused():
    """A reply must answer a comment of the page; the refusal names both."""
    with pytest.raises(InvalidPage, match=r"reply_to of comment 'c0' .* got 'c7'"):
        page(7)


@pytest.mark.parametrize("replies", [(0,), (1, 0), (None, 2, 3, 1)])
def test_replies_in_a_circle_are_refused(replies):
    """A comment that answers itself, at once or through others, is refused."""
    with pytest.raises(InvalidPage, match="without a circle"):
        page(*replies)


def test_a_circle_of_ten_thousand_is_refused():
    """Circles are found at any length, and named in a short message."""
    size = 10_000

    with pytest.raises(InvalidPage) as refusal:
        page(*[(at + 1) % size for at in range(size)])

    assert len(str(refusal.value)) < 500


@given(st.data())
def test_any_forest_of_replies_is_a_page(data):
    """Replies without a circle are accepted in any order on the page."""
    size = data.draw(st.integers(0, 12))
    order = data.draw(st.permutations(range(size)))
    comments = [
        Comment(
            f"c{at}",
            "text",
            reply_to=data.draw(st.none() | st.sampled_from([f"c{up}" for up in range(at)]))
            if at
            else None,
        )
        for at in range(size)
    ]

    built = Page(Article(), tuple(comments[at] for at in order))

    assert list(built.comment_by_id()) == [f"c{at}" for at in order]


def test_a_chain_of_ten_thousand_replies_is_a_page():
    """The depth of replies has no limit."""
    built = page(None, *range(9_999))

    assert built.comments[-1].reply_to == "c9998"


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_runs_forward(start, end):
    """A span begins at zero or later and ends no earlier than it begins."""
    with pytest.raises(ValueError, match="0 <= start <= end"):
        Span(start, end)


def test_a_span_covers_code_points():
    """Offsets of a span count code points, an emoji being one."""
    assert Span(2, 4).text_of("a👍bc!") == "bc"
