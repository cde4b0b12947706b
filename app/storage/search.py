"""Finds comments by their words: SQLite by FTS5, PostgreSQL by tsvector, by the same rules.

A comment holds all words asked for, whole and in any case, and quoted phrases as they stand. The
latest pages come first: an order that both indexes give without sorting all that matches.
"""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

from sqlalchemy import Integer, String, column, text

from app.domain.question import FoundComment
from app.errors import InvalidRequest
from app.storage.columns import Instant, join_time
from app.storage.cursors import (
    MAX_NUMBER,
    MAX_POSITION,
    check_limit,
    decode_cursor,
    encode_cursor,
    slice_of,
)
from app.storage.filters import check_filter

if TYPE_CHECKING:
    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from app.domain.listing import Slice
    from app.domain.question import CommentFilter

_LIST = "comments"

POSITION_BITS = 24
"""FTS5 knows a row by one number: that of the page, then 24 bits for the place of the comment,
of which a page has a million at most."""

FIRST_WITH_SECURE_DELETE = (3, 42, 0)
"""The first SQLite whose FTS5 overwrites what is deleted, as the migration asks of it."""

_MAX_POSITION = 2**POSITION_BITS - 1

MAX_TERMS = 16
"""Words and phrases of one question; each one more makes it dearer and hardly narrower."""

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')

_SHOWN = """
    SELECT pages.id AS page_id, pages.url, pages.title, found.page_number, found.position,
           comments.id, comments.author, comments.text, comments.created_at,
           comments.created_offset_s
    FROM ({found}) AS found
    JOIN comments ON comments.page_number = found.page_number
                 AND comments.position = found.position
    JOIN pages ON pages.number = found.page_number
    ORDER BY found.page_number DESC, found.position DESC
"""

_SQLITE = """
    SELECT rowid >> :bits AS page_number, rowid & :last AS position FROM comment_search
    WHERE comment_search MATCH :words AND rowid < :below AND rowid >= :from_row
    ORDER BY rowid DESC LIMIT :most
"""

_POSTGRESQL = """
    SELECT page_number, position FROM comments
    WHERE words @@ ({query}) AND (page_number, position) < (:below_page, :below_position)
      AND page_number >= :from_page
    ORDER BY page_number DESC, position DESC LIMIT :most
"""


def overwrite_words(session: Session) -> None:
    """Take the words of deleted comments out of SQLite's index, where they stay until it merges.

    FTS5 does so by itself from SQLite 3.42 on; before, the index is written anew, in a time that
    grows with it. PostgreSQL keeps a comment's words in its row.
    """
    old = sqlite3.sqlite_version_info < FIRST_WITH_SECURE_DELETE
    if old and session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO comment_search(comment_search) VALUES ('optimize')"))


def find_comments(
    session: Session, wanted: CommentFilter, *, cursor: str | None = None, limit: int
) -> Slice[FoundComment]:
    """Return some of the comments that hold the words, those of the latest pages first.

    Raises:
        InvalidRequest: no word to look for, or too many; a broken cursor; a limit out of range.
    """
    check_limit(limit)
    terms = _terms_of(wanted.text)
    first_page, below = _range_of(session, wanted)
    if cursor is not None:
        page, position = decode_cursor(
            _LIST, cursor, most=[MAX_NUMBER >> POSITION_BITS, MAX_POSITION]
        )
        below = min(below, (page, position))
    if session.get_bind().dialect.name == "sqlite":
        found = _SQLITE
        values: dict[str, object] = {
            "words": " ".join(f'"{term}"' for term in terms),
            "below": (below[0] << POSITION_BITS) + min(below[1], _MAX_POSITION),
            "from_row": first_page << POSITION_BITS,
            "bits": POSITION_BITS,
            "last": _MAX_POSITION,
        }
    else:
        names = [f"term_{at}" for at in range(len(terms))]
        query = " && ".join(f"phraseto_tsquery('simple', :{name})" for name in names)
        found = _POSTGRESQL.format(query=query)
        values = dict(zip(names, terms, strict=True))
        values |= {"below_page": below[0], "below_position": below[1], "from_page": first_page}
    statement = text(_SHOWN.format(found=found)).columns(
        column("page_id", String),
        column("url", String),
        column("title", String),
        column("page_number", Integer),
        column("position", Integer),
        column("id", String),
        column("author", String),
        column("text", String),
        column("created_at", Instant),
        column("created_offset_s", Integer),
    )
    return slice_of(
        session.execute(statement, {**values, "most": limit + 1}).all(),
        limit=limit,
        item_of=_found,
        cursor_of=lambda row: encode_cursor(_LIST, row.page_number, row.position),
    )


def _terms_of(words: str) -> list[str]:
    """Return the words and phrases to look for; what has neither letter nor digit finds nothing."""
    check_filter("text", words)
    found = (phrase or word for phrase, word in _TERM.findall(words))
    terms = [term for term in found if any(char.isalnum() for char in term)]
    if not 1 <= len(terms) <= MAX_TERMS:
        raise InvalidRequest(
            f"expected 1 to {MAX_TERMS} words or phrases in text, got {len(terms)}"
        )
    return terms


def _range_of(session: Session, wanted: CommentFilter) -> tuple[int, tuple[int, int]]:
    """Return the first page to look at, and the place below which to look."""
    if wanted.page_id is None:
        return 0, (MAX_NUMBER >> POSITION_BITS, _MAX_POSITION)
    check_filter("page", wanted.page_id)
    number = session.scalar(text("SELECT number FROM pages WHERE id = :id"), {"id": wanted.page_id})
    return (number, (number + 1, 0)) if number is not None else (1, (0, 0))


def _found(row: Row[tuple[object, ...]]) -> FoundComment:
    return FoundComment(
        page_id=row.page_id,
        page_url=row.url,
        page_title=row.title,
        id=row.id,
        author=row.author,
        text=row.text,
        created_at=join_time(row.created_at, row.created_offset_s),
    )
