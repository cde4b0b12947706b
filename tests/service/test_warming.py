"""What is loaded when the first page needs it is loaded before that by whoever serves."""

from __future__ import annotations

import sys

from app.domain.listing import PageFilter
from app.parsing.forms import FORMS


def test_readers_are_warm_before_the_first_page(service, monkeypatch):
    """The costly patterns are compiled, the reader of articles is there, and nothing is stored."""
    for form in FORMS:
        monkeypatch.setattr(form.patterns, "_compiled", None)

    service.warm_up_readers()

    costly = [form.patterns for form in FORMS if form.name in {"says", "posted", "dated"}]
    assert len(costly) == 3
    assert all(patterns.are_compiled for patterns in costly)
    assert "trafilatura" in sys.modules
    assert not service.list_pages(PageFilter()).items
