"""Moderation: what is rejected is gone everywhere, and back as it was once that is undone."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from app.domain.decision import Action, DecisionFilter
from app.domain.listing import AttributionFilter
from app.errors import AlreadyUndone, InvalidRequest, NotFound
from app.exchange.forms import Form
from app.service.exports import export_page
from tests.service.pages import body, page


@pytest.fixture
def page_id(service):
    """Return the id of a stored page with comments c1, c2 and c3."""
    return service.add_page(page()).id


def decide(service, page_id, comment="c1", action=Action.REJECT, reason="Unfair."):
    """Take a decision about a comment."""
    return service.ledger.decide(page_id, comment, action, reason=reason, decided_by="mod")


def undo(service, decision):
    """Take a decision back."""
    return service.ledger.undo(decision.id, reason="Fair after all.", decided_by="chief")


def test_a_rejected_comment_is_nowhere(service, page_id):
    """It leaves page, ranking, lists, graph and every export, and what leant on it falls."""
    decide(service, page_id)

    mined = service.page(page_id)
    assert list(mined.comment_by_id()) == ["c2", "c3"]
    assert mined.comment_by_id()["c2"].attributions == ()
    assert all(node.ref != "c1" for node in service.graph(page_id).nodes)
    claims = service.list_attributions(AttributionFilter()).items
    assert "c1" not in {claim.comment_id for claim in claims}
    for form in (Form.CSV, Form.DOT, Form.GRAPHML, Form.ARGDOWN):
        assert b"is behind this" not in export_page(service, page_id, form).content


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_an_undone_rejection_leaves_no_trace_on_the_page(service, page_id):
    """Page and graph are those from before; the ledger has both decisions."""
    before, graph = service.page(page_id), service.graph(page_id)
    rejected = decide(service, page_id)

    undone = undo(service, rejected)

    after = service.page(page_id)
    assert replace(after, mined_at=before.mined_at) == before
    assert service.graph(page_id) == graph
    listed = service.ledger.list(DecisionFilter(page_id=page_id)).items
    assert [each.id for each in listed] == [undone.id, rejected.id]
    assert listed[1].undone_by == undone.id
    assert listed[0].model == before.model


def test_rejections_are_undone_in_any_order(service, page_id):
    """Two rejected comments of one chain come back each in its place."""
    before = service.page(page_id)
    first, second = decide(service, page_id, "c1"), decide(service, page_id, "c2")
    assert list(service.page(page_id).comment_by_id()) == ["c3"]

    undo(service, first)
    assert list(service.page(page_id).comment_by_id()) == ["c1", "c3"]
    undo(service, second)

    assert replace(service.page(page_id), mined_at=before.mined_at) == before


def test_the_decisions_that_are_left_hold(service, page_id):
    """Undoing one of two rejections shows nothing; an approval does, until it is undone."""
    first, second = decide(service, page_id), decide(service, page_id)
    undo(service, second)
    assert "c1" not in service.page(page_id).comment_by_id()

    approved = decide(service, page_id, action=Action.APPROVE)
    assert "c1" in service.page(page_id).comment_by_id()
    undo(service, approved)
    assert "c1" not in service.page(page_id).comment_by_id()
    undo(service, first)
    assert "c1" in service.page(page_id).comment_by_id()


def test_flags_and_approvals_change_no_page(service, page_id):
    """They stand in the ledger alone."""
    before = service.page(page_id)

    decide(service, page_id, action=Action.FLAG)
    undo(service, decide(service, page_id, action=Action.APPROVE))

    assert service.page(page_id) == before
    assert len(service.ledger.list(DecisionFilter()).items) == 3


def test_a_page_goes_on_while_a_comment_is_withheld(service, page_id):
    """Comments added meanwhile get fresh ids, and the withheld one comes back before them."""
    rejected = decide(service, page_id, "c3")
    service.comments.add(page_id, body({"text": "Hm."}))
    service.add_page(page(), remine=True)
    assert list(service.page(page_id).comment_by_id()) == ["c1", "c2", "c4"]

    undo(service, rejected)

    assert list(service.page(page_id).comment_by_id()) == ["c1", "c2", "c3", "c4"]


def test_a_withheld_comment_can_be_deleted_for_good(service, page_id):
    """After that no undo brings it back."""
    rejected = decide(service, page_id)
    service.comments.delete(page_id, "c1")

    with pytest.raises(NotFound):
        undo(service, rejected)
    assert list(service.page(page_id).comment_by_id()) == ["c2", "c3"]


def test_the_ledger_outlives_the_page(service, page_id):
    """What was decided stays known when the page is deleted."""
    decide(service, page_id)
    service.delete_page(page_id)

    assert [each.page_id for each in service.ledger.list(DecisionFilter()).items] == [page_id]


def test_what_cannot_be_decided_is_refused(service, page_id):
    """Unknown places, no reason, a second undo and the undo of an undo enter nothing."""
    rejected = decide(service, page_id)
    undone = undo(service, rejected)
    for wrong, error in (
        (lambda: decide(service, page_id, "c99"), NotFound),
        (lambda: decide(service, "pnone"), NotFound),
        (lambda: decide(service, page_id, reason="  "), InvalidRequest),
        (lambda: decide(service, page_id, reason="x" * 2001), InvalidRequest),
        (lambda: decide(service, page_id, action=Action.UNDO), InvalidRequest),
        (lambda: undo(service, rejected), AlreadyUndone),
        (lambda: undo(service, undone), InvalidRequest),
    ):
        with pytest.raises(error):
            wrong()
    assert len(service.ledger.list(DecisionFilter()).items) == 2


def test_the_table_runs_nothing(service, page_id):
    """Every decision is a row, and no cell begins as a formula does."""
    for reason in ("=HYPERLINK(1)", "+1", "@x", "-2", "\tx", 'a "b",\r\nc'):
        decide(service, page_id, action=Action.FLAG, reason=reason)

    table = b"".join(service.ledger.export(DecisionFilter())).decode()

    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert [row["reason"] for row in rows] == [
        'a "b",\r\nc',
        "'\tx",
        "'-2",
        "'@x",
        "'+1",
        "'=HYPERLINK(1)",
    ]
    assert {row["model_revision"] for row in rows} == {"1"}
