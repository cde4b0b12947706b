"""Finds the author of each comment in what stands around its text.

A page's template names all authors in one way: the ways are tried on all comments, and the one
that names most of them goes first for each.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from app.parsing.edges import is_date, lines_of
from app.parsing.headers import is_name
from app.parsing.instants import DATE
from app.parsing.names import (
    BULLETS,
    LONGEST_HEADER,
    accept_name,
    accept_named,
    name_in,
    name_in_header,
    says_said,
    without_by,
)
from app.parsing.platforms import Zone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.parsing.found import Found

    _Way = Callable[[Found], str | None]
    _Told = dict[_Way, dict[int, str | None]]

_LONGEST_FRAME = 600
_COMMON = 0.8
_LEAST_COMMON = 4
"""A name that so large a share of four and more comments has is a label of the template."""

_COVERING = 0.6
_SAMPLE = 30
"""Comments that tell for all how a page names authors."""


def read_authors(found: Sequence[Found]) -> tuple[list[str | None], bool]:
    """Return who wrote each comment, None where nothing says so; and whether the text says it.

    The text says it where the template puts a line with the author into what it calls content.
    """
    names: list[str | None] = [None] * len(found)
    told: _Told = {}
    usual = _usual_way(found, told)
    for way in (usual, *(way for way in _WAYS if way is not usual)):
        without = [at for at, name in enumerate(names) if name is None]
        if not without:
            break
        for at, name in zip(without, _ask(way, found, without, told), strict=True):
            names[at] = name
    return names, usual is _by_content


def _usual_way(found: Sequence[Found], told: _Told) -> _Way:
    """The surest way that names most of some of the comments."""
    sample = range(0, len(found), max(1, len(found) // _SAMPLE))
    for way in (*_WAYS, _by_content):
        names = _ask(way, found, sample, told)
        if sum(name is not None for name in names) >= _COVERING * len(names):
            return way
    return _WAYS[0]


def _ask(way: _Way, found: Sequence[Found], places: Sequence[int], told: _Told) -> list[str | None]:
    """What a way says of the comments at `places`, each asked once only, save for labels."""
    known = told.setdefault(way, {})
    for at in places:
        if at not in known:
            known[at] = way(found[at])
    return _labels_dropped([known[at] for at in places])


def _labels_dropped(names: list[str | None]) -> list[str | None]:
    counts = Counter(name for name in names if name)
    if len(names) < _LEAST_COMMON or not counts:
        return names
    label, times = counts.most_common(1)[0]
    if times < _COMMON * len(names):
        return names
    return [None if name == label else name for name in names]


def _by_attribute(comment: Found) -> str | None:
    return accept_name(comment.named) if comment.named else None


def _by_name(comment: Found) -> str | None:
    lines = lines_of(comment.text_of(frozenset({Zone.NAME})))
    name = next((name for line in lines[:3] if (name := accept_named(line.words))), None)
    return _without_place(name, comment) if name else None


def _by_author(comment: Found) -> str | None:
    lines = lines_of(comment.text_of(frozenset({Zone.AUTHOR})))
    name = next((name for line in lines[:4] if (name := name_in(line.words))), None)
    return _without_place(name, comment) if name else None


def _without_place(name: str, comment: Found) -> str:
    """The part of a byline that is marked as the name, where a place or an account follows it."""
    for tag, text in comment.hints:
        behind = name.removeprefix(text)
        if tag in _MARKING and behind != name and _APART.match(behind) and accept_name(text):
            return text
    return name


def _by_header(comment: Found) -> str | None:
    """In the frame's first and last lines, where one has a form such as "NAME on DATE"."""
    for zone in (Zone.META, Zone.LOOSE, Zone.BODY):
        lines = lines_of(comment.text_of(frozenset({zone})))
        for line in [*lines[:3], *lines[3:][-2:]]:
            name = name_in_header(line.words)
            if name:
                return _without_place(name, comment)
    return None


def _by_bullets(comment: Found) -> str | None:
    """Before the first bullet of a line of details: "NAME • #1 • DATE"."""
    lines = lines_of(comment.text_of(frozenset({Zone.META})))
    for line in lines[:2]:
        parts = BULLETS.split(line.words[:LONGEST_HEADER])
        if len(parts) > 1 and not is_date(parts[0]):
            name = accept_name(without_by(parts[0]))
            if name and is_name(name, strict=True) and not DATE.search(name):
                return name
    return None


def _by_said(comment: Found) -> str | None:
    """A small part of the frame behind which the author is said to say something."""
    for _, text in comment.hints:
        if says_said(text) and not is_date(text):
            name = name_in(text)
            if name:
                return name
    return None


def _by_link(comment: Found) -> str | None:
    return next(
        (name for tag, text in comment.hints if tag == "a" and (name := accept_name(text))), None
    )


def _by_emphasis(comment: Found) -> str | None:
    return next(
        (name for tag, text in comment.hints if tag in _EMPHATIC and (name := name_in(text))), None
    )


def _by_content(comment: Found) -> str | None:
    """In the first line of what is called content, where the template puts the header there."""
    lines = lines_of(comment.text_of(frozenset({Zone.CONTENT, Zone.INNER}))[:_LONGEST_FRAME])
    return name_in_header(lines[0].words) if lines else None


def _by_first_line(comment: Found) -> str | None:
    """The first of several lines in front of the text, where it looks like a name."""
    lines = lines_of(comment.text_of(frozenset({Zone.LOOSE, Zone.META})))
    for line in lines[:2]:
        name = name_in(line.words)
        if name and is_name(name, strict=True) and (comment.has_content or len(lines) > 1):
            return name
    return None


_APART = re.compile(r"\s*[,|·•]|\s+[@(]")
_MARKING = frozenset("a b strong em bdi".split())
_EMPHATIC = frozenset("b strong cite h2 h3 h4 h5 h6 dt".split())
_WAYS: tuple[_Way, ...] = (
    _by_name,
    _by_author,
    _by_attribute,
    _by_header,
    _by_bullets,
    _by_said,
    _by_link,
    _by_emphasis,
    _by_first_line,
)
"""The surest first."""
