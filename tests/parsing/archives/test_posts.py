"""Posts of a thread in any order become comments with their parents before them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.parsing.archives.posts import Post, comments_of, safe_id

_BEGIN = datetime(2015, 3, 1, tzinfo=UTC)


def _ids(*posts: Post) -> list[tuple[str, str | None]]:
    return [(comment.id, comment.reply_to) for comment in comments_of(posts)]


def test_a_comment_before_its_parent_is_moved_behind_it():
    """Without times the archive's order counts, but no answer comes before what it answers."""
    assert _ids(
        Post("2", "answer", parent="1"), Post("0", "first"), Post("1", "asked"), Post("3", "last")
    ) == [("0", None), ("1", None), ("2", "1"), ("3", None)]


def test_times_order_a_thread_where_all_are_known():
    """The archive's order does not matter then."""
    late = Post("1", "late", created_at=_BEGIN + timedelta(hours=1))
    early = Post("2", "early", created_at=_BEGIN)

    assert _ids(late, early) == [("2", None), ("1", None)]


def test_an_orphan_answers_the_article():
    """A parent that is not there is no parent."""
    assert _ids(Post("1", "hm", parent="0")) == [("1", None)]


def test_what_answers_a_deleted_comment_answers_the_next_above():
    """Deleted comments are left out, and chains of them are passed over."""
    assert _ids(
        Post("1", "asked"),
        Post("2", None, parent="1"),
        Post("3", None, parent="2"),
        Post("4", "answer", parent="3"),
        Post("5", "answer too", parent="3"),
        Post("6", "to one deleted at the top", parent="7"),
        Post("7", None),
    ) == [("1", None), ("4", "1"), ("5", "1"), ("6", None)]


def test_circles_are_cut_at_their_first_comment():
    """Comments that answer each other are kept, the first as an answer to the article."""
    assert _ids(
        Post("9", "hangs on", parent="2"),
        Post("1", "a", parent="2"),
        Post("2", "b", parent="1"),
        Post("3", "itself", parent="3"),
    ) == [("1", None), ("2", "1"), ("9", "2"), ("3", None)]


def test_an_id_counts_once_and_the_words_win():
    """A scrape made after a deletion does not take away the words of one before."""
    (comment,) = comments_of([Post("1", None), Post("1", "words"), Post("1", "other words")])

    assert comment.text == "words"


def test_a_chain_as_long_as_the_thread_is_no_trouble():
    """Nothing recurses, forwards or backwards, with comments there or gone."""
    count = 20_000
    chain = [Post(str(n), "x", parent=str(n - 1)) for n in range(count)]
    gone = [Post(str(n), None, parent=str(n - 1)) for n in range(1, count)]

    assert len(comments_of(chain)) == count
    assert len(comments_of(reversed(chain))) == count
    assert [
        each.reply_to
        for each in comments_of([*gone, Post("0", "x"), Post("end", "x", parent=str(count - 1))])
    ] == [None, "0"]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 9),
            st.none() | st.integers(0, 12),
            st.booleans(),
            st.none() | st.integers(0, 5),
        ),
        max_size=14,
    )
)
def test_any_posts_make_a_page_without_contradictions(rows):
    """Whatever refers to whatever: all that has words is there, each behind its parent."""
    posts = [
        Post(
            str(id_),
            "words" if there else None,
            parent=None if parent is None else str(parent),
            created_at=None if minute is None else _BEGIN + timedelta(minutes=minute),
        )
        for id_, parent, there, minute in rows
    ]

    comments = comments_of(posts)

    assert {comment.id for comment in comments} == {post.id for post in posts if post.text}
    seen: set[str] = set()
    for comment in comments:
        assert comment.reply_to is None or comment.reply_to in seen
        seen.add(comment.id)


@given(st.text())
def test_any_id_becomes_one_that_a_page_may_have(value):
    """Controls and blanks go, length is bounded, and nothing changes when done twice."""
    id_ = safe_id(value)

    assert len(id_) <= 200
    assert safe_id(id_) == id_
