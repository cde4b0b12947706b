"""Walks the HTML of a page once, without recursion, and gathers its comments by a platform's rules.

Every text goes to the innermost open comment, into the zone of the innermost element that begins
one; so nesting costs nothing, however deep.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from app.domain.page import CommentKind
from app.parsing.drafts import Draft
from app.parsing.forms import FORMS
from app.parsing.headers import clean_name, is_name, read_header
from app.parsing.instants import DATE, parse_html_time, parse_written_date
from app.parsing.lines import read_line
from app.parsing.platforms import Zone, words_of
from app.parsing.repair import repair_text, tidy_line, tidy_lines

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.html import HtmlElement

    from app.parsing.platforms import Platform

BLOCKS = frozenset(
    "address article aside blockquote body br center dd details dialog div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre"
    " section summary table tbody td tfoot th thead tr ul".split()
)
"""Elements that begin a new line."""

_LONGEST_AUTHOR = 100
_DEPTH = re.compile(r"depth-(\d{1,3})")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SAYS = re.compile(
    r"\s*(?:says?|said|wrote|writes|sagte?|schreibt|schrieb|meint|dijo|dice|escribió"
    r"|(?:a )?(?:dit|écrit)"
    r"|(?:ha )?(?:scritto|detto)|scrive|disse|schreef|zegt|skriver|säger|pisze|:)+\s*:?\s*$",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"^\s*(?:pingback|trackback)s?\s*(?:[:\-–—]|from|by)?\s*", re.IGNORECASE)
_BULLETS = re.compile(r"\s*[•·|]\s*")
_SURE_FORMS = frozenset({"says", "posted", "dated"})
_LEFT_OVER = re.compile(r"[\W_]*(?:(?:at|on|by|edit|reply|am|um|le)?[\W_]*)", re.IGNORECASE)

_OVERRIDES = {
    Zone.LOOSE: frozenset(Zone),
    Zone.BODY: frozenset(Zone),
    Zone.META: frozenset({Zone.NAME, Zone.AUTHOR, Zone.BODY, Zone.CONTENT, Zone.DROP}),
    Zone.AUTHOR: frozenset({Zone.NAME, Zone.META, Zone.DROP, Zone.CONTENT}),
    Zone.NAME: frozenset({Zone.DROP}),
    Zone.CONTENT: frozenset({Zone.DROP}),
    Zone.DROP: frozenset[Zone](),
}
"""Which zones may begin inside which: in a comment's content, a class "author" says nothing."""


@dataclass(slots=True)
class Found:
    """A comment while it is being gathered; `element` is where it stands."""

    element: HtmlElement
    key: str
    parent: int | None
    depth: int | None
    pingback: bool
    texts: dict[Zone, list[str]] = field(default_factory=dict)
    created_at: datetime | None = None

    def add(self, zone: Zone, text: str) -> None:
        """Add a text to a zone."""
        self.texts.setdefault(zone, []).append(text)

    def text_of(self, zone: Zone) -> str:
        """Return the tidy text of a zone."""
        return tidy_lines("".join(self.texts.get(zone, ())))


def gather(root: HtmlElement, platform: Platform) -> list[Found]:
    """Return the comments that stand under `root`, in page order."""
    found: list[Found] = []
    open_: list[tuple[int | None, Zone]] = [(None, Zone.LOOSE)]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            open_.append(_enter(element, platform, found, *open_[-1]))
            _add(found, *open_[-1], element.tag, element.text)
        else:
            inner, zone = open_.pop()
            if element.tag in BLOCKS and inner is not None:
                found[inner].add(zone, "\n")
            _add(found, *open_[-1], None, element.tail)
    return found


def _enter(
    element: HtmlElement, platform: Platform, found: list[Found], at: int | None, zone: Zone
) -> tuple[int | None, Zone]:
    """Which comment and zone `element` belongs to; a new comment if it begins one."""
    words = words_of(element)
    if platform.is_comment(element, words):
        key = re.sub(r"\D+", "", element.get("id") or "")
        if at is None or not key or found[at].key != key:
            depth = next((int(m[1]) for word in words if (m := _DEPTH.fullmatch(word))), None)
            pingback = platform.pingback.matches(element, words)
            found.append(Found(element, key, at, depth, pingback))
            return len(found) - 1, Zone.LOOSE
    if at is None:
        return None, zone
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return at, Zone.DROP
    begun = platform.zone_of(element, words)
    if begun is not None and (begun in _OVERRIDES[zone] or _opens_content(found[at], zone, begun)):
        zone = begun
    if zone is not Zone.CONTENT and found[at].created_at is None:
        stamp = element.get("datetime") or (element.get("content") if zone is Zone.META else None)
        found[at].created_at = parse_html_time(stamp) if stamp else None
    return at, zone


