"""Finds where on a page the comments of a platform begin and end, without reading them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.parsing.platforms import Platform
    from app.parsing.tree import Node

    Kinds = Mapping[tuple[str, tuple[str, ...]], Sequence[int]]

_DEPTH = re.compile(r"(?:depth|level|lvl|indent|thread-?level|comment-?level|nest)-?(\d{1,3})")
_NO_DIGITS = re.compile(r"\D+")
_MOST_LEVELS_WIDENED = 6


@dataclass(frozen=True, slots=True)
class Span:
    """Where a comment stands: from the node `start` to before the node `end`.

    `key` is what its id has of digits; `depth` is what its classes say. A span that `runs` holds
    several elements side by side, not one.
    """

    start: int
    end: int
    key: str = ""
    depth: int | None = None
    runs: bool = False
    pingback: bool = False


def kinds_of(nodes: Sequence[Node]) -> Kinds:
    """Return the places of the nodes that have the same tag and words."""
    kinds: defaultdict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for at, node in enumerate(nodes):
        kinds[node.tag, node.words].append(at)
    return kinds


def find_spans(
    nodes: Sequence[Node], kinds: Kinds, platform: Platform, vocabulary: str
) -> list[Span]:
    """Return where the comments of a platform stand, in page order; nested ones behind outer.

    `vocabulary` are all the words of the page, a line each.
    """
    telling = platform.words_of_comments(vocabulary)
    places = sorted(
        at
        for (tag, words), places in kinds.items()
        if not telling.isdisjoint(words) and platform.is_comment(tag, words)
        for at in places
    )
    if platform.within is not None:
        places = sorted({_widen(nodes, at, platform.within) for at in places})
    pingback = platform.pingback
    notices = {at for at in places if pingback and pingback.matches(nodes[at].tag, nodes[at].words)}
    if platform.runs:
        return runs_of(nodes, places)
    return spans_at(nodes, places, notices)


def _widen(nodes: Sequence[Node], at: int, tag: str) -> int:
    current = at
    for _ in range(_MOST_LEVELS_WIDENED):
        if nodes[current].tag == tag:
            return current
        current = nodes[current].parent
        if current < 0:
            break
    return at


def spans_at(
    nodes: Sequence[Node], places: Iterable[int], notices: Iterable[int] = ()
) -> list[Span]:
    """Return a span for each of the elements, save those that only repeat the one around them."""
    spans: list[Span] = []
    open_: list[Span] = []
    noticed = frozenset(notices)
    for at in places:
        node = nodes[at]
        span = Span(at, node.end, key_of(node), depth_of(node.words), pingback=at in noticed)
        while open_ and open_[-1].end <= at:
            open_.pop()
        if open_ and _repeats(open_[-1], span):
            continue
        spans.append(span)
        open_.append(span)
    return spans


def _repeats(outer: Span, inner: Span) -> bool:
    """Whether one comment is marked twice, on its list item and within."""
    if inner.key:
        return inner.key == outer.key
    return inner.depth is not None and inner.depth == outer.depth


def key_of(node: Node) -> str:
    """Return the digits of an element's id, or of what stands for one."""
    attributes = node.element.attrib
    id_ = (
        attributes.get("id")
        or attributes.get("data-comment-id")
        or attributes.get("data-id")
        or attributes.get("name")
        or ""
    )
    return _NO_DIGITS.sub("", id_[:200])


def depth_of(words: Iterable[str]) -> int | None:
    """Return the depth that classes such as "depth-2" say."""
    return next((int(m[1]) for word in words if (m := _DEPTH.fullmatch(word))), None)


def runs_of(nodes: Sequence[Node], places: Sequence[int]) -> list[Span]:
    """Return the spans that begin at each of the elements and run on until the next.

    All stand in one container; the last one is as long as the longest of the others at most.
    """
    if not places:
        return []
    container = _container_of(nodes, places)
    starts: list[tuple[int, int]] = []
    for at in places:
        child = _child_towards(nodes, container, at)
        if not starts or starts[-1][0] != child:
            starts.append((child, at))
    lengths: list[int] = []
    spans: list[Span] = []
    for number, (child, at) in enumerate(starts):
        if number + 1 < len(starts):
            end = starts[number + 1][0]
            lengths.append(len(_children_between(nodes, child, end)))
        else:
            end = _end_of_last(nodes, container, child, max(lengths, default=0))
        spans.append(Span(child, end, key_of(nodes[at]), runs=True))
    return spans


def _container_of(nodes: Sequence[Node], places: Sequence[int]) -> int:
    """The innermost element around all of `places`, below which they part."""
    first, last = places[0], places[-1]
    container = nodes[first].parent
    while container > 0 and nodes[container].end <= last:
        container = nodes[container].parent
    return max(container, 0)


def _child_towards(nodes: Sequence[Node], container: int, at: int) -> int:
    while nodes[at].parent > container:
        at = nodes[at].parent
    return at


def _children_between(nodes: Sequence[Node], start: int, end: int) -> list[int]:
    children: list[int] = []
    at = start
    while at < end:
        children.append(at)
        at = nodes[at].end
    return children


def _end_of_last(nodes: Sequence[Node], container: int, child: int, longest: int) -> int:
    end = nodes[container].end
    if not longest:
        return end
    children = _children_between(nodes, child, end)
    return children[longest] if len(children) > longest else end
