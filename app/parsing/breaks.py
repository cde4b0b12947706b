"""Makes paragraphs of text that only line breaks divide, as pages of old write their articles.

Of such text the library that finds articles loses what stands in front of the first break.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.parsing.tree import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from app.parsing.tree import Node

_PARTED = frozenset("div td section article main center body span font".split())
_TABLE = frozenset({"td", "tr", "tbody", "table"})
_LEAST_OWN = 200
"""Characters of text right inside an element that make it prose: less are labels and addresses."""


def part_at_breaks(nodes: Sequence[Node], cut: Sequence[tuple[int, int]]) -> None:
    """Part the prose of a page at its breaks; what stands in the ranges `cut` stays as it is.

    Two breaks divide, or one where no two stand together.
    """
    ranges = iter([*cut, (len(nodes), len(nodes))])
    start, end = next(ranges)
    parents: dict[int, None] = {}
    for at, node in enumerate(nodes):
        while at >= end:
            start, end = next(ranges)
        if node.tag == "br" and at < start and node.parent >= 0:
            parents[node.parent] = None
    for parent in parents:
        node = nodes[parent]
        if node.tag in _PARTED and _own_size(node.element) >= _LEAST_OWN:
            _part(node.element)
            if node.tag == "td":
                _unfold_table(nodes, parent)


def _unfold_table(nodes: Sequence[Node], at: int) -> None:
    """Make blocks of a table that only arranges the page: cells of data hold no prose."""
    while nodes[at].tag in _TABLE:
        nodes[at].element.tag = "div"
        at = nodes[at].parent


def _own_size(element: HtmlElement) -> int:
    return len(element.text or "") + sum(len(child.tail or "") for child in element)


def _part(element: HtmlElement) -> None:
    children = list(element)
    ends = _ends_of(children)
    parts: list[HtmlElement] = []
    paragraph = element.makeelement("p")
    paragraph.text, element.text = element.text, None
    for child, divides in zip(children, ends, strict=True):
        if not (divides or (child.tag in BLOCKS and child.tag != "br")):
            paragraph.append(child)
            continue
        if len(paragraph) or (paragraph.text or "").strip():
            parts.append(paragraph)
        if child.tag != "br":
            parts.append(child)
        paragraph = element.makeelement("p")
        paragraph.text, child.tail = child.tail, None
    if len(paragraph) or (paragraph.text or "").strip():
        parts.append(paragraph)
    element[:] = parts


def _ends_of(children: Sequence[HtmlElement]) -> list[bool]:
    """For each child whether it is a break that ends a paragraph."""
    breaks = [child.tag == "br" for child in children]
    joined = [
        here and there and not (child.tail or "").strip()
        for here, there, child in zip(breaks, breaks[1:], children, strict=False)
    ]
    if not any(joined):
        return breaks
    joined.append(False)
    return [joined[at] or (at > 0 and joined[at - 1]) for at in range(len(children))]