def _opens_content(comment: Found, zone: Zone, begun: Zone) -> bool:
    """Whether a name or a date stands in a comment's content before any of its text."""
    if zone is not Zone.CONTENT or begun not in {Zone.NAME, Zone.AUTHOR, Zone.META}:
        return False
    return not any(text.strip() for text in comment.texts.get(Zone.CONTENT, ()))


def _add(found: list[Found], at: int | None, zone: Zone, tag: str | None, text: str | None) -> None:
    if at is None:
        return
    if tag in BLOCKS:
        found[at].add(zone, "\n")
    if text:
        found[at].add(zone, text)


def drafts_of(found: list[Found]) -> list[Draft]:
    """Return what was gathered as drafts."""
    last_at_depth: dict[int, int] = {}
    drafts: list[Draft] = []
    for at, comment in enumerate(found):
        parent = comment.parent
        if comment.depth is not None:
            if parent is None and comment.depth > 1:
                parent = last_at_depth.get(comment.depth - 1)
            last_at_depth[comment.depth] = at
        drafts.append(_draft_of(comment, parent))
    return drafts


def _draft_of(comment: Found, parent: int | None) -> Draft:
    meta = comment.text_of(Zone.META)
    text = comment.text_of(Zone.CONTENT) or comment.text_of(Zone.BODY)
    author = _author_of(comment)
    if not text:
        text = _loose_text(comment.text_of(Zone.LOOSE), author)
    if author is None:
        author = _name_at_top(meta)
    first, _, others = text.partition("\n")
    if author is None and others and len(first) <= _LONGEST_AUTHOR:
        author = _name_in_header(first)
        text = others if author else text
    if comment.pingback:
        body = _NOTICE.sub("", text)
        author = _NOTICE.sub("", author or "") or body.partition("\n")[0][:_LONGEST_AUTHOR] or None
        text = body or author or ""
    date = DATE.search(meta[:200])
    return Draft(
        text=repair_text(text),
        author=repair_text(author) if author else None,
        parent=parent,
        kind=CommentKind.PINGBACK if comment.pingback else CommentKind.COMMENT,
        created_at=comment.created_at or (parse_written_date(date.group()) if date else None),
    )


def _loose_text(text: str, author: str | None) -> str:
    """The text of a comment whose parts have no names, without what is left of its header."""
    lines = text.split("\n")
    while lines and (_LEFT_OVER.fullmatch(lines[0]) or lines[0].strip(" :") == author):
        lines.pop(0)
    return "\n".join(lines)


def _author_of(comment: Found) -> str | None:
    name = tidy_line(comment.text_of(Zone.NAME).partition("\n")[0])
    if not name:
        name = _name_in(tidy_line(comment.text_of(Zone.AUTHOR)))
    return name if name and len(name) <= _LONGEST_AUTHOR else None


def _name_in(text: str) -> str:
    """The name in "NAME on DATE said:" and the like."""
    return _name_in_header(text) or clean_name(_SAYS.sub("", DATE.sub("", text)))


def _name_in_header(text: str) -> str | None:
    """The name in a line that has the form of a header in plain text."""
    line = read_line(text)
    for form in FORMS:
        if form.name in _SURE_FORMS:
            header = read_header(line, form)
            if header is not None and header.rest is None:
                return _BULLETS.split(header.author)[0].strip()
    return None


def _name_at_top(meta: str) -> str | None:
    """The name before the first bullet or date of a comment's details."""
    first, _, _ = meta.partition("\n")
    name = _name_in_header(first)
    if name is None and _BULLETS.search(first):
        name = clean_name(_BULLETS.split(first)[0])
        name = name if is_name(name, strict=True) and not DATE.search(name) else None
    return name
