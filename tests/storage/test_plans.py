"""The main queries find their rows by an index, as SQLite itself explains."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from app.domain.decision import DecisionFilter
from app.domain.listing import AttributionFilter, PageFilter
from app.domain.question import CommentFilter, CountFilter, Grouping
from app.domain.stance import Label, Role
from app.errors import NotFound
from app.storage.attributions import AttributionStore
from app.storage.counts import list_counts
from app.storage.cursors import encode_cursor
from app.storage.decisions import DecisionStore
from app.storage.engine import open_engine, open_session
from app.storage.jobs import JobStore
from app.storage.pages import PageStore
from app.storage.schema import upgrade
from app.storage.search import find_comments
from tests.storage.conftest import fresh_url


@pytest.fixture(scope="module")
def sqlite_engine():
    """An engine on a migrated SQLite database."""
    engine = open_engine("sqlite://")
    upgrade(engine)
    yield engine
    engine.dispose()


def explain(engine, ask):
    """Return SQLite's plan for the last statement that `ask` runs, a step a line."""
    ran = []
    event.listen(engine, "before_cursor_execute", lambda *told: ran.append(told[2:4]))
    with open_session(engine) as session:
        with suppress(NotFound):
            ask(session)
        statement, parameters = ran[-1]
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return "\n".join(row[3] for row in plan)


def list_pages(session, *, cursor=None, **narrowed):
    """List pages narrowed as told."""
    PageStore(session).list(PageFilter(**narrowed), cursor=cursor, limit=10)


def list_claims(session, *, cursor=None, **narrowed):
    """List attributions narrowed as told."""
    AttributionStore(session).list(AttributionFilter(**narrowed), cursor=cursor, limit=10)


