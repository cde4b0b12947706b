"""Reads Commento's JSON export (also Commento++'s): comments of many pages, and who wrote them.

The export tells a page's address and nothing else of it. Comments that are deleted or not approved
are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from app.domain.page import Article
from app.errors import UnreadableArchive
from app.parsing.archives.fragments import comment_text
from app.parsing.archives.json_items import read_items
from app.parsing.archives.posts import Post, safe_id
from app.parsing.archives.records import Failure, failure_of
from app.parsing.archives.spill import Thread
from app.parsing.archives.values import read_name, read_str, read_time
from app.parsing.repair import repair_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.parsing.archives.spill import Spill

_ROOT, _ANONYMOUS = "root", "anonymous"


def gather(stream: BinaryIO, spill: Spill) -> Iterator[Failure]:
    """Put the comments of an export into `spill`; yield what could not be read."""
    for found in read_items(stream, "comments.item", "commenters.item"):
        if isinstance(found, Failure):
            yield found
            continue
        position, item = found
        if position.startswith("commenters"):
            key, name = read_str(item.get("commenterHex")), read_name(item.get("name"))
            if key and name:
                spill.add_author(key, name)
            continue
        id_ = read_str(item.get("commentHex"))
        if id_ is None:
            problem = "expected a comment with a commentHex, got none"
            yield failure_of(position, UnreadableArchive(problem))
            continue
        url = _address(item)
        spill.add_thread(url, Thread(Article(), url or None), position)
        spill.add_post(url, _read_comment(id_, item), position)


def _read_comment(id_: str, item: Mapping[str, object]) -> Post:
    shown = item.get("deleted") is not True and item.get("state", "approved") == "approved"
    parent = read_str(item.get("parentHex"))
    author = read_str(item.get("commenterHex"))
    return Post(
        id=safe_id(id_),
        text=_words(item) if shown else None,
        author=author if author != _ANONYMOUS else None,
        parent=safe_id(parent) if parent and parent != _ROOT else None,
        created_at=read_time(item.get("creationDate")),
    )


def _words(item: Mapping[str, object]) -> str | None:
    """What the author typed, in markdown; the HTML made of it where that is all there is."""
    markdown = read_str(item.get("markdown"))
    if markdown:
        return repair_text(markdown).strip() or None
    return comment_text(read_str(item.get("html")) or "") or None


def _address(item: Mapping[str, object]) -> str:
    path = read_str(item.get("url")) or read_str(item.get("path")) or ""
    domain = read_str(item.get("domain")) or ""
    return path if "://" in path or not domain else f"https://{domain}/{path.lstrip('/')}"
