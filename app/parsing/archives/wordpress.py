"""Reads WordPress's export (WXR 1.0 to 1.2): every item with its comments.

Comments that wait for approval, are spam or in the trash were never shown and are left out. Line
breaks of articles and comments count, as WordPress shows them. Items that are no posts or pages
(attachments, menus) make a page only where they have comments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from app.domain.page import Article, CommentKind
from app.parsing.archives.fragments import article_text, comment_text, title_text
from app.parsing.archives.posts import Post, safe_id
from app.parsing.archives.records import Failure, entry_of
from app.parsing.archives.values import read_mail_date, read_time
from app.parsing.archives.xml_records import read_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from app.parsing.archives.records import Record
    from app.parsing.archives.xml_target import XmlRecord

_RECORDS = {"item": None, "comment": "item"}
_FIELDS = frozenset(
    "title link pubDate creator encoded post_date_gmt post_type comment_id comment_author"
    " comment_date_gmt comment_date comment_content comment_approved comment_type"
    " comment_parent".split()
)
_APPROVED = frozenset({"1", "approve", "approved"})
_NOTICES = frozenset({"pingback", "trackback"})
_PAGES = frozenset({"post", "page"})


def read(stream: BinaryIO) -> Iterator[Record]:
    """Yield a page an item, and what could not be read."""
    posts: list[Post] = []
    for record in read_records(stream, _RECORDS, _FIELDS):
        if isinstance(record, Failure):
            yield record
        elif record.name == "comment":
            posts.append(_read_post(record, len(posts)))
        else:
            if posts or (record.first("post_type") or "post") in _PAGES:
                yield entry_of(record.position, _read_article(record), posts, url=_link(record))
            posts = []
    if posts:  # the item's own end tag never came
        yield entry_of("last item", Article(), posts)


def _read_article(item: XmlRecord) -> Article:
    return Article(
        title=title_text(item.first("title")),
        text=article_text(item.first("encoded") or "", breaks=True),
        author=title_text(item.first("creator")),
        published_at=_real(read_time(item.first("post_date_gmt")))
        or _real(read_mail_date(item.first("pubDate"))),
    )


def _read_post(comment: XmlRecord, place: int) -> Post:
    approved = (comment.first("comment_approved") or "1").strip().lower()
    parent = (comment.first("comment_parent") or "0").strip()
    kind = (comment.first("comment_type") or "comment").strip().lower()
    return Post(
        id=safe_id(comment.first("comment_id") or f"n{place + 1}"),
        text=_read_text(comment) if approved in _APPROVED else None,
        author=title_text(comment.first("comment_author")),
        parent=safe_id(parent) if parent != "0" else None,
        created_at=read_time(comment.first("comment_date_gmt"))
        or read_time(comment.first("comment_date")),
        kind=CommentKind.PINGBACK if kind in _NOTICES else CommentKind.COMMENT,
    )


def _read_text(comment: XmlRecord) -> str | None:
    return comment_text(comment.first("comment_content") or "", breaks=True) or None


def _link(item: XmlRecord) -> str | None:
    return (item.first("link") or "").strip() or None


def _real(moment: datetime | None) -> datetime | None:
    """Drafts are dated to the year 0, which some tools write as -1."""
    return moment if moment is not None and moment.year > 1 else None
