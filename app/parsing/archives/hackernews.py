"""Reads Hacker News items as its API has them: one a line, or a JSON array of them.

An item knows only what it answers, so the story of a comment is found by following parents once
all files are read; they may come in any order. Dead and deleted comments are left out. Comments
under an item that is in no file make a page without an article, under the topmost one's address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.page import Article
from app.errors import UnreadableArchive
from app.parsing.archives.fragments import article_text, comment_text, title_text
from app.parsing.archives.json_items import read_json
from app.parsing.archives.posts import Post, safe_id
from app.parsing.archives.records import Failure, failure_of
from app.parsing.archives.spill import Thread
from app.parsing.archives.values import read_epoch, read_name, read_str

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator, Mapping

    from app.parsing.archives.spill import Spill

_TYPES = frozenset({"story", "comment", "job", "poll", "pollopt"})
_SITE = "https://news.ycombinator.com/item?id="


def is_record(item: Mapping[str, object]) -> bool:
    """Return whether an object looks like an item."""
    return str(item.get("type")) in _TYPES and item.get("id") is not None


def address(key: str) -> str | None:
    """Return where the item of that id stands."""
    return _SITE + key if key.isdigit() else None


def gather(stream: io.BufferedReader, spill: Spill) -> Iterator[Failure]:
    """Put the items of a file into `spill`, comments under what they answer."""
    for found in read_json(stream):
        if isinstance(found, Failure):
            yield found
            continue
        position, item = found
        if not is_record(item):
            problem = "expected an item with an id and a type, got none"
            yield failure_of(position, UnreadableArchive(problem))
        elif item["type"] == "comment":
            parent = item.get("parent")
            post = _read_comment(item)
            spill.add_post(safe_id(parent) if parent else f"comment {post.id}", post, position)
        elif item["type"] != "pollopt":
            spill.add_thread(safe_id(item["id"]), _read_story(item), position)


def _read_story(item: Mapping[str, object]) -> Thread:
    article = Article(
        title=title_text(read_str(item.get("title"))),
        text=article_text(read_str(item.get("text")) or ""),
        author=read_name(item.get("by")),
        published_at=read_epoch(item.get("time")),
    )
    return Thread(article, read_str(item.get("url")) or f"{_SITE}{item['id']}")


def _read_comment(item: Mapping[str, object]) -> Post:
    gone = item.get("deleted") is True or item.get("dead") is True
    parent = item.get("parent")
    return Post(
        id=safe_id(item["id"]),
        text=None if gone else comment_text(read_str(item.get("text")) or "") or None,
        author=read_name(item.get("by")),
        parent=safe_id(parent) if parent else None,
        created_at=read_epoch(item.get("time")),
    )
