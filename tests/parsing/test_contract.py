"""Promises about the contract's JSON: read as given, and refused with the path of what is wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.page import CommentKind, NamedActor, ReplyLink
from app.errors import InputError, InvalidPage, PageTooLarge, UnreadablePage
from app.parsing import parse_comments, parse_page
from app.parsing.drafts import MAX_COMMENTS


def read(page: object):
    """Read a page from what JSON would hold."""
    return parse_page(json.dumps(page).encode(), content_type="application/json")


def test_everything_given_is_kept():
    """Every field of the contract is read as it was given."""
    page = read(
        {
            "url": "https://example.org/1",
            "title": "Crane falls",
            "article": "A crane fell.",
            "published_at": "2014-05-12T08:00:00+02:00",
            "account": "A bolt gave way.",
            "event": "A crane fell.",
            "actors": [
                {"id": "co", "name": "the company", "aliases": ["the port"]},
                {"name": "Ann"},
            ],
            "comments": [
                {"id": "x", "author": "Ann", "text": "No.", "created_at": "2014-05-12T06:30:00Z"},
                {"text": "Yes.", "reply_to": "x"},
                {"text": "Seen.", "reply_to": "x", "reply_link": "inferred", "kind": "pingback"},
            ],
        }
    )
    assert page.article.published_at == datetime(2014, 5, 12, 6, tzinfo=UTC)
    assert (page.account, page.event) == ("A bolt gave way.", "A crane fell.")
    assert page.actors == (NamedActor("co", "the company", ("the port",)), NamedActor("a1", "Ann"))
    assert [comment.id for comment in page.comments] == ["x", "c1", "c2"]
    assert [c.reply_link for c in page.comments] == [None, ReplyLink.GIVEN, ReplyLink.INFERRED]
    assert page.comments[2].kind is CommentKind.PINGBACK
    assert page.comments[0].created_at == datetime(2014, 5, 12, 6, 30, tzinfo=UTC)


def test_comments_may_be_empty_and_null_is_not_given():
    """No comments are no mistake, null is as if absent, no actors differ from none given."""
    page = read({"title": None, "actors": [], "comments": []})
    assert page.comments == ()
    assert page.actors == ()
    assert read({"comments": [{"text": "x", "author": None, "reply_to": None}]}).actors is None


def test_missing_ids_pass_over_given_ones():
    """Filled ids never collide with given ones, and can be answered."""
    page = read(
        {"comments": [{"text": "a"}, {"id": "c1", "text": "b"}, {"text": "c", "reply_to": "c2"}]}
    )
    assert [comment.id for comment in page.comments] == ["c2", "c1", "c3"]
    assert page.comments[2].reply_to == "c2"


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ([], "page: expected an object, got a list"),
        ({}, "comments: expected a list, got nothing"),
        ({"comments": {}}, "comments: expected a list, got an object"),
        ({"comments": ["x"]}, r"comments\[0\]: expected an object, got 'x'"),
        ({"comments": [{}]}, r"comments\[0\]\.text: expected a string, got nothing"),
        ({"comments": [{"text": 7}]}, r"comments\[0\]\.text: expected a string, got a number"),
        ({"comments": [{"text": "x", "id": 3}]}, r"comments\[0\]\.id: expected a string or null"),
        ({"comments": [{"text": "x", "id": ""}]}, r"comments\[0\]\.id: expected an id of 1 to"),
        ({"comments": [{"text": "x", "id": "a\x00"}]}, r"comments\[0\]\.id: .*control characters"),
        ({"comments": [{"text": "x", "id": "\ud800"}]}, r"comments\[0\]\.id: .*lone surrogates"),
        ({"comments": [{"text": "x", "created_at": "2014-05-12"}]}, r"created_at: expected an RFC"),
        ({"comments": [{"text": "x", "created_at": "2014-13-12T00:00:00Z"}]}, r"created_at: exp"),
        ({"comments": [{"text": "x", "reply_to": ["y"]}]}, r"comments\[0\]\.reply_to: .* a list"),
        ({"comments": [{"text": "x", "reply_to": "y"}]}, "expected reply_to of comment 'c1'"),
        ({"comments": [{"text": "x", "id": "a", "reply_to": "a"}]}, "without a circle"),
        ({"comments": [{"text": "x", "kind": "rant"}]}, r'kind: expected "comment" or "pingback"'),
        ({"comments": [{"text": "x", "reply_link": "given"}]}, r"reply_link: expected null"),
        ({"comments": [{"text": "x", "id": "a"}] * 2}, "each comment id once"),
        ({"comments": [], "actors": [{"name": " "}]}, r"actors\[0\]\.name: expected a name"),
        ({"comments": [], "actors": [{"name": "x", "aliases": [1]}]}, r"actors\[0\]\.aliases\[0\]"),
        ({"comments": [], "article": True}, "article: expected a string, got true"),
        (
            {
                "comments": [
                    {"id": "a", "text": "", "reply_to": "b"},
                    {"id": "b", "text": "", "reply_to": "a"},
                ]
            },
            "without a circle",
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_path(page: object, message: str):
    """Each mistake says where it is, what was expected and what came."""
    with pytest.raises(InvalidPage, match=message):
        read(page)


@pytest.mark.parametrize(
    "text",
    [
        '{"comments": [}',
        '{"comments": [], "comments": []}',
        '{"comments": [], "x": NaN}',
        '{"comments": [' + "9" * 10_000 + "]}",
        '{"comments": ' + "[" * 100_000 + "]" * 100_000 + "}",
        "null and void",
    ],
)
def test_what_is_no_json_is_unreadable(text: str):
    """Broken JSON, keys twice, NaN, endless numbers and bottomless nesting are refused."""
    with pytest.raises(UnreadablePage):
        parse_page(text.encode(), content_type="application/json")


def test_too_many_comments_are_refused():
    """More comments than are read at once are refused by number."""
    with pytest.raises(PageTooLarge, match=str(MAX_COMMENTS)):
        read({"comments": [{"text": "x"}] * (MAX_COMMENTS + 1)})


def test_lone_surrogates_in_text_are_replaced():
    """Half a character in a text becomes the replacement character, so that it can be stored."""
    assert read({"comments": [{"text": "a\ud83d b"}]}).comments[0].text == "a\ufffd b"


def test_refusals_do_not_repeat_long_values():
    """A value of a thousand characters is not echoed back."""
    with pytest.raises(InvalidPage) as caught:
        read({"comments": [{"text": "x", "id": "i" * 1_000}]})
    assert len(str(caught.value)) < 200


def test_added_comments_are_numbered_past_the_page():
    """Comments to be added get ids that the page has not, and may answer comments only it has."""
    body = {"comments": [{"text": "a", "reply_to": "c7"}, {"text": "b"}]}
    comments = parse_comments(json.dumps(body).encode(), taken={"c1", "c3"})
    assert [comment.id for comment in comments] == ["c2", "c4"]
    assert comments[0].reply_to == "c7"
    with pytest.raises(InvalidPage, match="each id once"):
        parse_comments(b'{"comments": [{"id": "a", "text": "x"}, {"id": "a", "text": "y"}]}')


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["comments", "text", "id", "reply_to", "actors", "name", "created_at"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@given(_JSON)
def test_any_json_gives_a_page_or_a_plain_refusal(value: object):
    """Whatever JSON holds, it is a page or an InputError."""
    try:
        page = read(value)
    except InputError:
        return
    assert len({comment.id for comment in page.comments}) == len(page.comments)


@given(st.lists(st.text(max_size=60), max_size=5))
def test_reading_twice_changes_nothing(texts: list[str]):
    """A text that was read is read the same again."""
    first = read({"comments": [{"text": text} for text in texts]})
    second = read({"comments": [{"text": comment.text} for comment in first.comments]})
    assert first == second
