"""What is loaded when the first page needs it is loaded before that by whoever serves."""

from __future__ import annotations

import sys

from app.domain.listing import PageFilter
from app.parsing.forms import FORMS
from app.service.warming import warm_model, warm_readers
from tests.fakes import FakeScorer


def test_readers_are_warm_before_the_first_page(monkeypatch):
    """The costly patterns are compiled, and the reader of articles is there."""
    for form in FORMS:
        monkeypatch.setattr(form.patterns, "_compiled", None)

    warm_readers()

    costly = [form.patterns for form in FORMS if form.name in {"says", "posted", "dated"}]
    assert len(costly) == 3
    assert all(patterns.are_compiled for patterns in costly)
    assert "trafilatura" in sys.modules


def test_a_warm_model_has_been_asked(make_service):
    """It has read a page's comment, and nothing of that is stored."""
    calls = []
    service = make_service(FakeScorer(on_call=lambda: calls.append("asked")))

    warm_model(service)

    assert calls
    assert not service.list_pages(PageFilter()).items
