"""Finds the comments of a page of no known system: what repeats, has an author, and is so called.

It only finds out which elements are the comments; `walk` then reads them by the usual names of
their parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from app.parsing.platforms import GENERIC_ZONES, Matcher, Platform, Zone, words_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CONTAINERS = frozenset("article blockquote dd div li p section table tr".split())
_COMMENT_WORD = re.compile(
    r"comment|komment|coment|commenti|reacti|respon|repl(?:y|ies)|discuss|dsq-|message|opinion"
    r"|thread|athing|forumpost|\bpost"
)
_SECTION_WORD = re.compile(r"(?:^|[-_])(?:comments?|kommentare?|disqus|discussion|responses)")
_NOT_COMMENTS = re.compile(
    r"form|respond|nav|pager|pagination|related|share|sidebar|widget|recent|button|count|link"
    r"|header|footer|toolbar|menu"
)
_VARIES = re.compile(
    r"\d|^(?:odd|even|alt|first|last|new|parent|child|byuser|bypostauthor|active|open|leaf|root"
    r"|level|indent|highlight|collapsed|expanded|clearfix|row|col)"
)
_LEAST_PARTS = 0.6
_DATE_ONLY = 0.7
"""A date tells comments less surely than an author does."""

_MOST_LOOKED_AT = 40
"""Elements of a container among which its author is looked for; authors stand at the top."""

_MOST_SAMPLES = 30


@dataclass(slots=True)
class _Group:
    """Elements that look alike; `called` tells whether their own words speak of comments."""

    called: bool
    elements: list[HtmlElement] = field(default_factory=list)


def find_repeated(root: HtmlElement) -> Platform | None:
    """Return a platform whose comments are the page's repeated containers with authors."""
    best: str | None = None
    best_score = 0.0
    for signature, group in _groups_of(root).items():
        score = _score_of(group)
        if score > best_score:
            best, best_score = signature, score
    if best is None:
        return None
    tag, _, word = best.partition(" ")
    kind, _, value = word.partition("=")
    pattern = re.compile(re.escape(value).replace("0", r"\d+"))
    tags = frozenset({tag})
    matcher = (
        Matcher(words=pattern, tags=tags) if kind == "word" else Matcher(ids=pattern, tags=tags)
    )
    return Platform("repeated", (matcher,), GENERIC_ZONES)


def _groups_of(root: HtmlElement) -> dict[str, _Group]:
    """Containers under each of their words and under their id, numbers made alike."""
    groups: dict[str, _Group] = {}
    inside = [False]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            inside.pop()
            continue
        id_ = re.sub(r"\d+", "0", (element.get("id") or "").lower())
        words = words_of(element)
        section = inside[-1] or any(map(_SECTION_WORD.search, (*words, id_)))
        inside.append(section)
        if element.tag not in _CONTAINERS:
            continue
        names = [f"word={word}" for word in words if not _VARIES.search(word)]
        if "0" in id_:
            names.append(f"id={id_}")
        for name in names:
            called = bool(_COMMENT_WORD.search(name)) and not _NOT_COMMENTS.search(name)
            if called or section:
                group = groups.setdefault(f"{element.tag} {name}", _Group(called))
                group.elements.append(element)
    return groups


def _score_of(group: _Group) -> float:
    elements = group.elements
    step = max(1, len(elements) // _MOST_SAMPLES)
    sample = elements[::step]
    parts = sum(map(_score_parts, sample)) / len(sample)
    if parts < _LEAST_PARTS or (len(elements) < 2 and not group.called):  # noqa: PLR2004 - once is no repetition
        return 0.0
    return len(elements) * parts * (1.0 if group.called else 0.6)


def _score_parts(element: HtmlElement) -> float:
    """Whether an author-like part, or at least a date-like one, stands near the top."""
    zones: set[Zone] = set()
    for looked_at, part in enumerate(element.iter()):
        if looked_at > _MOST_LOOKED_AT:
            break
        if part is element:
            continue
        words = words_of(part)
        zone = next((zone for zone, matcher in GENERIC_ZONES if matcher.matches(part, words)), None)
        if zone is not None:
            zones.add(zone)
    if zones & {Zone.NAME, Zone.AUTHOR}:
        return 1.0
    return _DATE_ONLY if Zone.META in zones else 0.0
