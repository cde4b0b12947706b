"""Reads isso's generic JSON import: an array of threads, each with its comments.

Ids there are often all 0; ids that are not different within a thread are numbered anew, and
parents then mean nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote_plus

from app.domain.page import Article
from app.parsing.archives.fragments import comment_text, title_text
from app.parsing.archives.json_items import read_items
from app.parsing.archives.posts import Post, safe_id
from app.parsing.archives.records import Failure, entry_of
from app.parsing.archives.values import read_name, read_str, read_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.parsing.archives.records import Record


def is_record(item: Mapping[str, object]) -> bool:
    """Return whether an object looks like a thread."""
    return "id" in item and "title" in item and isinstance(item.get("comments"), list)


def read(stream: BinaryIO) -> Iterator[Record]:
    """Yield a page a thread, and what could not be read."""
    for found in read_items(stream, "item"):
        if isinstance(found, Failure):
            yield found
            continue
        position, item = found
        title = read_str(item.get("title"))
        article = Article(title=title_text(unquote_plus(title)) if title else None)
        listed = item.get("comments")
        rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
        yield entry_of(position, article, _read_posts(rows), url=read_str(item.get("id")))


def _read_posts(rows: list[dict[str, object]]) -> list[Post]:
    ids = [str(row.get("id")) for row in rows]
    named = len(set(ids)) == len(ids)
    return [
        Post(
            id=safe_id(ids[place]) if named else f"c{place + 1}",
            text=comment_text(read_str(row.get("text")) or "", breaks=True) or None,
            author=read_name(row.get("author")),
            parent=safe_id(row["parent"]) if named and row.get("parent") is not None else None,
            created_at=read_time(row.get("created")),
        )
        for place, row in enumerate(rows)
    ]
