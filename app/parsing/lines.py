"""Takes a line of a text page apart: its indentation, quote marks, bullet or number, words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from app.parsing.instants import DATE, may_hold_date

DATE_MARK = "\ue000"
"""Stands for a date in `Line.shape`; a private character, which no page's text needs."""

_SHAPE_CHARS = 200
"""A header is shorter than this; of a longer line only the beginning is looked at."""

_NARROW = {
    ord(wide): narrow for wide, narrow in zip("：，（）［］｜／＠", ":,()[]|/@", strict=True)
}
"""Full width is how Chinese and Japanese write what the forms look for."""

_DIRECTIONS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of writing; sites put them around names and dates."""

_TAB_COLUMNS = 4
_QUOTES = re.compile(r"[ \t]*((?:>[ \t]?)+)")
_TREE = re.compile(r"(?:(?:[ \t]*[│├└┃┣┗╰↳⤷↪|`][─━-]*>?)+|[ \t]*[-=]{1,8}>)[ \t]+(?=\S)")
_HEADING = re.compile(r"(#{1,6})[ \t]+")
_BULLET = re.compile(r"[•*\-–·◦‣▪▫●○■□►▸▶➤+»][ \t]+")
_NUMBER = re.compile(
    r"(?:(?:no|comment|post|reply|nr)\b\.?\s*)?(?:#(\d{1,5}(?:\.\d{1,5})*)[.):]?[ \t]+"
    r"|[(\[](\d{1,5}(?:\.\d{1,5})*)[)\]][.:]?[ \t]+|(\d{1,5}(?:\.\d{1,5})*)(?:[.):]+"
    r"|[ \t]+[-–—|])[ \t]+|(\d{1,4}(?:\.\d{1,4})+)[ \t]+(?=\S))",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|\*|_|`)(?=[^\s*_`])(.{1,120}?)(?<=[^\s*`])\1(?!\w)")
_LAST_OF_NAME = re.compile(r"(?<!\b(?:on|by))[^\W_] $")
"""Where "Today" goes on from a word, it is part of a name ("Garments Today")."""


class Prefix(StrEnum):
    """What stands before the words of a line."""

    NONE = "none"
    BULLET = "bullet"
    NUMBER = "number"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `words` is what follows the prefix, without the emphasis at its beginning.

    `shape` is the beginning of the words with each date replaced by `DATE_MARK`; `dates` are
    those dates. `depth` grows with indentation, quote marks and heading level. `strong` is the
    emphasised beginning of the words, where there is one.
    """

    raw: str
    indent: int
    depth: int
    quotes: int
    prefix: Prefix
    number: str | None
    words: str
    strong: str | None
    shape: str
    dates: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing stands on the line."""
        return not self.words


def read_lines(text: str) -> list[Line]:
    """Return the lines of `text`, taken apart."""
    return [read_line(raw) for raw in text.split("\n")]


def read_line(raw: str) -> Line:
    """Return one line, taken apart."""
    rest = _DIRECTIONS.sub("", raw).replace("\u00a0", " ").expandtabs(_TAB_COLUMNS).rstrip()
    quotes = margin = 0
    quoted = _QUOTES.match(rest)
    if quoted:
        margin = quoted.start(1)
        quotes = quoted.group(1).count(">")
        rest = rest[quoted.end() :]
    words = rest.lstrip()
    indent = margin + len(rest) - len(words)
    tree = _TREE.match(rest)
    if tree:
        words, indent = rest[tree.end() :], margin + tree.end()
    prefix, number, level, words = _cut_prefix(words)
    strong, words = _cut_emphasis(words)
    shape, dates = _shape_of(words)
    return Line(
        raw=raw.rstrip(),
        indent=indent,
        quotes=quotes,
        depth=quotes * 1_000 + indent + level,
        prefix=prefix,
        number=number,
        words=words,
        strong=strong,
        shape=shape,
        dates=dates,
    )


def _cut_prefix(words: str) -> tuple[Prefix, str | None, int, str]:
    """The prefix, its number, its heading level, and the words without it."""
    head = words[:40]
    heading = _HEADING.match(head)
    if heading:
        rest = words[heading.end() :].rstrip("# ")
        inner, number, _, rest = _cut_prefix(rest) if rest else (Prefix.NONE, None, 0, rest)
        return Prefix.HEADING, number if inner is Prefix.NUMBER else None, len(heading[1]), rest
    bullet = _BULLET.match(head)
    if bullet:
        return Prefix.BULLET, None, 0, words[bullet.end() :].lstrip()
    numbered = _NUMBER.match(head)
    date = DATE.match(words[:_SHAPE_CHARS]) if numbered else None
    if numbered and (date is None or DATE.search(words[:_SHAPE_CHARS], date.end())):
        number = next(filter(None, numbered.groups()))
        return Prefix.NUMBER, number, 0, words[numbered.end() :].lstrip()
    return Prefix.NONE, None, 0, words


def _cut_emphasis(words: str) -> tuple[str | None, str]:
    """The emphasised beginning, and the words with its marks taken off."""
    if not words or words[0] not in "*_`":
        return None, words
    match = _EMPHASIS.match(words[:_SHAPE_CHARS])
    if match is None:
        return None, words
    inner = match.group(2).strip("*` ")
    return inner, inner + words[match.end() :]


def _shape_of(words: str) -> tuple[str, tuple[str, ...]]:
    head = words[:_SHAPE_CHARS]
    if not may_hold_date(head):
        return head.translate(_NARROW), ()
    shape: list[str] = []
    dates: list[str] = []
    at = 0
    for match in DATE.finditer(head):
        if _LAST_OF_NAME.search(head[: match.start()]) and match.group().isalpha():
            continue
        shape += head[at : match.start()], DATE_MARK
        dates.append(match.group())
        at = match.end()
    return "".join((*shape, head[at:])).translate(_NARROW), tuple(dates)
