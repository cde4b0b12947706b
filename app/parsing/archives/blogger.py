"""Reads Blogger's Atom export: posts and comments are entries of one feed, told apart by category.

A comment names its post by `in-reply-to`; newer exports name the comment it answers by a link
`rel="related"`. Posts come before or after their comments. Drafts have no comments and stay pages
without any.
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

_FIELDS = frozenset(
    "id title content summary published author/name category@term link@rel link@href"
    " in-reply-to@ref".split()
)


def gather(stream: BinaryIO, spill: Spill) -> Iterator[Failure]:
    """Put the posts and comments of a feed into `spill`; yield what could not be read."""
    for record in read_records(stream, {"entry": None}, _FIELDS):
        if isinstance(record, Failure):
            yield record
            continue
        terms = record.all("category@term")
        if any(term.endswith("kind#comment") for term in terms):
            post = _read_comment(record)
            key = (record.first("in-reply-to@ref") or "").strip()
            spill.add_post(key or f"comment {post.id}", post, record.position)
        elif any(term.endswith(("kind#post", "kind#page")) for term in terms):
            thread = Thread(_read_article(record), _links(record).get("alternate"))
            key = (record.first("id") or "").strip()
            spill.add_thread(key or record.position, thread, record.position)


def _read_article(entry: XmlRecord) -> Article:
    return Article(
        title=title_text(entry.first("title")),
        text=article_text(_content(entry)),
        author=title_text(entry.first("author/name")),
        published_at=read_time(entry.first("published")),
    )


def _read_comment(entry: XmlRecord) -> Post:
    parent = _links(entry).get("related", "").rpartition("/")[2]
    return Post(
        id=_short_id(entry.first("id") or entry.position),
        text=comment_text(_content(entry)) or None,
        author=title_text(entry.first("author/name")),
        parent=safe_id(parent) if parent else None,
        created_at=read_time(entry.first("published")),
    )


def _content(entry: XmlRecord) -> str:
    return entry.first("content") or entry.first("summary") or ""


def _links(entry: XmlRecord) -> dict[str, str]:
    return dict(zip(entry.all("link@rel"), entry.all("link@href"), strict=False))


def _short_id(value: str) -> str:
    """The number at the end of "tag:blogger.com,1999:blog-1.post-2", as related links have it."""
    tag, _, number = value.strip().rpartition(".post-")
    return safe_id(number if tag.startswith("tag:") and number.isdigit() else value)
