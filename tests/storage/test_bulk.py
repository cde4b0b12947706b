"""Rows written in bulk: the same as any other rows, and part of the same transaction."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from app.domain.job import JobState
from app.errors import StorageUnusable
from app.storage.bulk import insert_rows
from app.storage.engine import open_session
from app.storage.tables import JobRow

NOW = datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)
TEXTS = st.none() | st.text(st.characters(exclude_characters="\0", codec="utf-8"))


def row(job_id, **changes):
    """Return a row with a column of each kind."""
    values = {
        "id": job_id,
        "state": JobState.QUEUED,
        "payload": b"\x00\\\xff",
        "remine": True,
        "done": 0,
        "total": 2,
        "result": None,
        "created_at": NOW,
    }
    return values | changes


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(texts=st.lists(TEXTS, max_size=5), payload=st.none() | st.binary())
def test_rows_come_back_as_those_of_the_orm(session, texts, payload):
    """Tabs, line ends, backslashes, nothing at all: each value is the one that was given."""
    constants = {"touched_at": NOW, "attempts": 3, "kind": "page", "notify_tries": 0}
    rows = [row(f"b{at}", problem=text, payload=payload) for at, text in enumerate(texts)]
    insert_rows(session, JobRow, rows, constants=constants)
    if texts:
        others = [{**each, **constants, "id": f"o{at}"} for at, each in enumerate(rows)]
        session.execute(insert(JobRow).execution_options(render_nulls=True), others)
    columns = [column for column in JobRow.__table__.c if column.name not in {"id", "number"}]

    bulk, orm = (
        session.execute(
            select(*columns).where(JobRow.id.startswith(letter)).order_by(JobRow.number)
        ).all()
        for letter in "bo"
    )

    assert bulk == orm
    assert [each.problem for each in bulk] == texts
    session.rollback()


def test_rows_are_gone_with_their_transaction(session):
    """What is rolled back was never there."""
    constants = {"touched_at": NOW, "attempts": 0}
    insert_rows(session, JobRow, [row("j1")], constants=constants)
    session.rollback()

    assert session.scalars(select(JobRow.id)).all() == []


def test_rows_that_are_refused_are_an_error_of_ours(engine):
    """A row without what it needs is told in one sentence, on PostgreSQL too."""
    with open_session(engine) as session, pytest.raises((StorageUnusable, IntegrityError)):
        insert_rows(session, JobRow, [row("j1", state=None)])
