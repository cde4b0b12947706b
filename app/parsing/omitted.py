"""Tells how a page of text was read: the form used, the forms weighed, and what was left out.

It looks at what the readers made of the page and changes nothing about it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.parsing.evidence import Evidence, LeftOut, Source, excerpt_of
from app.parsing.forms import Place
from app.parsing.furniture import is_action, is_heading, is_rule
from app.parsing.stubs import offers_more

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.parsing.lines import Line
    from app.parsing.segments import Segmentation

_MOST_LEFT_OUT = 50
"""More would be read by nobody; the first say what kind of block goes missing."""

_MOST_RIVALS = 8
_LONGEST = 100
_ABOVE = "has the form of a header, but stands above the comments"
_ODD = "has the form of a header, but lacks what the other headers of the page have"
_COUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{3})+|\d{1,6})(?![\d.,]*\d)")


def explain(
    lines: Sequence[Line], tries: Sequence[Segmentation], best: Segmentation | None
) -> Evidence:
    """Return by what evidence a page of text was read, `best` of all `tries`."""
    declared = _declared(lines)
    if best is None:
        return Evidence(declared=declared, comments_missing=_missing(lines, declared, 0))
    found = sum(
        mark.pingback or not body.blank for mark, body in zip(best.marks, best.bodies, strict=True)
    )
    rivals = sorted((each for each in tries if each is not best), key=lambda each: -each.score)
    return Evidence(
        used=_source_of(best),
        rivals=tuple(map(_source_of, rivals[:_MOST_RIVALS])),
        declared=declared,
        found=found,
        left_out=tuple(_first(_left_out(lines, best))),
        comments_missing=_missing(lines, declared, found),
    )


def _source_of(found: Segmentation) -> Source:
    authors = sum(bool(mark.header.author) for mark in found.marks)
    return Source(found.form, len(found.bodies), authors, round(found.score, 2))


def _declared(lines: Sequence[Line]) -> int | None:
    """The number in the last heading over comments that has one."""
    for line in reversed(lines):
        if line.blank or len(line.words) > _LONGEST or not is_heading(line.words):
            continue
        number = _COUNT.search(line.words)
        if number:
            return int(re.sub(r"\D", "", number[1]))
    return None


def _missing(lines: Sequence[Line], declared: int | None, found: int) -> str | None:
    if declared is not None and declared > found:
        return f"the page says there are {declared} comments"
    for line in lines:
        if not line.blank and offers_more(line.words):
            return f"the page offers more: {excerpt_of(line.words)}"
    return None


def _first(found: Iterator[LeftOut]) -> Iterator[LeftOut]:
    for _, left in zip(range(_MOST_LEFT_OUT), found, strict=False):
        yield left


def _left_out(lines: Sequence[Line], best: Segmentation) -> Iterator[LeftOut]:
    kept = {mark.at for mark in best.marks}
    for mark in best.candidates:
        if mark.at not in kept:
            above = mark.at < best.start
            yield _leave(mark.at, mark.line.words, _ABOVE if above else _ODD)
    for mark, body in zip(best.marks, best.bodies, strict=True):
        if body.blank and not mark.pingback:
            yield _leave(mark.at, mark.line.words, "a header with no text that belongs to it")
    yield from _behind(lines, best)


def _behind(lines: Sequence[Line], best: Segmentation) -> Iterator[LeftOut]:
    """What follows the last comment."""
    last, body = best.marks[-1], best.bodies[-1]
    end = last.end if best.place is Place.AFTER else last.end + len(body.lines)
    if best.form == "blocks":
        return
    for at in range(end, len(lines)):
        line = lines[at]
        if not (line.blank or is_rule(line.raw) or is_action(line.words)):
            yield _leave(at, line.words, "follows the last comment as a page's foot does")


def _leave(at: int, words: str, reason: str) -> LeftOut:
    return LeftOut(f"line {at + 1}", reason, excerpt_of(words))
