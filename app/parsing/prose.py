"""Reads the article out of the lines that stand above a page's comments, and mends broken lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from app.domain.page import Article
from app.parsing.furniture import is_action, is_after_article, is_heading, is_rule
from app.parsing.headers import clean_name, is_name
from app.parsing.instants import parse_written_date
from app.parsing.lines import DATE_MARK, Prefix
from app.parsing.repair import tidy_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from app.parsing.lines import Line

_WIDEST_WRAP = 100
"""Text broken by a program is broken at 60 to 80 columns; hardly any editor goes beyond 100."""

_LEAST_BREAKS = 4
_WRAP_SHARE = 0.85
_LONGEST_TITLE = 200
_LONGEST_BYLINE = 120
_BYLINES = 5
_FIRST_PIECE = re.compile(r"[^\s-]*-?")
_TITLE_LABEL = re.compile(r"(?:title|headline|titel|titre)\s*:\s+", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:(?:posted|written|published|story|words|text)\s+)?(?:by|von|par|por"
    rf"|author:)\s*:?\s*(?P<author>[^{DATE_MARK}|·•]{{2,60}}?)"
    rf"(?:\s*(?:[,|·•—–(-]|\bon\b|\bat\b)\s*[^.!?]{0, 60})?",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?:(?:posted|published|updated|last updated|date|on"
    rf"|by)\W*)*[^.!?{DATE_MARK}]{{0,60}}{DATE_MARK}[^{DATE_MARK}]{{0,40}}(?"
    rf":{DATE_MARK}.{{0,20}})?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:(?:source|url|from|link)\s*:\s*)?<?https?://\S+>?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wrap:
    """At which width lines of each indentation were broken by a program; empty if none were."""

    width_at: dict[int, int]

    def joins(self, line: Line, following: Line) -> bool:
        """Return whether `following` only goes on with what `line` broke off."""
        width = self.width_at.get(line.indent)
        if width is None or following.prefix is not Prefix.NONE or line.indent != following.indent:
            return False
        if following.raw.lstrip().startswith(">") != line.raw.lstrip().startswith(">"):
            return False
        return _fills(line, following, width)


def find_wrap(lines: Sequence[Line]) -> Wrap:
    """Return at which width, if at all, a program broke the lines of a page."""
    width_at: dict[int, int] = {}
    for line in lines:
        width_at[line.indent] = max(width_at.get(line.indent, 0), len(line.raw))
    if max(width_at.values(), default=0) > _WIDEST_WRAP:
        return Wrap({})
    breaks = full = 0
    for line, following in pairwise(lines):
        if not line.blank and not following.blank and line.indent == following.indent:
            breaks += 1
            full += _fills(line, following, width_at[line.indent])
    wrapped = breaks >= _LEAST_BREAKS and full >= _WRAP_SHARE * breaks
    return Wrap(width_at if wrapped else {})


def _fills(line: Line, following: Line, width: int) -> bool:
    """Whether the next line's first word, or its part up to a hyphen, had no room on `line`."""
    piece = _FIRST_PIECE.match(following.words)
    return len(line.raw) + 1 + (piece.end() if piece else 0) > width


def join_paragraphs(lines: Iterable[tuple[Line, str]], wrap: Wrap) -> list[str]:
    """Return the tidy paragraphs of lines and the words to take of each."""
    paragraphs: list[list[str]] = []
    before: Line | None = None
    for line, words in lines:
        if line.blank or not words.strip():
            before = None
            continue
        if before is not None and wrap.joins(before, line):
            own = words.lstrip("> ") if words.startswith(">") else words
            if re.search(r"\w-$", paragraphs[-1][-1]):
                paragraphs[-1][-1] += own
            else:
                paragraphs[-1].append(own)
        else:
            paragraphs.append([words])
        before = line
    return [tidy for parts in paragraphs if (tidy := tidy_line(" ".join(parts)))]


def read_article(lines: Sequence[Line]) -> Article:
    """Return the article of the lines above the comments."""
    rest = list(lines)
    title, rest = _cut_title(rest)
    author, published_at, rest = _cut_bylines(rest)
    words = (
        (line, line.raw.strip() if line.prefix is not Prefix.HEADING else line.words)
        for line in rest
    )
    paragraphs = join_paragraphs(words, find_wrap(lines))
    while paragraphs and is_after_article(paragraphs[-1]):
        paragraphs.pop()
    kept = [
        text
        for text in paragraphs
        if not is_rule(text) and not is_action(text) and not is_heading(text)
    ]
    return Article(title=title, text="\n\n".join(kept), author=author, published_at=published_at)


def _skip_blank(lines: list[Line]) -> list[Line]:
    at = next(
        (at for at, line in enumerate(lines) if not line.blank and not is_rule(line.raw)),
        len(lines),
    )
    return lines[at:]


def _cut_title(lines: list[Line]) -> tuple[str | None, list[Line]]:
    lines = _skip_blank(lines)
    if not lines or len(lines[0].words) > _LONGEST_TITLE:
        return None, lines
    first = lines[0]
    label = _TITLE_LABEL.match(first.words)
    title = first.words[label.end() :] if label else first.words
    stands_alone = (
        len(lines) == 1 or lines[1].blank or is_rule(lines[1].raw) or _is_byline(lines[1])
    )
    marked = label is not None or first.prefix is Prefix.HEADING or first.strong == first.words
    if not (marked or (stands_alone and len(lines) > 1) or not re.search(r"[.!?…”\"]$", title)):
        return None, lines
    return tidy_line(title) or None, lines[1:]


def _is_byline(line: Line) -> bool:
    return len(line.words) <= _LONGEST_BYLINE and bool(
        _DATELINE.fullmatch(line.shape) or _byline_author(line) or _ADDRESS.fullmatch(line.words)
    )


def _byline_author(line: Line) -> str | None:
    match = _BYLINE.fullmatch(line.shape) if len(line.words) <= _LONGEST_BYLINE else None
    author = clean_name(match["author"]) if match else ""
    return author if author[:1].isupper() and is_name(author, strict=True) else None


def _cut_bylines(lines: list[Line]) -> tuple[str | None, datetime | None, list[Line]]:
    author: str | None = None
    published_at: datetime | None = None
    for _ in range(_BYLINES):
        lines = _skip_blank(lines)
        if not lines or not _is_byline(lines[0]):
            break
        author = author or _byline_author(lines[0])
        for date in lines[0].dates:
            published_at = published_at or parse_written_date(date)
        lines = lines[1:]
    return author, published_at, lines
