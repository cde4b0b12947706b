"""Texts as other products send them: HTML made plain and offsets counted in their units."""

from __future__ import annotations

import html
import re
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.page import Span

_TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_UNPAIRED = re.compile("[\ud800-\udfff]")
_LAST_OF_PLANE_0 = 0xFFFF


def as_text(sent: str, *, is_html: bool = False) -> str:
    """Return the text without markup, code point for code point as long as what was sent.

    Tags become spaces and entities their character and spaces, so that offsets stay; halves of
    surrogate pairs, which stand for nothing, become U+FFFD.
    """
    text = _UNPAIRED.sub("\ufffd", sent.replace("\0", "\ufffd"))
    if not is_html:
        return text
    text = _TAG.sub(lambda found: " " * len(found[0]), text)
    return _ENTITY.sub(lambda found: _character(found[0]).ljust(len(found[0])), text)


class Utf16:
    """Offsets of one text in UTF-16 code units, in which JavaScript and Java count."""

    def __init__(self, text: str) -> None:
        units = (2 if ord(char) > _LAST_OF_PLANE_0 else 1 for char in text)
        self._offsets = (0, *accumulate(units))

    def span(self, span: Span) -> tuple[int, int]:
        """Return where a span of code points begins and ends."""
        return self._offsets[span.start], self._offsets[span.end]


def _character(entity: str) -> str:
    found = html.unescape(entity)
    return _UNPAIRED.sub("\ufffd", found) if len(found) <= len(entity) else entity
