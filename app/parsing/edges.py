"""Finds what the template put at the edges of comments: buttons, bylines, dates, signatures.

What names do not tell, repetition does: a line at the edge of many comments is nobody's words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.parsing.found import QUOTE, UNQUOTE
from app.parsing.furniture import is_action, is_rule
from app.parsing.instants import DATE, may_hold_date
from app.parsing.repair import tidy_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_BREAKS = re.compile(rf"([\n{QUOTE}{UNQUOTE}])")
_DIGITS = re.compile(r"\d+")
_SEPARATORS = r"[\s|·•‧∙,;:/()\[\]<>«»‹›#*–—~._-]*"
_LEFT_OVER = re.compile(
    rf"{_SEPARATORS}(?:(?:at|on|by|edit|reply|am|um|le|link|permalink|says?|said|\d+)?"
    rf"{_SEPARATORS})",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_SIGNATURE_RULE = re.compile(r"_{5,}")

_POSTED_BY = re.compile(
    r"\W*(?:posted|written|submitted|comment(?:ed)?|geschrieben|publié|posté|escrito|publicado"
    r"|scritto|inviato|geplaatst)\s(?:by|von|par|por|da|door)\s+",
    re.IGNORECASE,
)
"""In front of the author at an edge of the text, the line is the template's, whatever follows."""

_COMMON = 0.5
_LEAST_COMMON = 3
"""A line at the edge of half of the comments, and of three, is the template's."""

_LONGEST_COMMON = 80
_LONGEST_LABEL = 40
_EDGE = 4
"""Lines at either end of a comment among which the template's are looked for."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a comment; `quotes` is how many quotations it stands in."""

    words: str
    quotes: int = 0


def lines_of(text: str) -> list[Line]:
    """Return the lines of gathered text, none empty."""
    lines: list[Line] = []
    depth = 0
    for piece in _BREAKS.split(text):
        if not piece or piece.isspace():
            continue
        if piece == QUOTE:
            depth += 1
        elif piece == UNQUOTE:
            depth = max(0, depth - 1)
        else:
            words = tidy_line(piece)
            if words:
                lines.append(Line(words, depth))
    return lines


def is_never(_: str) -> bool:
    """Return False: where names tell what is text, no line of it is taken for a header."""
    return False


def common_lines(comments: Iterable[Sequence[Line]]) -> frozenset[str]:
    """Return the lines, numbers made alike, that many comments begin or end with."""
    counts: Counter[str] = Counter()
    total = 0
    for lines in comments:
        total += bool(lines)
        edges = {*lines[:_EDGE], *lines[-_EDGE:]} if len(lines) > 1 else ()
        counts.update({alike(line.words) for line in edges if _may_be_label(line.words)})
    least = max(_LEAST_COMMON, _COMMON * total)
    return frozenset(line for line, times in counts.items() if times >= least)


def _may_be_label(words: str) -> bool:
    return len(words) <= _LONGEST_LABEL and not words.endswith((".", "!", "?", "…"))


def alike(words: str) -> str:
    """Return a line as it is compared: numbers and case do not count."""
    return _DIGITS.sub("0", words.casefold())


def trim_template(
    lines: list[Line],
    common: frozenset[str],
    author: str | None,
    is_header: Callable[[str], bool],
) -> None:
    """Take the template's lines from both ends, and what is signed below a rule."""
    for at, line in enumerate(lines):
        if at and _SIGNATURE_RULE.match(line.words):
            del lines[at:]
            break
    open_ended = is_header is not is_never
    start, end = 0, len(lines)
    while start < end and (
        _is_furniture(lines[start], common, author, open_ended=open_ended)
        or (not lines[start].quotes and is_header(lines[start].words))
    ):
        start += 1
    while end > start and (
        _is_furniture(lines[end - 1], common, author, open_ended=open_ended)
        or (not lines[end - 1].quotes and is_header(lines[end - 1].words))
    ):
        end -= 1
    if start < end:
        lines[:] = lines[start:end]
    elif open_ended:  # "??" and "+1" look like furniture, and are what somebody wrote
        lines[:] = [line for line in lines if not _is_template(line, common, author, is_header)]


def _is_template(
    line: Line, common: frozenset[str], author: str | None, is_header: Callable[[str], bool]
) -> bool:
    return (
        alike(line.words) in common
        or is_action(line.words)
        or is_date(line.words)
        or is_header(line.words)
        or (author is not None and _is_byline(line.words, author))
        or bool(_LETTER.search(line.words) and _LEFT_OVER.fullmatch(line.words))
    )


def _is_furniture(
    line: Line, common: frozenset[str], author: str | None, *, open_ended: bool
) -> bool:
    if line.quotes:
        return False
    if alike(line.words) in common or is_rule(line.words):
        return True
    if not open_ended:
        return False
    return (
        bool(_LEFT_OVER.fullmatch(line.words))
        or is_action(line.words)
        or is_date(line.words)
        or (author is not None and _is_byline(line.words, author))
    )


def _is_byline(words: str, author: str) -> bool:
    """Whether a line names the author and perhaps a number and a time, and nothing else."""
    if len(words) > len(author) + _LONGEST_COMMON or author not in words:
        return False
    if _POSTED_BY.fullmatch(words[: words.index(author)]):
        return True
    return bool(_LEFT_OVER.fullmatch(DATE.sub("", words.replace(author, "", 1))))


_DAYS = frozenset(
    (
        "now,just now,today,yesterday,heute,gestern,gerade eben,hier,aujourd’hui,aujourd'hui,ayer"
        ",hoy,ieri,oggi,ontem,hoje,vandaag,gisteren,a moment ago,a day ago,an hour ago"
        ",a minute ago,a week ago,a month ago,a year ago"
    ).split(",")
)
"""Dates without a number; all others are looked for by pattern, which takes longer."""


def is_date(words: str) -> bool:
    """Return whether a line says when, and nothing else."""
    if len(words) > _LONGEST_COMMON:
        return False
    if not _DIGITS.search(words):
        return words.casefold().strip(" .,:·|") in _DAYS
    if not (may_hold_date(words) and DATE.search(words)):
        return False
    return bool(_LEFT_OVER.fullmatch(DATE.sub("", words)))
