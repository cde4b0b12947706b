"""Knows who is named on a page without being weighed: its commenters, and agencies as source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.mining.names import read_name

if TYPE_CHECKING:
    from app.domain.page import Page, Span
    from app.mining.names import Name

_AGENCIES = frozenset(
    tuple(name.split())
    for name in (
        "reuters|ap|associated press|afp|agence france presse|upi|xinhua|tass|itar tass|interfax|"
        "ria novosti|dpa|ansa|kyodo|pti|bloomberg|bbc|cnn|al jazeera|dow jones|pa|irna|sana|anadolu"
    ).split("|")
)
_SOURCE_BEFORE = re.compile(
    r"(?:told|according to|via|from|source:|credit:|photo(?: by)?:?|[(\[/])\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_SOURCE_BEHIND = re.compile(
    r"^\s*(?:photos?|images?|pictures?|said|says|say|reports?|reported|quotes?|quoted|writes|wrote|"
    r"correspondents?|journalists?|news|[)\]/]|[-–—]\s)",
    re.IGNORECASE,
)
_AROUND = 30
"""Code points on each side in which a word like "reported" makes an agency a source."""


def is_bystander(text: str, span: Span, name: Name) -> bool:
    """Whether `name` is spoken to ("@Sam") or is a news agency as the source of what is said."""
    if span.start > 0 and text[span.start - 1] == "@":
        return True
    if name.words not in _AGENCIES:
        return False
    before = text[max(0, span.start - _AROUND) : span.start]
    behind = text[span.end : span.end + _AROUND]
    return bool(_SOURCE_BEFORE.search(before) or _SOURCE_BEHIND.match(behind))


def author_names(page: Page) -> frozenset[tuple[str, ...]]:
    """Return the commenters' names in folded words; to name one is to answer a comment."""
    names = (read_name(comment.author) for comment in page.comments if comment.author)
    return frozenset(name.words for name in names if name is not None)
