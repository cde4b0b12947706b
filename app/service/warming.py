"""Loads what is loaded once before anybody has to wait for it; nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import parsing

if TYPE_CHECKING:
    from app.service.use_cases import Service

_PAGE = (
    b"""{"article": "A shed burned down in the night.", "comments": [{"text": "Who did it?"}]}"""
)

_SAVED_PAGES = {
    "text/plain": b"""A shed burned down.\n
Posted by Ann on 3 May 2011 at 10:15 am:\nWho did it?\n
Posted by Ben on 3 May 2011 at 10:20 am:\nNot me.\n""",
    "text/html": b"""<article><p>A shed burned down in the night.</p></article>
        <ol class="commentlist"><li class="comment"><cite>Ann</cite><p>Who did it?</p></li></ol>""",
}
"""Pages that need what readers load, and compile, only when a page needs it."""


def warm_model(service: Service) -> None:
    """Load the model, and all that mining loads, by mining a page of one comment."""
    service.mine(service.parse(_PAGE, content_type="application/json"))


def warm_readers() -> None:
    """Load what reading text and HTML takes: half a second that no first page need wait for."""
    for content_type, page in _SAVED_PAGES.items():
        parsing.parse_page(page, content_type=content_type)
