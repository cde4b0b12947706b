"""Holds what was gathered of a comment, and looks into the frame around its text for more.

The frame is everything but the text: names, dates, buttons, and links to what is answered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.parsing.instants import parse_html_time
from app.parsing.platforms import Zone
from app.parsing.tree import BLOCKS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from app.parsing.spans import Span
    from app.parsing.tree import Node

QUOTE, UNQUOTE = "\x02", "\x03"
"""Stand in a zone's text where a quotation begins and ends; the parser lets neither through."""

_NAMING_TAGS = frozenset("a b strong cite h2 h3 h4 h5 h6 em i font span p div dt".split())
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_MOST_HINTS = 8
_LONGEST_HINT = 80
_MOST_LINKS = 12
"""Links of a comment's frame that are looked at for the comment that it answers."""

_TIME_ATTRIBUTES = ("datetime", "data-datetime", "data-date", "data-time-string")
_EPOCHS = ("data-utime", "data-time", "data-timestamp", "data-created", "data-epoch")
_TIMED = frozenset({*_TIME_ATTRIBUTES, *_EPOCHS, "content", "title"})
_AUTHOR_ATTRIBUTES = ("data-author", "data-username", "data-author-name", "data-user-name")
_PARENT_ATTRIBUTES = (
    "data-parent-id", "data-parent", "data-parentid", "data-reply-to", "data-in-reply-to",
    "data-comment-parent", "data-parent-comment-id",
)  # fmt: skip
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")
_LATEST_EPOCH_S = 4_102_444_800
"""The year 2100."""

_DATED = re.compile(r"date|time|ago$")
_LEAST_ADDRESS = 8
_LONGEST_ADDRESS = 2_000
"""Browsers show no longer ones."""

_NO_DIGITS = re.compile(r"\D+")
_LETTERS = re.compile(r"\w\w")
_SMILEY_CLASS = re.compile(r"smil|emoji|emoticon", re.IGNORECASE)
_LONGEST_SMILEY = 40


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a comment's frame to another place on the page."""

    target: str
    text: str
    before: str
    words: tuple[str, ...]


@dataclass(slots=True)
class Found:
    """What was gathered of a comment; `parent` is the place of the one it stands in.

    `named` and `answers` are the author and the key of the answered comment where attributes say
    them; `hints` are the tags and texts of small parts of its frame, at the top first.
    """

    span: Span
    parent: int | None
    pieces: list[tuple[Zone, str]] = field(default_factory=list)
    created_at: datetime | None = None
    named: str | None = None
    answers: str | None = None
    hints: list[tuple[str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    has_content: bool = False
    leads_elsewhere: bool = False

    def text_of(self, zones: frozenset[Zone]) -> str:
        """Return the text of some zones, in page order, lines as they were marked up."""
        return "".join(text for zone, text in self.pieces if zone in zones)


def read_attributes(comment: Found, element: HtmlElement) -> None:
    """Note what a comment's own element says of its author, its time and what it answers."""
    attributes = element.attrib
    for name in _AUTHOR_ATTRIBUTES:
        value = attributes.get(name)
        if value and not value.isdigit():
            comment.named = value[:_LONGEST_HINT]
            break
    for name in _PARENT_ATTRIBUTES:
        value = _NO_DIGITS.sub("", (attributes.get(name) or "")[:100])
        if value.strip("0"):
            comment.answers = value
            break


def look_at_frame(comment: Found, node: Node, zone: Zone, *, small: bool) -> None:
    """Note what an element outside the text can say: a name, a time, what is answered."""
    if comment.created_at is None:
        comment.created_at = _time_of(node.element, zone)
    if small and node.tag in _HEADINGS:
        link = next(node.element.iter("a"), None)
        if link is None:
            link = next(node.element.iterancestors("a"), None)
        target = link.get("href") or "" if link is not None else ""
        comment.leads_elsewhere = comment.leads_elsewhere or bool(target and "#" not in target)
    if small and node.tag in _NAMING_TAGS and len(comment.hints) < _MOST_HINTS:
        apart = " " if node.tag in BLOCKS else ""
        text = " ".join(apart.join(node.element.itertext()).split())
        if 0 < len(text) <= _LONGEST_HINT:
            comment.hints.append((node.tag, text))
    if small:
        _look_for_link(comment, node)


def look_at_buttons(comment: Found, node: Node, *, small: bool) -> None:
    """Note what an element among buttons can say: dates and links stand there too."""
    if comment.created_at is None and (node.tag == "time" or any(map(_DATED.search, node.words))):
        comment.created_at = _time_of(node.element, Zone.META)
    if small:
        _look_for_link(comment, node)


def _look_for_link(comment: Found, node: Node) -> None:
    """Note a link to another place on the page."""
    if node.tag != "a" or len(comment.links) >= _MOST_LINKS:
        return
    _, hash_, target = (node.element.get("href") or "")[:500].rpartition("#")
    if hash_ and target:
        text = " ".join("".join(node.element.itertext())[:_LONGEST_HINT].split())
        title = (node.element.get("title") or "")[:_LONGEST_HINT]
        comment.links.append(Link(target, text or title, _text_before(node.element), node.words))


def _text_before(element: HtmlElement) -> str:
    previous = element.getprevious()
    if previous is not None:
        text = previous.tail
    else:
        parent = element.getparent()
        text = parent.text if parent is not None else None
    return " ".join((text or "")[-_LONGEST_HINT:].split())


def _time_of(element: HtmlElement, zone: Zone) -> datetime | None:
    if _TIMED.isdisjoint(element.keys()):
        return None
    attributes = element.attrib
    for name in _TIME_ATTRIBUTES:
        value = attributes.get(name)
        if value:
            return parse_html_time(value)
    for name in _EPOCHS:
        value = attributes.get(name)
        match = _EPOCH.fullmatch(value) if value else None
        if match and int(match[1]) < _LATEST_EPOCH_S:
            return datetime.fromtimestamp(int(match[1]), UTC)
    if zone is Zone.META:
        value = attributes.get("content") or attributes.get("title")
        return parse_html_time(value) if value else None
    return None


def address_cut_short(element: HtmlElement) -> str | None:
    """Return the whole address of a link whose text is only the beginning of it."""
    shown = (element.text or "").strip()
    begin = shown.rstrip(".…")
    if begin == shown or len(element) or len(begin) < _LEAST_ADDRESS:
        return None
    address = (element.get("href") or "").strip()[:_LONGEST_ADDRESS]
    bare = address.partition("://")[2]
    return address if address.startswith(begin) or bare.startswith(begin) else None


def text_of_picture(element: HtmlElement) -> str:
    """Return the emoji or smiley that a picture stands for; other pictures say nothing."""
    alt = (element.get("alt") or "").strip()
    if not alt or len(alt) > _LONGEST_SMILEY:
        return ""
    if not _LETTERS.search(alt) and any(ord(char) > 0x2000 for char in alt):  # noqa: PLR2004 - symbols
        return alt
    marks = f"{element.get('class') or ''} {(element.get('src') or '')[-200:]}"
    return f" {alt} " if _SMILEY_CLASS.search(marks) and not _LETTERS.search(alt) else ""
