"""The page that the tests of the service send, and changes to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.parsing.page import parse_page

if TYPE_CHECKING:
    from app.domain.page import Page

_PAGE: dict[str, Any] = {
    "url": "https://news.example/depot-fire",
    "title": "Fire at the bus depot",
    "article": "Eleven buses burned at the Northgate depot on Sunday night. Nobody was hurt.",
    "comments": [
        {"author": "Ines", "text": "Veltra Transit is behind this."},
        {"author": "Tom", "text": "Exactly.", "reply_to": "c1"},
        {"author": "Åsa", "text": "Not Veltra Transit. Maybe Harbour Union did it."},
    ],
}


def page(**changes: Any) -> Page:
    """Return the page with changes to what the caller sends."""
    return parse_page(json.dumps(_PAGE | changes).encode(), content_type="application/json")


def long_page(count: int) -> Page:
    """Return the page with that many comments."""
    return page(
        comments=[{"text": f"Veltra Transit is behind number {n}."} for n in range(1, count + 1)]
    )


def body(*comments: dict[str, Any]) -> bytes:
    """Return the body that adds those comments."""
    return json.dumps({"comments": comments}).encode()
