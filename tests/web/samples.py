"""A small page, and what tests ask of it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

_PAGE: dict[str, Any] = {
    "url": "https://news.example/depot-fire",
    "title": "Fire at the bus depot",
    "article": "Eleven buses burned at the Northgate depot on Sunday night. Nobody was hurt.",
    "published_at": "2025-03-02T08:00:00Z",
    "comments": [
        {
            "author": "Ines",
            "text": "Veltra Transit is behind this.",
            "created_at": "2025-03-02T09:00:00Z",
        },
        {"author": "Tom", "text": "Exactly.", "reply_to": "c1"},
        {"author": "Åsa", "text": "Not Veltra Transit. Maybe Harbour Union did it."},
    ],
}


def page(**changes: Any) -> dict[str, Any]:
    """Return the page as a caller sends it, with changes."""
    return {**deepcopy(_PAGE), **changes}


def page_of(count: int) -> dict[str, Any]:
    """Return a page of that many comments."""
    return page(comments=[{"text": f"Number {n} says hello."} for n in range(count)])
