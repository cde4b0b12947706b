"""Cuts a text page into comments, once for each form that its lines may follow.

The lines that have a form become marks, and what stands between two marks is a comment. Every
try is handed back with its score; `plaintext` takes the best.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from app.parsing.bodies import Body, find_tail
from app.parsing.forms import Place
from app.parsing.furniture import is_heading, is_rule
from app.parsing.judging import drop_odd_ones, heading_of, is_gap, place_of, says_something
from app.parsing.lines import Prefix
from app.parsing.marks import find_marks, find_pingback

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.parsing.forms import Form
    from app.parsing.lines import Line
    from app.parsing.marks import Mark

_ARTICLE_EXCESS = 1.5
"""A text under the page's first line that is longer than any comment by this is the article."""

_CLOSE_HEADING_CHARACTERS = 400
"""Between the heading and the first comment stand rules of the house, not an article."""

_WEAK = 0.9
_NEEDS_HEADING = 0.5
"""Forms of less weight are believed only with a bullet, a number or a heading over them."""


@dataclass(frozen=True, slots=True)
class Segmentation:
    """One way to read a page: its article ends before line `start`; the best score wins.

    `candidates` are all lines that have the form, those passed over among them.
    """

    form: str
    start: int
    marks: tuple[Mark, ...]
    bodies: tuple[Body, ...]
    score: float
    place: Place = Place.BEFORE
    candidates: tuple[Mark, ...] = ()


def try_forms(lines: Sequence[Line]) -> list[Segmentation]:
    """Return what each form makes of the page, where it makes anything of it."""
    headings = [at for at, line in enumerate(lines) if not line.blank and is_heading(line.words)]
    tries: list[Segmentation] = []
    for form, marks in find_marks(lines):
        groups: dict[tuple[Prefix, bool], list[Mark]] = {}
        for mark in marks:
            groups.setdefault((mark.line.prefix, mark.line.strong is not None), []).append(mark)
        for group in groups.values():
            found = _try_group(lines, form, group, headings)
            if found is not None:
                tries.append(replace(found, candidates=tuple(group)))
    return tries


def _try_group(
    lines: Sequence[Line], form: Form, marks: list[Mark], headings: Sequence[int]
) -> Segmentation | None:
    heading = heading_of(marks, headings)
    if heading is not None:
        marks = [mark for mark in marks if mark.at > heading]
    marks = drop_odd_ones(lines, marks)
    marked = bool(marks) and marks[0].line.prefix is not Prefix.NONE
    least = 1 if form.weight >= _WEAK and (heading is not None or marked) else form.least
    if len(marks) < least or (form.weight < _NEEDS_HEADING and heading is None and not marked):
        return None
    if place_of(lines, form, marks, heading) is Place.AFTER:
        return _cut_after(lines, form, marks, heading)
    return _cut_before(lines, form, marks, heading)


def _cut_before(
    lines: Sequence[Line], form: Form, marks: list[Mark], heading: int | None
) -> Segmentation | None:
    marks = _with_pingbacks(lines, _without_one_line_bodies(lines, marks))
    bodies = _bodies_behind(lines, marks)
    if heading is None and _first_is_article(lines, marks, bodies):
        marks, bodies = marks[1:], bodies[1:]
    tail = find_tail(bodies[-1], bodies[:-1])
    bodies[-1] = replace(bodies[-1], lines=bodies[-1].lines[:tail])
    return _scored(form, _start_of(lines, marks[0].at, heading), marks, bodies)


def _bodies_behind(lines: Sequence[Line], marks: Sequence[Mark]) -> list[Body]:
    ends = [*(mark.at for mark in marks[1:]), len(lines)]
    return [
        Body(tuple(lines[mark.end : end]), mark.header.rest, mark.line.quotes, mark.line.indent)
        for mark, end in zip(marks, ends, strict=True)
    ]


def _without_one_line_bodies(lines: Sequence[Line], marks: Sequence[Mark]) -> list[Mark]:
    """Leave out a line right under a header with nothing under it: it is that header's comment."""
    kept: list[Mark] = []
    ends = [*(mark.at for mark in marks[1:]), len(lines)]
    for mark, end in zip(marks, ends, strict=True):
        bare = mark.header.rest is None and all(line.blank for line in lines[mark.end : end])
        above = kept[-1] if kept and kept[-1].header.rest is None else None
        if not (bare and above and all(line.blank for line in lines[above.end : mark.at])):
            kept.append(mark)
    return kept


def _with_pingbacks(lines: Sequence[Line], marks: list[Mark]) -> list[Mark]:
    taken = {at for mark in marks for at in range(mark.at, mark.end)}
    notices = [
        notice
        for at in range(marks[0].end, len(lines))
        if at not in taken and is_gap(lines[at - 1]) and (notice := find_pingback(lines, at))
    ]
    return sorted([*marks, *notices], key=lambda mark: mark.at)


def _first_is_article(lines: Sequence[Line], marks: Sequence[Mark], bodies: Sequence[Body]) -> bool:
    """An article's byline may have the very form of a comment's header."""
    above = sum(says_something(line) for line in lines[: marks[0].at])
    if above > 2 or len(marks) < 3:  # noqa: PLR2004 - no more than a title stands above a byline
        return False
    longest = max(body.characters for body in bodies[1:])
    return bodies[0].characters > (_ARTICLE_EXCESS if above else 1) * longest


def _start_of(lines: Sequence[Line], first: int, heading: int | None) -> int:
    if heading is None:
        return first
    between = sum(len(line.words) for line in lines[heading + 1 : first])
    return heading if between <= _CLOSE_HEADING_CHARACTERS else first


def _cut_after(
    lines: Sequence[Line], form: Form, marks: list[Mark], heading: int | None
) -> Segmentation | None:
    starts = [0, *(mark.end for mark in marks[:-1])]
    bodies = [
        Body(tuple(lines[start : mark.at]), None, mark.line.quotes)
        for start, mark in zip(starts, marks, strict=True)
    ]
    start = heading if heading is not None else _first_text(lines, marks[0].at, bodies[1:])
    bodies[0] = replace(bodies[0], lines=tuple(lines[start : marks[0].at]))
    if heading is not None:
        bodies[0] = replace(bodies[0], lines=bodies[0].lines[1:])
    found = _scored(form, start, marks, bodies)
    return replace(found, place=Place.AFTER) if found else None


def _first_text(lines: Sequence[Line], end: int, others: Sequence[Body]) -> int:
    """Where the first comment begins that has its header below: at a gap, or one paragraph up."""
    usual = median(body.characters for body in others) if others else 0
    longest = max((body.characters for body in others), default=0)
    at = end
    while at > 0 and lines[at - 1].blank:
        at -= 1
    paragraph = at
    while paragraph > 0 and not is_gap(lines[paragraph - 1]):
        paragraph -= 1
    gap = paragraph
    while (
        gap > 1
        and not is_rule(lines[gap - 1].raw)
        and not (lines[gap - 1].blank and lines[gap - 2].blank)
    ):
        gap -= 1
    above = sum(len(line.words) for line in lines[gap:end])
    return gap if gap > 1 and above <= 2 * max(usual, longest) else paragraph


def _scored(
    form: Form, start: int, marks: Sequence[Mark], bodies: Sequence[Body]
) -> Segmentation | None:
    told = sum(not body.blank or mark.pingback for mark, body in zip(marks, bodies, strict=True))
    if not told:
        return None
    score = form.weight * told * told / len(marks)
    return Segmentation(form.name, start, tuple(marks), tuple(bodies), score)
