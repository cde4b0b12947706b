"""Comments found by their words, by the same rules on both databases."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.question import CommentFilter
from app.errors import InvalidRequest
from app.storage.cursors import encode_cursor
from app.storage.pages import PageStore
from app.storage.search import find_comments


@pytest.fixture
def add(session, make_page, make_graph):
    """Return a function that adds a page of some comments that say the same."""

    def add(page_id, said, comments=1):
        mined = make_page(comments, said=said)
        PageStore(session).add(page_id, mined, make_graph(mined), content_hash=page_id)
        return mined

    return add


def found(session, text, **how):
    """Return page and comment of all that is found."""
    listed = find_comments(session, CommentFilter(text, **how), limit=100).items
    return [(each.page_id, each.id) for each in listed]


def test_a_found_comment_comes_with_its_page(session, add):
    """What is found is the comment as it was stored, with the page that it stands on."""
    mined = add("p1", "It was the militia.")

    (each,) = find_comments(session, CommentFilter("militia"), limit=5).items

    held = mined.comments[0].comment
    assert (each.id, each.author, each.text) == (held.id, held.author, held.text)
    assert each.created_at == held.created_at
    assert (each.page_id, each.page_url, each.page_title) == ("p1", mined.url, mined.article.title)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("militia", ["p2", "p1"]),
        ("MILITIA", ["p2", "p1"]),
        ("mili", []),
        ("militia harbour", ["p2"]),
        ('"the militia"', ["p1"]),
        ('"militia the"', []),
        ("Ünal", ["p3"]),
        ("ünal", ["p3"]),
        ("unal", []),
        ('militia "', ["p2", "p1"]),
        ("militia AND OR NOT", []),
        ("text:militia", []),
        ("militia* ", ["p2", "p1"]),
        ("don't", ["p3"]),
    ],
)
def test_all_words_and_phrases_must_stand(session, add, text, pages):
    """Words are whole, in any case, and nothing of another query language is read into them."""
    add("p1", "It was the militia.")
    add("p2", "Militia, harbour, who knows?")
    add("p3", "Ünal says so; don't believe it.")

    assert [page for page, _ in found(session, text)] == pages


@pytest.mark.parametrize(
    "text", ["", " ", '""', "- * ?", " ".join("abcdefghijklmnopq"), "\0", "x" * 2001]
)
def test_questions_without_an_answer_are_refused(session, text):
    """No word, too many of them and what no database takes are the caller's mistake."""
    with pytest.raises(InvalidRequest):
        found(session, text)


@given(st.text(max_size=40))
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_text_breaks_a_question(session, text):
    """Whatever is asked for, there is an answer or a refusal."""
    try:
        find_comments(session, CommentFilter(text), limit=5)
    except InvalidRequest:
        return


def test_leaves_are_turned_by_cursor(session, add):
    """Slice by slice every comment comes once, those of the latest pages first."""
    for n in range(3):
        add(f"p{n}", "militia", comments=3)
    whole, met, cursor = found(session, "militia"), [], None
    while True:
        leaf = find_comments(session, CommentFilter("militia"), cursor=cursor, limit=2)
        met += [(each.page_id, each.id) for each in leaf.items]
        cursor = leaf.next_cursor
        if cursor is None:
            break
    assert met == whole
    assert whole == [(f"p{n}", f"c{m}") for n in (2, 1, 0) for m in (3, 2, 1)]
    for wrong in ("x", encode_cursor("pages", 1), encode_cursor("comments", 2**50, 1)):
        with pytest.raises(InvalidRequest):
            find_comments(session, CommentFilter("militia"), cursor=wrong, limit=2)


def test_one_page_can_be_searched_alone(session, add):
    """A page that is not there has nothing."""
    add("p1", "militia", comments=2)
    add("p2", "militia")
    assert found(session, "militia", page_id="p1") == [("p1", "c2"), ("p1", "c1")]
    assert found(session, "militia", page_id="p9") == []


def test_what_is_gone_is_not_found(session, add, make_page, make_graph):
    """A comment that was edited or deleted is found by its old words no more."""
    add("p1", "militia", comments=3)
    store = PageStore(session)
    changed = make_page(1, said="harbour")

    store.replace("p1", changed, make_graph(changed))
    assert found(session, "militia") == []
    assert found(session, "harbour") == [("p1", "c1")]
    store.delete("p1")
    assert found(session, "harbour") == []


def test_a_text_of_any_length_is_stored(session, add):
    """A comment as long as a book is stored, and found by its first words."""
    add("p1", "militia " + " ".join(f"w{n}" for n in range(200_000)))
    assert found(session, "militia w7") == [("p1", "c1")]
