"""Reads Disqus's XML export: threads first, then posts that name their thread and parent by id.

Deleted and spam posts are left out, and so are deleted threads with all their posts. Posts of a
thread that is not in the export make a page without an article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from app.domain.page import Article
from app.parsing.archives.fragments import article_text, comment_text, title_text
from app.parsing.archives.posts import Post, safe_id
from app.parsing.archives.records import Failure
from app.parsing.archives.spill import Thread
from app.parsing.archives.values import read_time
from app.parsing.archives.xml_records import read_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.parsing.archives.spill import Spill
    from app.parsing.archives.xml_target import XmlRecord

_RECORDS = {"thread": None, "post": None}
_FIELDS = frozenset(
    "@id link title message createdAt isDeleted isSpam author/name author/username thread@id"
    " parent@id".split()
)


def gather(stream: BinaryIO, spill: Spill) -> Iterator[Failure]:
    """Put the threads and posts of an export into `spill`; yield what could not be read."""
    for record in read_records(stream, _RECORDS, _FIELDS):
        if isinstance(record, Failure):
            yield record
        elif record.name == "thread":
            thread = Thread(_read_article(record), _link(record), gone=_is(record, "isDeleted"))
            spill.add_thread(_id(record, "@id") or record.position, thread, record.position)
        else:
            post = _read_post(record)
            key = _id(record, "thread@id")
            # A post that names no thread has a page of its own.
            spill.add_post(key or f"post {post.id}", post, record.position)


def _read_article(thread: XmlRecord) -> Article:
    return Article(
        title=title_text(thread.first("title")),
        text=article_text(thread.first("message") or ""),
        author=title_text(thread.first("author/name")),
        published_at=read_time(thread.first("createdAt")),
    )


def _read_post(post: XmlRecord) -> Post:
    hidden = _is(post, "isDeleted") or _is(post, "isSpam")
    return Post(
        id=_id(post, "@id") or safe_id(post.position),
        text=None if hidden else comment_text(post.first("message") or "") or None,
        author=title_text(post.first("author/name") or post.first("author/username")),
        parent=_id(post, "parent@id"),
        created_at=read_time(post.first("createdAt")),
    )


def _id(record: XmlRecord, name: str) -> str | None:
    value = record.first(name)
    return safe_id(value) if value else None


def _is(record: XmlRecord, name: str) -> bool:
    return (record.first(name) or "").strip().lower() in {"true", "1"}


def _link(thread: XmlRecord) -> str | None:
    return (thread.first("link") or "").strip() or None
