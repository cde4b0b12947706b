"""Finds which comment another one answers, by how the page is built.

What stands inside a comment, or its list item, answers it; so does what stands in a list of answers
behind it, what is indented below it, and what links to it as the one it answers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from app.parsing.spans import depth_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.parsing.found import Found, Link
    from app.parsing.tree import Node

_ANSWERS = re.compile(
    r"(?:.*-)?(?:children|replies|indented|responses|answers|nested|child-?comments|sub-?comments"
    r"|reply-?list|comment-?thread|children-?list)(?:-.*)?"
)
_LINK_WORD = re.compile(
    r"(?:.*-)?(?:parent|in-?reply-?to|reply-?to|replying|recipient|responding)(?:-.*)?"
)
_LINK_TEXT = re.compile(
    r"\W*(?:in (?:reply|response) to|replying to|reply to|parent|up|re:|@|↑|▲|↩|←"
    r"|(?:als )?antwort auf|en réponse à|en respuesta a|in risposta a|em resposta a"
    r"|in antwoord op|als reactie op)\b.*|\W*[↑▲↩]\W*",
    re.IGNORECASE,
)
_TEXT_BEFORE = re.compile(
    r"(?:repl(?:y|ied|ies|ying) to|(?:in )?(?:reply|response) to|responded to|responding to"
    r"|antwort auf|en réponse à|en respuesta a|in risposta a|em resposta a|in antwoord op)\W*$",
    re.IGNORECASE,
)
_NO_DIGITS = re.compile(r"\D+")
_BUTTON = re.compile(r"\W*(?:reply|respond|antworten|répondre|responder|rispondi)\b", re.IGNORECASE)
_STYLE = re.compile(
    r"(?:margin|padding)-(?:left|inline-start)\s*:\s*(-?\d{1,5}(?:\.\d{1,3})?)\s*(px|em|rem|%|pt)?"
)
_UNITS = {"em": 16.0, "rem": 16.0, "%": 10.0, "pt": 1.33, "px": 1.0}
_SPACER_NODES = 8
"""Elements at a comment's beginning among which the spacer of a table stands."""

_LEVELS = 3
"""Wrappers around a comment that may carry its indentation."""

_NARROW = 3
"""A spacer's height in pixels is less; a picture's is more."""

_MOST_ABOVE = 30
_MOST_LISTS = 8
"""Levels and lists that are looked through for the comment that is answered."""


def find_parents(found: Sequence[Found], nodes: Sequence[Node]) -> list[int | None]:
    """Return for each comment the place of the one that it answers."""
    starts = [comment.span.start for comment in found]
    parents = [_by_place(found, nodes, starts, at) for at in range(len(found))]
    if not any(parent is not None for parent in parents):
        parents = _by_items(found, nodes)
    if not any(parent is not None for parent in parents) or any(
        comment.span.depth is not None for comment in found
    ):
        indents = [_indent_of(comment, nodes) for comment in found]
        for at, parent in enumerate(_by_indents(indents)):
            if parents[at] is None:
                parents[at] = parent
    _follow_links(found, nodes, parents)
    return parents


def _by_place(
    found: Sequence[Found], nodes: Sequence[Node], starts: Sequence[int], at: int
) -> int | None:
    """The comment around, or the last one before a list of answers that stands closer."""
    comment = found[at]
    around = found[comment.parent].span.start if comment.parent is not None else -1
    current = nodes[comment.span.start].parent
    for _ in range(_MOST_ABOVE):
        if current <= around:
            break
        node = nodes[current]
        if _is_list(node):
            answered = _last_before(nodes, starts, current)
            if answered is not None and starts[answered] > max(node.parent, around - 1):
                return answered
        current = node.parent
    return comment.parent


def _last_before(nodes: Sequence[Node], starts: Sequence[int], place: int) -> int | None:
    """The last comment before a list of answers that stands in no other list beside it."""
    parent = nodes[place].parent
    for _ in range(_MOST_LISTS):
        answered = bisect_left(starts, place) - 1
        if answered < 0:
            return None
        child = starts[answered]
        for _ in range(_MOST_ABOVE):
            if nodes[child].parent <= parent:
                break
            child = nodes[child].parent
        if nodes[child].parent != parent or not _is_list(nodes[child]) or child == starts[answered]:
            return answered
        place = child
    return None


