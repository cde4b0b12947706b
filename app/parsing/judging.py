"""Judges the lines that have a form: which of them have it by accident, and where they stand."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from app.parsing.forms import Place
from app.parsing.furniture import is_action, is_end, is_heading, is_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.parsing.forms import Form
    from app.parsing.lines import Line
    from app.parsing.marks import Mark

_LEAST_TO_JUDGE = 4
"""Below so many marks, what most of them do says nothing about the odd one."""

_MOST = 0.8
_APART = 0.6
"""Where so many headers have a gap above, a line without one is the text of a comment."""

_BEHIND_HEADING = 0.6
"""A heading over comments has at least this share of the marks behind it."""


def heading_of(marks: Sequence[Mark], headings: Sequence[int]) -> int | None:
    """Return the last line of `headings` that announces most of the marks, if one does."""
    places = [mark.at for mark in marks]
    for heading in reversed(headings):
        behind = len(places) - bisect_right(places, heading)
        if behind and behind >= _BEHIND_HEADING * len(marks):
            return heading
    return None


def drop_odd_ones(lines: Sequence[Line], marks: list[Mark]) -> list[Mark]:
    """Leave out lines that have the form by accident: what most marks share, they lack."""
    marks = [
        mark
        for mark, after in zip(marks, [*marks[1:], None], strict=True)
        if not _only_quoted(lines, mark, after)
    ]
    for has in _TRAITS:
        having = [mark for mark in marks if has(mark)]
        if len(marks) >= _LEAST_TO_JUDGE and len(having) >= _MOST * len(marks):
            marks = having
    apart = [mark for mark in marks if mark.at == 0 or is_gap(lines[mark.at - 1])]
    if len(marks) >= _LEAST_TO_JUDGE and len(apart) >= _APART * len(marks):
        marks = apart
    verbs = Counter(_verb_of(mark) for mark in marks)
    usual, times = verbs.most_common(1)[0] if verbs else ("", 0)
    if len(marks) >= _LEAST_TO_JUDGE and times >= len(marks) / 2:
        marks = marks[next(at for at, mark in enumerate(marks) if _verb_of(mark) == usual) :]
    return marks


def _verb_of(mark: Mark) -> str:
    return (mark.header.verb or "").lower()


_TRAITS: tuple[Callable[[Mark], bool], ...] = (
    lambda mark: mark.header.date is not None,
    lambda mark: mark.header.rest is None,
)
"""What most headers of a page have, the others have too."""


def is_gap(line: Line) -> bool:
    """Return whether a line parts what stands above it from what stands below."""
    return line.blank or is_rule(line.raw) or is_heading(line.words) or is_action(line.words)


def _only_quoted(lines: Sequence[Line], mark: Mark, after: Mark | None) -> bool:
    """A header within quote marks whose text goes on without them is only quoted."""
    quotes = mark.line.quotes
    if quotes == 0:
        return False
    if after is not None:
        behind = lines[mark.end : after.at]
    else:  # the page's foot is not quoted: look only at what touches the header
        foot = next((at for at in range(mark.end, len(lines)) if lines[at].blank), len(lines))
        behind = lines[mark.end : foot]
    return any(line.quotes < quotes for line in behind if not line.blank)


def says_something(line: Line) -> bool:
    """Return whether a line is text, and not blank, a rule, a button or a page's foot."""
    return not (line.blank or is_rule(line.raw) or is_action(line.words) or is_end(line.words))


def place_of(
    lines: Sequence[Line], form: Form, marks: Sequence[Mark], heading: int | None
) -> Place:
    """Before or after its text: by the side on which the header touches it, and by the ends."""
    if form.place is not Place.EITHER:
        return form.place
    if any(mark.header.rest is not None for mark in marks):
        return Place.BEFORE
    votes = 0.0
    for mark in marks:
        touches_before = mark.at > 0 and says_something(lines[mark.at - 1])
        touches_after = mark.end < len(lines) and says_something(lines[mark.end])
        votes += touches_after - touches_before
    outweigh = len(marks) / 2 + 1
    if not any(map(says_something, lines[marks[-1].end :])):
        votes -= outweigh
    if heading is not None:
        between = any(map(says_something, lines[heading + 1 : marks[0].at]))
        votes += -outweigh if between else outweigh
    else:
        # "Posted by" closes a comment more often than it opens one; other headers open it.
        opens = form.name != "posted" or _wide_gap_above(lines, marks[0].at)
        votes += 0.5 if opens else -0.5
    return Place.AFTER if votes < 0 else Place.BEFORE


def _wide_gap_above(lines: Sequence[Line], at: int) -> bool:
    """Whether more than a paragraph's gap parts line `at` from what stands above."""
    above = lines[max(0, at - 2) : at]
    return any(is_rule(line.raw) or is_end(line.words) for line in above) or all(
        line.blank for line in above
    )
