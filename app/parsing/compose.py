"""Composes drafts of comments from what was gathered of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.domain.page import CommentKind
from app.parsing.authors import read_authors
from app.parsing.drafts import Draft, is_removed
from app.parsing.instants import DATE, may_hold_date, parse_written_date
from app.parsing.names import is_header_line
from app.parsing.nesting import find_parents
from app.parsing.platforms import Zone
from app.parsing.texts import read_texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from app.parsing.found import Found
    from app.parsing.tree import Node

_NOTICE = re.compile(r"^\s*(?:pingback|trackback)s?\s*(?:[:\-–—]|from|by)?\s*", re.IGNORECASE)
_LONGEST_AUTHOR = 100
_DATED = tuple(frozenset({zone}) for zone in (Zone.META, Zone.AUTHOR, Zone.LOOSE, Zone.BODY))
_DIGIT = re.compile(r"\d")
_LONGEST_FRAME = 200


def compose_drafts(found: Sequence[Found], nodes: Sequence[Node]) -> list[Draft]:
    """Return what was gathered as drafts, in page order."""
    if not found:
        return []
    authors, headed = read_authors(found)
    texts = read_texts(found, authors, is_header_line, headed=headed)
    parents = find_parents(found, nodes)
    return [
        _draft_of(comment, text, author, parent)
        for comment, text, author, parent in zip(found, texts, authors, parents, strict=True)
    ]


def _draft_of(comment: Found, text: str, author: str | None, parent: int | None) -> Draft:
    notice = comment.span.pingback
    if notice:
        body = _NOTICE.sub("", text)
        author = _NOTICE.sub("", author or "") or body.partition("\n")[0][:_LONGEST_AUTHOR] or None
        text = body or author or ""
    removed = is_removed(text)
    return Draft(
        text="" if removed else text,
        author=author,
        parent=parent,
        kind=CommentKind.PINGBACK if notice else CommentKind.COMMENT,
        created_at=comment.created_at or _written_time(comment),
        left_out="says only that it was removed" if removed else None,
    )


def _written_time(comment: Found) -> datetime | None:
    for zones in _DATED:
        frame = comment.text_of(zones)[:_LONGEST_FRAME]
        if not (_DIGIT.search(frame) and may_hold_date(frame)):
            continue
        for date in DATE.finditer(frame):
            moment = parse_written_date(date.group())
            if moment is not None:
                return moment
    return None