def _by_items(found: Sequence[Found], nodes: Sequence[Node]) -> list[int | None]:
    """Where each comment is the first in a list item of its own, items nest as comments do."""
    first_in: dict[int, int] = {}
    items_of: list[list[int]] = []
    own_items: list[int] = []
    for at, comment in enumerate(found):
        current = nodes[comment.span.start].parent
        items: list[int] = []
        for _ in range(_MOST_ABOVE):
            if current < 0:
                break
            if nodes[current].tag == "li":
                items.append(current)
            current = nodes[current].parent
        for item in items:
            first_in.setdefault(item, at)
        if not items or first_in[items[0]] != at:
            return [None] * len(found)
        items_of.append(items[1:])
        own_items.append(items[0])
    return [
        next((first_in[item] for item in items if own_items[first_in[item]] == item), None)
        for items in items_of
    ]


def _is_list(node: Node) -> bool:
    return any(map(_ANSWERS.fullmatch, node.words))


def _indent_of(comment: Found, nodes: Sequence[Node]) -> float | None:
    """How far a comment stands from the left, in no particular unit, if the page says so."""
    span = comment.span
    if span.depth is not None:
        return float(span.depth)
    current = span.start
    for _ in range(_LEVELS):
        node = nodes[current]
        style = _STYLE.search(node.element.get("style") or "")
        if style:
            return float(style[1]) * _UNITS[style[2] or "px"]
        depth = depth_of(node.words)
        if depth is not None:
            return float(depth)
        value = node.element.get("data-depth") or node.element.get("data-level") or ""
        if value.isdigit():
            return float(value[:3])
        if node.parent < 0:
            break
        current = node.parent
    start = span.start
    if nodes[start].tag == "td":  # the spacer stands in the cell before
        start = nodes[start].parent
    for node in nodes[start : min(span.end, span.start + _SPACER_NODES)]:
        width = node.element.get("indent") or (
            node.element.get("width") if _is_spacer(node) else None
        )
        if width and width.isdigit():
            return float(width[:5])
    return None


def _is_spacer(node: Node) -> bool:
    height = node.element.get("height") or ""
    return node.tag == "img" and height.isdigit() and len(height) == 1 and int(height) <= _NARROW


def _by_indents(indents: Sequence[float | None]) -> list[int | None]:
    above: list[tuple[float, int]] = []
    parents: list[int | None] = []
    for at, indent in enumerate(indents):
        if indent is None:
            parents.append(None)
            continue
        while above and above[-1][0] >= indent:
            above.pop()
        parents.append(above[-1][1] if above else None)
        above.append((indent, at))
    return parents


def _follow_links(found: Sequence[Found], nodes: Sequence[Node], parents: list[int | None]) -> None:
    """Take the comment that another names as the one it answers, where it stands before it."""
    places = _places_of(found, nodes)
    for at, comment in enumerate(found):
        if parents[at] is not None:
            continue
        answered = places.get(comment.answers) if comment.answers else None
        for link in comment.links:
            if answered is not None:
                break
            if _is_answer(link):
                answered = places.get(_NO_DIGITS.sub("", link.target))
        if answered is not None and answered < at:
            parents[at] = answered


def _is_answer(link: Link) -> bool:
    if _BUTTON.fullmatch(link.text):
        return False
    return bool(
        _LINK_TEXT.fullmatch(link.text)
        or _TEXT_BEFORE.search(link.before)
        or any(map(_LINK_WORD.fullmatch, link.words))
    )


def _places_of(found: Sequence[Found], nodes: Sequence[Node]) -> Mapping[str, int]:
    """Where the comments stand, by the digits of the ids at their beginning."""
    places: dict[str, int] = {}
    for at, comment in enumerate(found):
        start = comment.span.start
        for node in nodes[max(0, start - 1) : min(comment.span.end, start + _SPACER_NODES)]:
            name = node.element.get("id") or node.element.get("name") or ""
            digits = _NO_DIGITS.sub("", name[:200])
            if digits:
                places.setdefault(digits, at)
        if comment.span.key:
            places[comment.span.key] = at
    return places
