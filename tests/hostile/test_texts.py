"""Hostile texts end as pages like any other, whole, drawn, written in every form."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from app.exchange.contract import mined_as_json
from app.mining.disguises import find_disguises, undisguise
from app.mining.graph import build_graph
from app.mining.mine import mine
from app.parsing.page import parse_page
from tests.fakes import FakeScorer
from tests.hostile.texts import TEXTS

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_comment_is_mined(name):
    """It is read under a plain article, beside plain comments that answer it."""
    text = TEXTS[name]
    sent = {
        "title": "Fire at the depot",
        "article": "Eleven buses burned at the Northgate depot. Nobody was hurt.",
        "comments": [
            {"author": "Ines", "text": "Veltra Transit is behind this."},
            {"author": "Tom", "text": text, "reply_to": "c1"},
            {"author": "Åsa", "text": "Exactly.", "reply_to": "c2"},
        ],
    }
    page = parse_page(json.dumps(sent).encode(), content_type="application/json")

    mined = mine(page, FakeScorer(), now=NOW)

    assert len(mined.comments) == 3
    assert build_graph(mined).nodes
    for each in mined.comments:
        for row in each.attributions:
            assert row.evidence.end <= len(each.comment.text)
    assert json.dumps(mined_as_json(None, mined))


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_seen_through(name):
    """It is looked at for disguises without harm, and what is read in its place is as long."""
    text = TEXTS[name]

    assert len(undisguise(text)) == len(text)
    assert find_disguises(text) is not None
