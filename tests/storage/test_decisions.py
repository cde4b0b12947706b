"""The ledger of decisions: append-only, listed the latest first, and found by an index."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.domain.decision import Action, Decision, DecisionFilter
from app.domain.mined import ModelIdentity
from app.errors import AlreadyUndone, InvalidPage, InvalidRequest, NotFound, StorageUnusable
from app.storage.cursors import encode_cursor
from app.storage.decisions import DecisionStore

AT = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=timezone(timedelta(hours=2)))


def decision(number, action=Action.REJECT, *, page="p1", comment="c1", undoes=None, **changes):
    """Return a decision."""
    told = {
        "reason": "=1+1",
        "decided_by": "mod",
        "decided_at": AT,
        "model": ModelIdentity("little", "1"),
        **changes,
    }
    return Decision(f"d{number}", page, comment, action, undoes=undoes, **told)


@pytest.fixture
def store(session):
    """A store with decisions about two comments, one of them undone."""
    store = DecisionStore(session)
    for each in (
        decision(1, Action.REJECT),
        decision(2, Action.FLAG),
        decision(3, Action.APPROVE, comment="c2"),
        decision(4, Action.UNDO, undoes="d1"),
        decision(5, Action.REJECT, page="p2", comment="x" * 1500, decided_by="other"),
    ):
        store.add(each)
    return store


def ids(store, **narrowed):
    """Return the ids of the decisions listed."""
    return [each.id for each in store.list(DecisionFilter(**narrowed), limit=10).items]


def test_a_decision_comes_back_as_it_was(store):
    """Nothing of a decision is lost, and what undid it is told beside it."""
    assert store.load("d2") == decision(2, Action.FLAG)
    assert store.load("d1").undone_by == "d4"
    assert store.load("d4").undoes == "d1"
    with pytest.raises(NotFound):
        store.load("d9")
    with pytest.raises(NotFound):
        store.load("\0")


def test_decisions_are_narrowed(store):
    """Page, comment, action and who decided each narrow the list, the latest first."""
    assert ids(store) == ["d5", "d4", "d3", "d2", "d1"]
    assert ids(store, page_id="p1", comment_id="c1") == ["d4", "d2", "d1"]
    assert ids(store, comment_id="x" * 1500) == ["d5"]
    assert ids(store, comment_id="x" * 1499) == []
    assert ids(store, action=Action.REJECT) == ["d5", "d1"]
    assert ids(store, decided_by="other") == ["d5"]


def test_leaves_are_turned_by_cursor(store):
    """Slice by slice every decision comes once; a cursor of another list is refused."""
    first = store.list(DecisionFilter(), limit=3)
    second = store.list(DecisionFilter(), cursor=first.next_cursor, limit=3)

    assert [each.id for each in (*first.items, *second.items)] == ["d5", "d4", "d3", "d2", "d1"]
    assert second.next_cursor is None
    with pytest.raises(InvalidRequest):
        store.list(DecisionFilter(), cursor=encode_cursor("pages", 1), limit=3)


def test_what_holds_is_the_last_that_was_not_undone(store):
    """Flags and undone decisions leave what was decided before in force."""
    assert store.standing("p1", "c1") is None
    assert store.standing("p1", "c2") is Action.APPROVE
    assert store.standing("p1", "c2", besides="d3") is None
    store.add(decision(6, Action.REJECT))
    store.add(decision(7, Action.APPROVE))
    assert store.standing("p1", "c1") is Action.APPROVE
    assert store.standing("p1", "c1", besides="d7") is Action.REJECT


def test_nothing_is_undone_twice(store):
    """The database itself refuses a second undo, and the session goes on."""
    with pytest.raises(AlreadyUndone):
        store.add(decision(8, Action.UNDO, undoes="d1"))
    store.add(decision(9))


def test_text_that_no_database_takes_is_refused(store):
    """NUL in a reason is the caller's mistake."""
    with pytest.raises(InvalidPage):
        store.add(decision(8, reason="a\0b"))


@pytest.mark.parametrize("change", ["UPDATE decisions SET reason = 'x'", "DELETE FROM decisions"])
def test_the_database_refuses_changes(session, store, change):
    """Not even by hand a decision is changed or taken out."""
    assert store.load("d1").decided_at.astimezone(UTC) == AT
    with pytest.raises((StorageUnusable, IntegrityError), match="only added"):
        session.execute(text(change))
