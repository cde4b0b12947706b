"""The list of attributions: who blames whom across pages, narrowed and turned leaf by leaf."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from app.domain.listing import AttributionFilter, AttributionRecord
from app.domain.page import Span
from app.domain.stance import Attribution, Label, Role
from app.errors import InvalidRequest
from app.storage.attributions import AttributionStore
from app.storage.cursors import encode_cursor
from app.storage.pages import PageStore

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def claim(actor, label=Label.SUPPORT, role=Role.PERPETRATOR, *, certain=False, inherited=None):
    """Return an attribution to an actor."""
    return Attribution(
        actor=actor,
        label=label,
        certain=certain,
        role=role,
        reported=False,
        probability=0.7,
        evidence=Span(0, 3),
        inherited_from=inherited,
    )


@pytest.fixture
def store(session):
    """A store that lists what the pages of the session hold."""
    return AttributionStore(session)


@pytest.fixture
def add(session, make_page, make_graph):
    """Return a function that adds a page of some comments under an id."""

    def add(page_id, **how):
        mined = make_page(**how)
        PageStore(session).add(page_id, mined, make_graph(mined), content_hash=page_id)
        return mined

    return add


def found(store, **narrowed):
    """Return page, comment and actor of what is listed."""
    listed = store.list(AttributionFilter(**narrowed), limit=100).items
    return [(row.page_id, row.comment_id, row.attribution.actor) for row in listed]


def test_a_record_holds_claim_comment_and_page(store, add):
    """A row of the list says who claims what of whom, where and when."""
    mined = add("p1", comments=2, claims=(claim("a1", certain=True, inherited="c1"),))

    newest = store.list(AttributionFilter(), limit=1).items[0]

    held = mined.comments[1]
    assert newest == AttributionRecord(
        page_id="p1",
        page_url=mined.url,
        page_title=mined.article.title,
        comment_id="c2",
        comment_author=held.comment.author,
        comment_text=held.comment.text,
        created_at=held.comment.created_at,
        actor_name="Dock Militia",
        attribution=held.attributions[0],
        mined_at=mined.mined_at,
    )


def test_filters_narrow_by_what_is_claimed(store, add):
    """Actor by any name in any case, label, role and certainty each narrow the list."""
    claims = (
        claim("a1", certain=True),
        claim("a2", role=Role.ENABLER),
        claim("a2", Label.DENY, Role.SPONSOR, certain=True),
        claim("a2", Label.QUERY, None),
    )
    add("p1", comments=1, claims=claims)
    assert len(found(store)) == 4
    assert len(found(store, actor="THE DOCKERS")) == 1
    assert len(found(store, actor="dock militia")) == 1
    assert len(found(store, actor="harbour office")) == 3
    assert len(found(store, label=Label.SUPPORT)) == 2
    assert len(found(store, role=Role.SPONSOR)) == 1
    assert len(found(store, certain=True)) == 2
    assert len(found(store, certain=False)) == 2
    assert found(store, actor="harbour office", label=Label.DENY, certain=True) == [
        ("p1", "c1", "a2")
    ]
    assert found(store, actor="nobody") == []


EVERY_KIND = (
    *(
        claim(actor, label, role, certain=certain)
        for actor in ("a1", "a2")
        for label in (Label.SUPPORT, Label.DENY)
        for role in Role
        for certain in (False, True)
    ),
    claim("a1", Label.QUERY, None),
    claim("a2", Label.QUERY, None),
)


def test_filters_together_leave_what_meets_them_all(store, add):
    """Whatever is asked for, the list is all that there is of it, in order, leaf by leaf."""
    mined = add("p1", comments=2, claims=EVERY_KIND)
    names = {actor.id: actor.name for actor in mined.actors} | {None: None}
    choices = [(None, "a1"), (None, *Label), (None, *Role), (None, False, True)]
    for actor, label, role, certain in product(*choices):
        asked = {"actor": actor, "label": label, "role": role, "certain": certain}

        listed = list_all(store, AttributionFilter(**asked | {"actor": names[actor]}))

        assert listed == [
            (held.comment.id, row)
            for held in reversed(mined.comments)
            for row in reversed(held.attributions)
            if all(value in {None, getattr(row, name)} for name, value in asked.items())
        ]


def list_all(store, wanted):
    """Return comment and attribution of all that is listed, leaf by leaf."""
    listed, cursor = [], None
    while True:
        leaf = store.list(wanted, cursor=cursor, limit=9)
        listed += [(row.comment_id, row.attribution) for row in leaf.items]
        cursor = leaf.next_cursor
        if cursor is None:
            return listed


def test_the_same_name_on_two_pages_is_one_actor(store, add):
    """A name leads to the claims of every page where it stands."""
    add("p1", comments=1, claims=(claim("a1"),), names=(("X Group",), ("Y",)))
    add("p2", comments=1, claims=(claim("a2"),), names=(("Y",), ("Ecks", "x group")))
    assert found(store, actor="X Group") == [("p2", "c1", "a2"), ("p1", "c1", "a1")]


def test_since_goes_by_the_comment_or_else_by_the_mining(store, add):
    """A comment that tells no time counts from when its page was mined."""
    add("dated", comments=2, claims=(claim("a1"),), start=NOON)
    mined = add("undated", comments=1, claims=(claim("a1"),), start=None)
    everything = [("undated", "c1", "a1"), ("dated", "c2", "a1"), ("dated", "c1", "a1")]

    assert found(store) == everything
    assert found(store, since=NOON) == everything
    assert found(store, since=NOON + timedelta(hours=2)) == everything[:2]
    assert found(store, since=(NOON + timedelta(hours=2)).replace(tzinfo=None)) == everything[:2]
    assert found(store, since=mined.mined_at) == everything[:1]
    assert found(store, since=mined.mined_at + timedelta(microseconds=1)) == []


def test_turning_leaves_meets_each_claim_once(store, add):
    """Claims of one moment are parted by page, comment and place; new ones do not disturb."""
    claims = (claim("a1"), claim("a2"))
    for n in range(3):
        add(f"p{n}", comments=2, claims=claims, start=None)
    whole = store.list(AttributionFilter(), limit=100).items
    met, cursor = [], None
    while True:
        leaf = store.list(AttributionFilter(), cursor=cursor, limit=5)
        met += leaf.items
        add(f"new{len(met)}", comments=1, claims=claims, start=datetime(2030, 1, 1, tzinfo=UTC))
        cursor = leaf.next_cursor
        if cursor is None:
            break
    assert met == list(whole)
    assert len(set(met)) == 12


def test_a_deleted_page_is_gone_from_the_list(session, store, add):
    """No claim outlives its page."""
    add("p1")
    PageStore(session).delete("p1")
    assert found(store) == []


def test_a_comment_taken_from_a_page_is_gone_from_the_list(session, store, add, make_graph):
    """No claim outlives its comment."""
    mined = add("p1", comments=2, claims=(claim("a1"),))
    left = replace(mined, comments=mined.comments[:1], actors=())
    left = replace(left, actors=tuple(replace(actor, mentions=()) for actor in mined.actors))
    PageStore(session).replace("p1", left, make_graph(left))
    assert found(store) == [("p1", "c1", "a1")]


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        encode_cursor("pages", 1),
        encode_cursor("attributions", 1, 2, 3),
        encode_cursor("attributions", 2**63 - 1, 1, 1, 1),
        encode_cursor("attributions", 0, 2**63, 1, 1),
        encode_cursor("attributions", 0, 1, 2**31, 1),
        encode_cursor("attributions", 0, True, 1, 1),  # noqa: FBT003 - what a forger writes
    ],
)
def test_a_broken_cursor_is_refused(store, cursor):
    """A cursor of another list, or a forged one, is the caller's mistake."""
    with pytest.raises(InvalidRequest):
        store.list(AttributionFilter(), cursor=cursor, limit=10)


def test_a_forged_cursor_within_range_only_skips(store, add):
    """Whatever numbers a cursor holds, it leads into the list and nowhere else."""
    add("p1")
    cursor = encode_cursor("attributions", -(10**15), -(2**62), 2**31 - 1, 5)
    assert store.list(AttributionFilter(), cursor=cursor, limit=10).items == ()


def test_filters_that_no_database_takes_are_refused(store):
    """NUL in a name and a time before the calendar are the caller's mistake."""
    with pytest.raises(InvalidRequest):
        store.list(AttributionFilter(actor="\0"), limit=10)
    early = datetime.fromisoformat("0001-01-01T00:00:00+14:00")
    with pytest.raises(InvalidRequest):
        store.list(AttributionFilter(since=early), limit=10)
    with pytest.raises(InvalidRequest):
        store.list(AttributionFilter(), limit=0)
