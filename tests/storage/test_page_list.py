"""The list of pages: narrowed by address, actor and text, and turned leaf by leaf."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.listing import PageFilter, PageSummary
from app.errors import InvalidRequest
from app.storage.pages import PageStore


@pytest.fixture
def store(session):
    """An empty store."""
    return PageStore(session)


@pytest.fixture
def add(store, make_page, make_graph):
    """Return a function that adds a page under an id, changed as told."""

    def add(page_id, mined=None, **changes):
        mined = replace(mined or make_page(), **changes)
        store.add(page_id, mined, make_graph(mined), content_hash=page_id)
        return mined

    return add


def ids_of(store, limit=100, **narrowed):
    """Return the ids of the pages that are listed."""
    return [page.id for page in store.list(PageFilter(**narrowed), limit=limit).items]


def test_a_summary_says_what_the_page_is(store, add, make_page):
    """A row of the list counts the comments and names the actor of rank 1."""
    mined = add("p1", make_page(3))

    (summary,) = store.list(PageFilter(), limit=10).items

    assert summary == PageSummary(
        id="p1",
        url=mined.url,
        title=mined.article.title,
        language="en",
        comments=3,
        top_actor="Dock Militia",
        mined_at=mined.mined_at,
    )


def test_a_page_about_nobody_has_no_top_actor(store, add, make_page):
    """Without hypotheses and comments a page is listed all the same."""
    add("p1", make_page(0), actors=(), hypotheses=())
    (summary,) = store.list(PageFilter(), limit=10).items
    assert (summary.top_actor, summary.comments) == (None, 0)


def test_turning_leaves_meets_each_page_once(store, add, make_page, make_graph):
    """While pages are added, mined anew and deleted, the others are met once, newest first."""
    for n in range(7):
        add(f"p{n}")
    first = store.list(PageFilter(), limit=2)
    add("new")
    store.replace("p1", make_page(1), make_graph(make_page(1)))
    store.delete("p3")

    second = store.list(PageFilter(), cursor=first.next_cursor, limit=2)
    third = store.list(PageFilter(), cursor=second.next_cursor, limit=2)

    met = [page.id for leaf in (first, second, third) for page in leaf.items]
    assert met == ["p6", "p5", "p4", "p2", "p1", "p0"]
    assert third.next_cursor is None


def test_a_full_last_leaf_ends_the_list(store, add):
    """Where nothing is left, no cursor leads on."""
    add("p1")
    assert store.list(PageFilter(), limit=1).next_cursor is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("https://a.example/1", ["p1"]),
        ("https://a.example/1*", ["p3", "p2", "p1"]),
        ("https://a.example/*", ["p4", "p3", "p2", "p1"]),
        ("https://a.example/1%*", []),
        ("https://a.example/x_z", ["p4"]),
        ("https://A.example/1", []),
        ("*", ["p4", "p3", "p2", "p1"]),
        ("", []),
    ],
)
def test_an_address_is_exact_or_a_beginning(store, add, wanted, found):
    """A trailing star asks for a beginning; percent signs and underscores mean themselves."""
    long = "https://a.example/1" + "0" * 500
    for page_id, url in [
        ("p0", None),
        ("p1", "https://a.example/1"),
        ("p2", "https://a.example/12"),
        ("p3", long),
        ("p4", "https://a.example/x_z"),
    ]:
        add(page_id, url=url)
    assert ids_of(store, url=wanted) == found
    assert ids_of(store, url=long) == ["p3"]
    assert ids_of(store, url=long[:300] + "*") == ["p3"]


def test_an_actor_is_found_by_any_of_its_names(store, add, make_page):
    """Canonical name and aliases lead to a page in any case, as a whole."""
    add("p1")
    add("p2", make_page(names=(("Çelik Guard",), ("THE HARBOUR OFFICE",))))
    assert ids_of(store, actor="the dockers") == ["p1"]
    assert ids_of(store, actor="harbour office") == ["p2", "p1"]
    assert ids_of(store, actor="çelik GUARD") == ["p2"]
    assert ids_of(store, actor="harbour") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("100%_sure", ["p2"]),
        ("100x", []),
        ("%", ["p2"]),
        ("SCHÖNE", ["p1"]),
        ("THREE CAR", ["p2", "p1"]),
        ("bombs in a MARKET", ["p2", "p1"]),
        ("\\", []),
    ],
)
def test_text_is_found_in_title_article_and_comments(store, add, make_page, text, found):
    """Words are found anywhere in any case; what SQL reads as a wildcard means itself."""
    add("p1", make_page(said="eine schöne Geschichte"))
    add("p2", make_page(said="I am 100%_Sure"))
    assert ids_of(store, text=text) == found


def test_filters_narrow_together(store, add, make_page):
    """A page has to pass all of the filters."""
    add("p1", make_page(said="one"))
    add("p2", make_page(said="one"), url=None)
    assert ids_of(store, text="one", actor="the dockers", url="https://news*") == ["p1"]


@pytest.mark.parametrize("cursor", ["", "x", "!!!", "W10", "WyJwYWdlcyJd", "é", "\0", "A" * 10_000])
def test_a_broken_cursor_is_refused(store, cursor):
    """A cursor that was not made here is the caller's mistake."""
    with pytest.raises(InvalidRequest):
        store.list(PageFilter(), cursor=cursor, limit=10)


@pytest.mark.parametrize("limit", [0, -1, 501, 10**30])
def test_a_limit_out_of_range_is_refused(store, limit):
    """Nobody gets the whole database at once."""
    with pytest.raises(InvalidRequest):
        store.list(PageFilter(), limit=limit)


@pytest.mark.parametrize("value", ["a\0b", "\ud800", "x" * 2001])
@pytest.mark.parametrize("name", ["url", "actor", "text"])
def test_a_filter_that_no_database_takes_is_refused(store, name, value):
    """NUL, lone surrogates and endless patterns are the caller's mistake, not a failure."""
    with pytest.raises(InvalidRequest):
        store.list(PageFilter(**{name: value}), limit=10)
