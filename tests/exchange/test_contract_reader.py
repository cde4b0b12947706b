"""The contract's mined page is read back whole, and refused by field where it is not one."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from app.errors import InvalidPage, UnreadablePage
from app.exchange.contract import mined_as_json
from app.exchange.contract_reader import read_mined
from tests.exchange.drawn_pages import mined_pages


@given(mined_pages())
@settings(max_examples=60)
def test_a_mined_page_comes_back_whole(mined):
    """Whatever is written is read back equal, given the article's author."""
    written = json.loads(json.dumps(mined_as_json("p1", mined)))

    assert read_mined(written, article_author=mined.article.author) == mined


STANCE = {
    "label": "comment",
    "certain": False,
    "probability": 1.0,
    "probabilities": {"support": 0, "deny": 0, "query": 0, "comment": 1},
}
COMMENT = {
    "id": "c1",
    "text": "",
    "kind": "comment",
    "account_stance": STANCE,
    "attributions": [],
    "claimed_perpetrators": [],
}
ROW = {
    "actor": "x",
    "label": "deny",
    "certain": True,
    "role": "sponsor",
    "reported": False,
    "probability": 0.5,
    "evidence": {"start": 0, "end": 1},
}
PAGE = {
    "article": "",
    "actors": [{"id": "x", "name": "X", "aliases": [], "mentions": []}],
    "comments": [COMMENT],
    "hypotheses": [],
    "model": {"name": "m", "revision": "1"},
    "mined_at": datetime(2026, 1, 1, tzinfo=UTC).isoformat(),
}


def with_comment(**changes):
    """Return the page with changes to its comment."""
    return PAGE | {"comments": [COMMENT | changes]}


def with_row(**changes):
    """Return the page with an attribution that has these changes."""
    return with_comment(attributions=[ROW | changes])


def test_the_page_that_is_changed_below_is_one():
    """The page that the refusals begin from is read."""
    assert read_mined(with_row()).comments[0].attributions[0].actor == "x"


@pytest.mark.parametrize(
    ("value", "error", "named"),
    [
        (None, UnreadablePage, "page"),
        (PAGE | {"mined_at": None}, UnreadablePage, "mined_at"),
        (PAGE | {"mined_at": "noon"}, UnreadablePage, "mined_at"),
        (PAGE | {"model": []}, UnreadablePage, "model"),
        (PAGE | {"actors": [{"id": "x"}]}, UnreadablePage, r"actors\[0\].name"),
        (PAGE | {"comments": [COMMENT, COMMENT]}, InvalidPage, "once"),
        (with_comment(kind="shout"), UnreadablePage, "kind"),
        (with_comment(reply_to="c9"), InvalidPage, "c9"),
        (with_comment(reply_to="c1"), InvalidPage, "circle"),
        (with_comment(account_stance=STANCE | {"certain": True}), UnreadablePage, "certain"),
        (with_comment(account_stance=STANCE | {"label": "x"}), UnreadablePage, "label"),
        (with_comment(claimed_perpetrators=["y"]), UnreadablePage, "'y'"),
        (with_row(actor="y"), UnreadablePage, "'y'"),
        (with_row(role=None), UnreadablePage, "role"),
        (with_row(label="comment"), UnreadablePage, "support, deny or query"),
        (with_row(evidence={"start": 3, "end": 1}), UnreadablePage, "evidence"),
        (with_row(evidence={"start": -1, "end": 1}), UnreadablePage, "evidence.start"),
        (with_row(probability="high"), UnreadablePage, "probability"),
    ],
)
def test_what_is_no_mined_page_is_refused(value, error, named):
    """Wrong types, references to nothing and contradictions are refused by name."""
    with pytest.raises(error, match=named):
        read_mined(value)
