"""Composes the text of each comment from what was gathered: which zones hold it, and what goes.

Comments of a page are written by one template, so that all are judged together: what many of
them end with is a button, and what all of them quote is no quotation.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.parsing.edges import common_lines, is_never, lines_of, trim_template
from app.parsing.platforms import Zone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.parsing.edges import Line
    from app.parsing.found import Found

_INNER = frozenset({Zone.INNER})
_CONTENT = _INNER | {Zone.CONTENT}
_FRAMED = _CONTENT | {Zone.BODY}
_ALL = _FRAMED | {Zone.LOOSE}
_WIDER = (_INNER, _CONTENT, _FRAMED, _ALL, _ALL | {Zone.META})

_INNERMOST = 0.85
"""Content within content is the text where it holds nearly all of it; else authors wrote both."""

_MOST = 0.6
"""A zone is where the text stands if it holds at least this share of the text around it."""

_LEAST_CONTENT = 0.2
"""A part called content that holds less of all that is written is called so by accident."""

_QUOTED = 0.9
"""Where so much of a page's comments is quoted, the template quotes and not the authors."""


def read_texts(
    found: Sequence[Found],
    authors: Sequence[str | None],
    is_header: Callable[[str], bool],
    *,
    headed: bool,
) -> list[str]:
    """Return the text of each comment, a line a paragraph; quotations begin with "> ".

    `headed` is whether a line that names the author stands in what is called content.
    """
    zones = _zones_of(found)
    read = [_lines_in(comment, zones) for comment in found]
    common = common_lines(lines for lines in read)
    loose = Zone.LOOSE in zones or Zone.BODY in zones or headed
    for at, lines in enumerate(read):
        trim_template(
            lines, common, authors[at] if loose else None, is_header if loose else is_never
        )
    plain = sum(len(line.words) for lines in read for line in lines if not line.quotes)
    quoted = sum(len(line.words) for lines in read for line in lines if line.quotes)
    by_template = quoted >= _QUOTED * (plain + quoted)
    return ["\n".join(_written(line, by_template=by_template) for line in lines) for lines in read]


def _written(line: Line, *, by_template: bool) -> str:
    depth = line.quotes - 1 if by_template else line.quotes
    return "> " * min(depth, 5) + line.words if depth > 0 else line.words


def _zones_of(found: Sequence[Found]) -> frozenset[Zone]:
    """The zones in which the comments of the page have their text."""
    sizes: Counter[Zone] = Counter()
    having: Counter[Zone] = Counter()
    for comment in found:
        own: dict[Zone, int] = {}
        for zone, text in comment.pieces:
            own[zone] = own.get(zone, 0) + len(text) - text.count(" ")
        sizes.update(own)
        having.update(zone for zone, size in own.items() if size)
    written = sum(sizes[zone] for zone in _ALL)
    inner, content, body = sizes[Zone.INNER], sizes[Zone.CONTENT], sizes[Zone.BODY]
    if (
        inner
        and inner >= _INNERMOST * (inner + content)
        and having[Zone.INNER] >= _MOST * having[Zone.CONTENT]
    ):
        return _INNER if inner >= _LEAST_CONTENT * written else _ALL
    if inner + content >= _LEAST_CONTENT * written and having[Zone.CONTENT] >= len(found) / 2:
        return _CONTENT
    if body >= _LEAST_CONTENT * written and having[Zone.BODY] >= len(found) / 2:
        return _FRAMED
    return _ALL


def _lines_in(comment: Found, zones: frozenset[Zone]) -> list[Line]:
    """The lines of a comment in the page's zones, or in wider ones where these are empty."""
    for wider in _WIDER:
        if zones <= wider:
            lines = lines_of(comment.text_of(wider))
            if lines:
                return lines
    return []
