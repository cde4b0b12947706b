"""Reads Movable Type's export (also TypePad's): entries of `-----` sections with their comments.

The format knows no replies. A `PING:` section is another site's notice of a link. Entries end at a
line of eight dashes; a line of five ends a section, also inside a comment, since the format has no
escape for it. An ip or url line that is empty is no part of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from app.domain.page import Article, CommentKind
from app.errors import UnreadableArchive
from app.parsing.archives.fragments import (
    MAX_FRAGMENT_CHARS,
    article_text,
    comment_text,
    title_text,
)
from app.parsing.archives.lines import read_lines
from app.parsing.archives.posts import Post
from app.parsing.archives.records import entry_of, failure_of
from app.parsing.drafts import MAX_COMMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.parsing.archives.records import Record

_SECTION_END, _ENTRY_END = "-----", "--------"
_MAX_LINE_BYTES = 2_000_000
_SECTION = re.compile(r"(BODY|EXTENDED BODY|EXCERPT|KEYWORDS|COMMENT|PING):\s*")
_FIELD = re.compile(r"([A-Z][A-Z ]{1,30}):[ \t]*(.*)")
_COMMENT_FIELDS = frozenset({"AUTHOR", "EMAIL", "IP", "URL", "DATE", "TITLE", "BLOG NAME"})
_DATE = re.compile(r"(\d\d?)/(\d\d?)/(\d{4}) (\d\d?):(\d\d)(?::(\d\d))?\s*([AP]M)?", re.IGNORECASE)
_NOON = 12


@dataclass(slots=True)
class _Section:
    """A section while it is read: its fields, then its lines."""

    name: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    chars: int = 0

    def add(self, line: str) -> None:
        """Take in a line: a field at the section's top where it can have some, else text."""
        found = _FIELD.fullmatch(line)
        has_fields = self.name in {"", "COMMENT", "PING"}
        if has_fields and not self.lines and found and self._knows(found[1]):
            self.fields.setdefault(found[1], found[2].strip())
        elif self.chars < MAX_FRAGMENT_CHARS and (self.lines or line.strip()):
            self.lines.append(line)
            self.chars += len(line) + 1

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def _knows(self, name: str) -> bool:
        return not self.name or name in _COMMENT_FIELDS


@dataclass(slots=True)
class _Draft:
    """An entry while it is read."""

    line: int
    head: dict[str, str] = field(default_factory=dict)
    bodies: list[str] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)

    def add(self, section: _Section) -> None:
        """Take in a section that has ended."""
        if not section.name:
            self.head.update(section.fields)
        elif section.name in {"BODY", "EXTENDED BODY"}:
            self.bodies.append(section.text)
        elif section.name in {"COMMENT", "PING"} and len(self.posts) <= MAX_COMMENTS:
            self.posts.append(_read_post(section, len(self.posts)))

    def finish(self) -> Record:
        """Return the entry's page."""
        article = Article(
            title=title_text(self.head.get("TITLE")),
            text=article_text("\n\n".join(self.bodies), breaks=True),
            author=title_text(self.head.get("AUTHOR")),
            published_at=_read_date(self.head.get("DATE")),
        )
        return entry_of(f"line {self.line}", article, self.posts)


def read(stream: BinaryIO) -> Iterator[Record]:
    """Yield a page an entry, and what could not be read."""
    draft, section = _Draft(1), _Section()
    number = 0
    for number, line in read_lines(stream, limit=_MAX_LINE_BYTES):
        if line is None:
            too_long = UnreadableArchive(
                f"expected lines of at most {_MAX_LINE_BYTES} bytes, got a longer one"
            )
            yield failure_of(f"line {number}", too_long)
            continue
        words = line.decode("utf-8", "replace").rstrip("\r\n")
        stripped = words.rstrip()
        if stripped == _ENTRY_END:
            draft.add(section)
            yield from _finished(draft)
            draft, section = _Draft(number + 1), _Section()
        elif stripped == _SECTION_END:
            draft.add(section)
            section = _Section("BETWEEN")
        elif section.name in {"", "BETWEEN"} and (begun := _SECTION.fullmatch(words)):
            draft.add(section)
            section = _Section(begun[1])
        else:
            section.add(words)
    draft.add(section)
    yield from _finished(draft)


def _finished(draft: _Draft) -> Iterator[Record]:
    if draft.head or draft.bodies or draft.posts:
        yield draft.finish()


def _read_post(section: _Section, place: int) -> Post:
    ping = section.name == "PING"
    fields = section.fields
    author = (fields.get("BLOG NAME") or fields.get("TITLE")) if ping else fields.get("AUTHOR")
    return Post(
        id=f"c{place + 1}",
        text=comment_text(section.text, breaks=True) or None,
        author=title_text(author),
        created_at=_read_date(fields.get("DATE")),
        kind=CommentKind.PINGBACK if ping else CommentKind.COMMENT,
    )


def _read_date(value: str | None) -> datetime | None:
    """The month comes first, and the zone is the blog's own, which the export does not tell."""
    found = _DATE.match(value) if value else None
    if found is None:
        return None
    month, day, year, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    if found[7]:
        hour = hour % _NOON + (_NOON if found[7].upper() == "PM" else 0)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
