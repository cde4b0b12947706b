"""Reads Reddit's NDJSON dumps: submissions and comments, joined into a page a submission.

Submissions and comments may stand in one file or in many, in any order. `[deleted]` and
`[removed]` comments are left out. Comments whose submission is in no file make a page without an
article, under the submission's address. A comment that was scraped twice counts once.
"""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, BinaryIO

from app.domain.page import Article
from app.errors import UnreadableArchive
from app.parsing.archives.lines import read_objects
from app.parsing.archives.posts import Post, safe_id
from app.parsing.archives.records import Failure, failure_of
from app.parsing.archives.spill import Thread
from app.parsing.archives.values import read_epoch, read_name, read_str
from app.parsing.repair import repair_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.parsing.archives.spill import Spill

_GONE = frozenset({"[deleted]", "[removed]", "[deleted by user]", "[removed by reddit]"})
_SUBMISSION, _COMMENT = "t3_", "t1_"
_SITE = "https://www.reddit.com"


def is_record(item: Mapping[str, object]) -> bool:
    """Return whether an object looks like a submission or a comment of a dump."""
    return is_comment(item) or ("title" in item and "id" in item and "subreddit" in item)


def is_comment(item: Mapping[str, object]) -> bool:
    """Return whether an object looks like a comment of a dump."""
    return "body" in item and "link_id" in item and "id" in item


def address(key: str) -> str:
    """Return where the submission of that id stands."""
    return f"{_SITE}/comments/{key}/"


def gather(stream: BinaryIO, spill: Spill) -> Iterator[Failure]:
    """Put submissions and comments into `spill`; yield what could not be read."""
    for found in read_objects(stream):
        if isinstance(found, Failure):
            yield found
            continue
        position, item = found
        id_ = read_str(item.get("id"))
        if id_ is not None and is_comment(item):
            link = str(item.get("link_id")).removeprefix(_SUBMISSION)
            spill.add_post(safe_id(link), _read_comment(id_, item), position)
        elif id_ is not None and "title" in item:
            spill.add_thread(safe_id(id_), _read_submission(id_, item), position)
        else:
            yield failure_of(
                position,
                UnreadableArchive(
                    "expected a submission (id, title) or a comment (id, link_id, body), "
                    f"got an object with {len(item)} other fields"
                ),
            )


def _read_submission(id_: str, item: Mapping[str, object]) -> Thread:
    permalink = read_str(item.get("permalink"))
    article = Article(
        title=read_name(_plain(item.get("title"))),
        text=_words(item.get("selftext")) or "",
        author=_author(item),
        published_at=read_epoch(item.get("created_utc")),
    )
    return Thread(article, _SITE + permalink if permalink else address(id_))


def _read_comment(id_: str, item: Mapping[str, object]) -> Post:
    parent = str(item.get("parent_id") or "")
    return Post(
        id=safe_id(id_),
        text=_words(item.get("body")),
        author=_author(item),
        parent=safe_id(parent.removeprefix(_COMMENT)) if parent.startswith(_COMMENT) else None,
        created_at=read_epoch(item.get("created_utc")),
    )


def _author(item: Mapping[str, object]) -> str | None:
    name = read_name(item.get("author"))
    return None if name is None or name.lower() in _GONE else name


def _words(value: object) -> str | None:
    """The markdown of a post; None where it is gone or was empty."""
    text = _plain(value)
    if text is None or text.strip().lower() in _GONE:
        return None
    return repair_text(text).strip() or None


def _plain(value: object) -> str | None:
    """Dumps hold three characters of HTML escaped: "&amp;", "&lt;" and "&gt;"."""
    return unescape(value) if isinstance(value, str) else None
