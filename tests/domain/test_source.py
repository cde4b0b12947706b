"""What a page is mined from: withholding leaves no trace, and is undone in any order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.page import Article, Comment, Page, ReplyLink
from app.domain.source import Source
from app.errors import NotFound


def chain(length):
    """Return a source in which each comment answers the one before it."""
    answers = (
        Comment(f"c{n}", "B.", None, f"c{n - 1}", ReplyLink.MARKUP) for n in range(1, length)
    )
    return Source(Page(Article(), (Comment("c0", "A."), *answers)))


@given(st.permutations(range(5)), st.permutations(range(5)))
def test_what_was_withheld_can_be_shown_again_in_any_order(hidden, shown):
    """Whatever the order of both, the page ends as it began."""
    before = source = chain(5)
    for n in hidden:
        source = source.withholding(f"c{n}")
    assert source.shown().comments == ()

    for n in shown:
        source = source.showing(f"c{n}")

    assert source == before
    assert source.shown() == before.page


@given(st.sets(st.integers(0, 5)))
def test_replies_answer_the_next_one_above_that_is_shown(hidden):
    """Links lead past what is withheld, as they do past what is removed for good."""
    withheld = removed = chain(6)
    for n in sorted(hidden):
        withheld = withheld.withholding(f"c{n}")
        removed = removed.without(f"c{n}")

    kept = [f"c{n}" for n in range(6) if n not in hidden]
    comments = withheld.shown().comments
    assert [each.id for each in comments] == kept
    assert [each.reply_to for each in comments] == [None, *kept][: len(kept)]
    assert all((each.reply_to is None) == (each.reply_link is None) for each in comments)
    assert removed.shown() == withheld.shown()


def test_a_long_chain_of_withheld_comments_is_walked_once():
    """Ten thousand withheld comments, each answered by a shown one, are no trouble."""
    page = chain(10_000).page
    shown = tuple(Comment(f"s{n}", "S.", None, f"c{n}", ReplyLink.GIVEN) for n in range(10_000))
    source = Source(
        Page(Article(), (*page.comments, *shown)), frozenset(each.id for each in page.comments)
    )

    assert all(each.reply_to is None for each in source.shown().comments)


def test_what_is_not_there_is_not_found():
    """Only shown comments can be edited or withheld, only withheld ones shown."""
    source = chain(2).withholding("c1")
    for wrong in (
        lambda: source.withholding("c1"),
        lambda: source.withholding("x"),
        lambda: source.with_changed("c1", text="x"),
        lambda: source.showing("c0"),
        lambda: source.without("x"),
    ):
        with pytest.raises(NotFound):
            wrong()