QUESTIONS = {
    "a page": (lambda s: PageStore(s).load("p1"), ["SEARCH pages USING INDEX"]),
    "a content": (lambda s: PageStore(s).find_by_content("h"), ["SEARCH page_contents USING"]),
    "a leaf of pages": (
        lambda s: list_pages(s, cursor=encode_cursor("pages", 7)),
        ["SEARCH pages USING INTEGER PRIMARY KEY", "SEARCH comments USING"],
    ),
    "an address": (
        lambda s: list_pages(s, url="https://a.example/1"),
        ["SEARCH pages USING INDEX ix_pages_url_key"],
    ),
    "the beginning of an address": (
        lambda s: list_pages(s, url="https://a.example/*"),
        ["SEARCH pages USING INDEX ix_pages_url_key"],
    ),
    "pages about an actor": (
        lambda s: list_pages(s, actor="x"),
        ["USING COVERING INDEX ix_actor_names_name_key"],
    ),
    "a leaf of claims": (
        lambda s: list_claims(s, cursor=encode_cursor("attributions", 7, 7, 7, 7)),
        ["SEARCH attributions USING COVERING INDEX ix_attributions_said_at"],
    ),
    "certain denials": (
        lambda s: list_claims(s, label=Label.DENY, certain=True, role=Role.SPONSOR),
        [
            (
                "SEARCH attributions USING COVERING INDEX ix_attributions_kind "
                "(label=? AND certain=? AND role=?)"
            )
        ],
    ),
    "claims about an actor": (
        lambda s: list_claims(s, actor="x", since=datetime(2024, 1, 1, tzinfo=UTC)),
        [
            (
                "SEARCH named_claims USING COVERING INDEX ix_named_claims_kind "
                "(name_key=? AND label=? AND certain=? AND role=? AND said_at>?)"
            )
        ],
    ),
    "a leaf of queries about an actor": (
        lambda s: list_claims(
            s, actor="x", label=Label.QUERY, cursor=encode_cursor("attributions", 7, 7, 7, 7)
        ),
        [
            (
                "SEARCH named_claims USING COVERING INDEX ix_named_claims_kind "
                "(name_key=? AND label=? AND certain=? AND role=? AND "
                "(said_at,page_number,comment_position,position)<(?,?,?,?))"
            )
        ],
    ),
    "words": (
        lambda s: find_comments(s, CommentFilter("x"), limit=10),
        [
            "SCAN comment_search VIRTUAL TABLE INDEX",
            "SEARCH comments USING INDEX sqlite_autoindex_comments_1 (page_number=? AND",
            "SEARCH pages USING INTEGER PRIMARY KEY",
        ],
    ),
    "counts by actor": (
        lambda s: list_counts(s, CountFilter(Grouping.ACTOR), limit=10),
        ["SEARCH claim_counts USING INDEX ix_claim_counts_cut_scope_claims_number"],
    ),
    "counts by day": (
        lambda s: list_counts(s, CountFilter(Grouping.DAY, actor="x"), limit=10),
        ["SEARCH claim_counts USING INDEX sqlite_autoindex_claim_counts_1 (cut=? AND scope=?)"],
    ),
    "decisions about a comment": (
        lambda s: DecisionStore(s).list(DecisionFilter("p", "c"), limit=10),
        ["SEARCH decisions USING INDEX ix_decisions_page_id_comment_key_number"],
    ),
    "what holds of a comment": (
        lambda s: DecisionStore(s).standing("p", "c"),
        ["SEARCH decisions USING INDEX ix_decisions_page_id_comment_key_number"],
    ),
    "the next job": (lambda s: JobStore(s).claim(), ["ix_jobs_state_number"]),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_answered_by_an_index(sqlite_engine, name):
    """No main query reads a whole table or sorts one."""
    ask, steps = QUESTIONS[name]
    plan = explain(sqlite_engine, ask)
    for step in steps:
        assert step in plan, plan
    assert "SCAN attributions\n" not in plan + "\n", plan
    assert "SCAN pages\n" not in plan + "\n", plan


def list_by_actor(session):
    """List counts by actor."""
    list_counts(session, CountFilter(Grouping.ACTOR), limit=10)


def list_by_day(session):
    """List counts by day."""
    list_counts(session, CountFilter(Grouping.DAY, site="x"), limit=10)


@pytest.mark.parametrize("list_rows", [list_pages, list_by_actor, list_by_day])
def test_an_unnarrowed_list_is_not_sorted(sqlite_engine, list_rows):
    """Newest first is the order in which an index holds the rows already."""
    assert "TEMP B-TREE" not in explain(sqlite_engine, list_rows)


@pytest.mark.parametrize("narrowed", [{}, {"label": Label.QUERY}, {"actor": "x"}])
def test_only_what_a_list_of_claims_shows_is_sorted(sqlite_engine, narrowed):
    """Each index gives its latest rows in order; they are merged, and no others are read."""
    *before, last = explain(sqlite_engine, lambda s: list_claims(s, **narrowed)).split("SCAN ")

    assert "TEMP B-TREE" not in before[0]
    assert last.startswith("places")


def plan_of_postgresql(engine, ask):
    """Return PostgreSQL's plan for what `ask` runs, where it must not read row by row."""
    with open_session(engine) as session:
        session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
        asked = []
        event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2:4]))
        ask(session)
        statement, parameters = asked[-1]
        plan = session.connection().exec_driver_sql(f"EXPLAIN {statement}", parameters)
        return "\n".join(row[0] for row in plan)


@pytest.fixture(scope="module")
def postgresql_engine(request, tmp_path_factory):
    """An engine on a migrated database of PostgreSQL."""
    engine = open_engine(fresh_url("postgresql", request, tmp_path_factory.mktemp("plans")))
    upgrade(engine)
    yield engine
    engine.dispose()


def test_words_are_found_by_an_index_of_postgresql(postgresql_engine):
    """PostgreSQL goes by the index of words, or in the order of the list, never row by row."""
    plan = plan_of_postgresql(
        postgresql_engine, lambda s: find_comments(s, CommentFilter("x"), limit=10)
    )

    assert "ix_comments_words" in plan or "pk_comments" in plan, plan
    assert "Seq Scan" not in plan, plan


@pytest.mark.parametrize("label", [Label.SUPPORT, Label.QUERY])
def test_claims_about_an_actor_are_in_order_in_postgresql(postgresql_engine, label):
    """The index gives the latest of each kind, whether it has a role or not."""
    plan = plan_of_postgresql(postgresql_engine, lambda s: list_claims(s, actor="x", label=label))

    below = plan[plan.rindex("Limit") :]
    assert "ix_named_claims_kind" in below, plan
    assert "Sort" not in below.partition("ix_named_claims_kind")[0], plan
