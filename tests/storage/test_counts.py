"""Counts of claims: always those of counting all that is stored, whatever happened before."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from app.domain.listing import AttributionFilter
from app.domain.question import ClaimCount, CountFilter, Grouping
from app.domain.stance import Label, Role
from app.errors import InvalidRequest
from app.storage.attributions import AttributionStore
from app.storage.counts import list_counts, site_of
from app.storage.cursors import encode_cursor
from app.storage.pages import PageStore
from app.storage.tables import ClaimCountRow
from tests.storage.conftest import blame

DAY = datetime(2024, 5, 1, 22, 30, tzinfo=UTC)


@pytest.fixture
def put(session, make_page, make_graph):
    """Return a function that adds or replaces a page."""
    store = PageStore(session)

    def put(page_id, *, again=False, url="https://www.News.example/1", **how):
        mined = replace(make_page(**how), url=url)
        if again:
            store.replace(page_id, mined, make_graph(mined))
        else:
            store.add(page_id, mined, make_graph(mined), content_hash=page_id)

    return put


def counts(session, by, **narrowed):
    """Return the counts as item, support, deny, query."""
    found = list_counts(session, CountFilter(by, **narrowed), limit=100).items
    return [(each.item, each.support, each.deny, each.query) for each in found]


CLAIMS = (blame("a1"), blame("a2", label=Label.DENY), blame("a2", label=Label.QUERY))


def test_claims_are_counted_by_actor_site_and_day(session, put):
    """Each claim counts for its actor, the host of its page and the UTC day of its comment."""
    put("p1", comments=2, claims=CLAIMS, start=DAY)
    put("p2", comments=1, claims=CLAIMS[:1], start=DAY, url="https://other.example/")
    put("p3", comments=1, claims=CLAIMS[:1], start=DAY, url=None)

    assert sorted(counts(session, Grouping.ACTOR)) == [
        ("Dock Militia", 4, 0, 0),
        ("Harbour Office", 0, 2, 2),
    ]
    assert counts(session, Grouping.SITE) == [("news.example", 2, 2, 2), ("other.example", 1, 0, 0)]
    assert counts(session, Grouping.DAY) == [("2024-05-02", 1, 1, 1), ("2024-05-01", 3, 1, 1)]
    assert counts(session, Grouping.ACTOR, site="www.NEWS.example") == [
        ("Harbour Office", 0, 2, 2),
        ("Dock Militia", 2, 0, 0),
    ]
    assert counts(session, Grouping.DAY, actor="the DOCK militia") == [
        ("2024-05-02", 1, 0, 0),
        ("2024-05-01", 3, 0, 0),
    ]
    assert counts(session, Grouping.SITE, actor="harbour office") == [("news.example", 0, 2, 2)]
    assert counts(session, Grouping.DAY, site="other.example") == [("2024-05-01", 1, 0, 0)]
    assert counts(session, Grouping.ACTOR, site="nowhere.example") == []


def test_counts_follow_what_is_stored(session, put):
    """After pages were added, replaced and deleted, counts are those of the list of claims."""
    for n in range(4):
        put(f"p{n}", comments=n + 1, claims=CLAIMS, start=DAY)
    put("p1", again=True, comments=1, claims=CLAIMS[:1], names=(("Dock Militia",), ("X",)))
    put("p2", again=True, comments=3, claims=CLAIMS[1:], names=(("Y",), ("Dock Militia",)))
    PageStore(session).delete("p3")

    listed = AttributionStore(session).list(AttributionFilter(), limit=500).items
    told = Counter((each.actor_name, each.attribution.label) for each in listed)
    kept = Counter()
    for item, support, deny, query in counts(session, Grouping.ACTOR):
        kept.update({(item, Label.SUPPORT): support, (item, Label.DENY): deny})
        kept.update({(item, Label.QUERY): query})
    assert +kept == told

    for n in range(3):
        PageStore(session).delete(f"p{n}")
    assert session.scalar(select(func.count()).select_from(ClaimCountRow)) == 0


@pytest.mark.parametrize("by", Grouping)
def test_leaves_are_turned_by_cursor(session, put, by):
    """Slice by slice every count comes once."""
    for n in range(5):
        names = ((f"Actor {n}",), ("Other",))
        start = DAY.replace(day=n + 1)
        put(
            f"p{n}",
            comments=1,
            claims=(blame("a1", role=Role.SPONSOR),),
            names=names,
            start=start,
            url=f"http://s{n}.example",
        )
    whole, met, cursor = list_counts(session, CountFilter(by), limit=100).items, [], None
    while True:
        leaf = list_counts(session, CountFilter(by), cursor=cursor, limit=2)
        met += leaf.items
        cursor = leaf.next_cursor
        if cursor is None:
            break
    assert met == list(whole)
    assert len(whole) == 5
    for wrong in ("x", encode_cursor("pages", 1), encode_cursor("counts/day", 0)):
        with pytest.raises(InvalidRequest):
            list_counts(session, CountFilter(by), cursor=wrong, limit=2)


def test_filters_that_do_not_go_together_are_refused(session):
    """Both filters, or one that is counted by, have no counts."""
    for wrong in (
        CountFilter(Grouping.DAY, "x", "y"),
        CountFilter(Grouping.ACTOR, actor="x"),
        CountFilter(Grouping.SITE, site="x"),
        CountFilter(Grouping.SITE, actor="\0"),
    ):
        with pytest.raises(InvalidRequest):
            list_counts(session, wrong, limit=5)


def test_sites_are_hosts():
    """Whatever stands for an address, its site is a host or nothing."""
    assert site_of("https://www.News.example:8080/x?y") == "news.example"
    assert site_of("http://[broken/") == ""
    assert site_of("not an address") == ""
    assert site_of(None) == ""
    assert ClaimCount("x", 1, 2, 3).claims == 6
