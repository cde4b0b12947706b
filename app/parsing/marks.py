"""Finds the lines of a text page that may say whose comment stands beside them, form by form."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.parsing.forms import FORMS, Form, Patterns, Place
from app.parsing.furniture import is_action, is_end, is_heading, is_rule
from app.parsing.headers import Header, is_name, read_header
from app.parsing.lines import DATE_MARK
from app.parsing.vocabulary import (
    BUTTONS,
    BY,
    DATE_FIELDS,
    FIELDS,
    OTHER_FIELDS,
    POSTED,
    PREPOSITIONS,
    TEXT_FIELDS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.parsing.lines import Line

_AFTER_DATE = rf"(?:permalink|reply|link|report|flag|edited|edit|said|says|#?\d+|{BUTTONS})"
_DATE_ALONE = re.compile(
    rf"\W*(?:(?:{PREPOSITIONS}|{DATE_FIELDS}|written)\b\W*)*"
    rf"{DATE_MARK}\W*(?:{_AFTER_DATE}\b\W*)*",
    re.IGNORECASE,
)
_FIELD_LINE = re.compile(rf"(?:{DATE_FIELDS}|{OTHER_FIELDS})\s*[:=].{{0,120}}", re.IGNORECASE)
_TEXT_LABEL = re.compile(rf"{TEXT_FIELDS}\s*[:：=]\s*", re.IGNORECASE)
_PINGBACK = re.compile(
    r"(?:pingback|trackback)s?(?:\s*(?:from|by|:|-|–|—)\s*|\s+)(?P<author>\S.{0,150})",
    re.IGNORECASE,
)
_LABELLING = ("posted", "field")
_LABEL = re.compile(rf"{POSTED}\s*{BY}|{FIELDS}", re.IGNORECASE)
_MOST_NAME = 0.8
"""Where so many lines with a label before the colon say a name behind it, it is no name itself."""

DATELINE = Form("dateline", Patterns(), place=Place.EITHER, weight=0.97)
"""A name on one line and a date on the next; it cannot be seen in one line alone."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A header found in the page: lines `at` to `end`, with the date found in any of them."""

    at: int
    end: int
    line: Line
    header: Header
    pingback: bool = False


def find_marks(lines: Sequence[Line]) -> list[tuple[Form, list[Mark]]]:
    """Return the marks of every form that occurs, in page order."""
    forms = {form.name: form for form in (*FORMS, DATELINE)}
    found: dict[str, list[Mark]] = {name: [] for name in forms}
    for at, line in enumerate(lines):
        if line.blank or is_rule(line.raw) or is_heading(line.words) or is_action(line.words):
            continue
        for form in FORMS:
            header = read_header(line, form)
            if header is not None and not is_end(line.words):
                found[form.name].append(_take_in_next_lines(lines, Mark(at, at + 1, line, header)))
        dateline = _read_dateline(lines, at)
        if dateline is not None:
            found[DATELINE.name].append(dateline)
    found["inline"] = _without_labels(found["inline"], found)
    return [(form, found[name]) for name, form in forms.items() if found[name]]


def _without_labels(marks: list[Mark], found: dict[str, list[Mark]]) -> list[Mark]:
    """Leave out "Posted by: Ann" and "Author: Ann", where lines of this label name somebody.

    An author who answers readers' questions is called "Author" as well, but says more than names.
    """
    naming = {
        mark.at
        for label in _LABELLING
        for mark in found[label]
        if is_name(mark.header.author, strict=True)
    }
    labelled: dict[str, list[Mark]] = {}
    for mark in marks:
        if _LABEL.fullmatch(mark.header.author):
            labelled.setdefault(mark.header.author.casefold(), []).append(mark)
    dropped = {
        mark.at
        for group in labelled.values()
        if sum(mark.at in naming for mark in group) >= _MOST_NAME * len(group)
        for mark in group
    }
    return [mark for mark in marks if mark.at not in dropped]


def find_pingback(lines: Sequence[Line], at: int) -> Mark | None:
    """Return line `at` as the header of another site's notice, if it is one."""
    match = _PINGBACK.fullmatch(lines[at].words[:170])
    if match is None:
        return None
    header = Header(author=match["author"].strip())
    return _take_in_next_lines(lines, Mark(at, at + 1, lines[at], header, pingback=True))


def _read_dateline(lines: Sequence[Line], at: int) -> Mark | None:
    line = lines[at]
    if line.dates or ":" in line.words.rstrip(":") or not is_name(line.words, strict=True):
        return None
    if is_end(line.words):
        return None
    after = at + 1 if at + 1 < len(lines) and not lines[at + 1].blank else at + 2
    if (
        after >= len(lines)
        or not lines[after].dates
        or not _DATE_ALONE.fullmatch(lines[after].shape)
    ):
        return None
    header = Header(author=line.words.strip(" *_`:"), date=lines[after].dates[0])
    return Mark(at, after + 1, line, header)


def _take_in_next_lines(lines: Sequence[Line], mark: Mark) -> Mark:
    """Add the date, the other fields and the label "Comment:" that may follow a header."""
    if mark.header.rest is not None:
        return mark
    header, end, at = mark.header, mark.end, mark.end
    while at < len(lines) and at <= end + 1:
        line = lines[at]
        label = _TEXT_LABEL.match(line.words[:20])
        if label:
            rest = line.words[label.end() :] or None
            return replace(mark, header=replace(header, rest=rest), end=at + 1)
        is_date = bool(line.dates) and bool(_DATE_ALONE.fullmatch(line.shape))
        if is_date or (end > mark.at and not line.blank and _FIELD_LINE.fullmatch(line.shape)):
            header = replace(header, date=header.date or next(iter(line.dates), None))
            end = at + 1
        elif not line.blank:
            break
        at += 1
    return replace(mark, header=header, end=end)
