"""Reads the body of a page's article, once the comments are cut out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from app.parsing.breaks import part_at_breaks
from app.parsing.repair import repair_text, tidy_line
from app.parsing.tree import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from app.parsing.spans import Span
    from app.parsing.tree import Node

_DEEPEST_FOR_TRAFILATURA = 200
"""It copies and walks trees by recursion; pages that people write are 30 to 60 deep."""

_COMMENT_SECTION = re.compile(
    r"#?(?:.*-)?(?:comments?|commentlist|comments?-?(?:area|section|wrapper|list|container"
    r"|box)|disqus-?thread"
    r"|discussion|respond|comment-?(?:form|respond)|kommentare)"
)
_NEVER_CUT = frozenset({"html", "body", "main", "head"})
_SECTION_LEVELS = 6
"""Lists of comments are wrapped in a few elements of their own at most."""

_MOST_BEFORE_TITLE = 6
_TEASED = 0.3
"""Share of the text that may stand in front of the title: rubrics and what else is new."""

_WORD = re.compile(r"\w")
_HIDDEN = frozenset({"script", "style", "head", "noscript", "template"})


def cut_comments(nodes: Sequence[Node], spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Take the comments out of the page, with the section that holds nothing else.

    Returns where the nodes stand that were taken out, ranges that do not overlap in page order.
    """
    outer: list[Span] = []
    for span in spans:
        if not outer or span.start >= outer[-1].end:
            outer.append(span)
    if not outer:
        return []
    section = section_around(nodes, outer[0], outer[-1])
    cut: list[tuple[int, int]] = []
    if section is not None:
        _drop(nodes, section, cut)
    for span in outer:
        at = span.start
        while at < span.end:
            _drop(nodes, at, cut)
            at = nodes[at].end
    return sorted(cut)


def _drop(nodes: Sequence[Node], at: int, cut: list[tuple[int, int]]) -> None:
    node = nodes[at]
    if cut and cut[0][0] <= at < cut[0][1]:  # within the section
        return
    if node.element.getparent() is not None and node.tag not in _NEVER_CUT:
        node.element.drop_tree()
        cut.append((at, node.end))


def section_around(nodes: Sequence[Node], first: Span, last: Span) -> int | None:
    """Return the outermost of the nearest elements around the comments that are called comments."""
    outermost: int | None = None
    current = nodes[first.start].parent
    for _ in range(_SECTION_LEVELS):
        if current < 0 or nodes[current].tag in _NEVER_CUT:
            break
        node = nodes[current]
        if any(map(_COMMENT_SECTION.fullmatch, node.words)) and not _holds_title(
            nodes, current, first, last
        ):
            outermost = current
        current = node.parent
    return outermost


def _holds_title(nodes: Sequence[Node], at: int, first: Span, last: Span) -> bool:
    """Whether the page's heading stands in an element, but in none of its comments."""
    return any(
        node.tag == "h1" and not _speaks_of_comments(node)
        for start, end in ((at, first.start), (last.end, nodes[at].end))
        for node in nodes[start:end]
    )


def _speaks_of_comments(node: Node) -> bool:
    text = "".join(node.element.itertext())[:200]
    return bool(
        re.search(r"comment|komment|coment|respon|repl|antwort|reacti", text, re.IGNORECASE)
    )


def read_text(
    root: HtmlElement, nodes: Sequence[Node], cut: Sequence[tuple[int, int]], title: str | None
) -> str:
    """Return the body of the article of a page from which the comments are cut, at `cut`."""
    if _depth_of(nodes) > _DEEPEST_FOR_TRAFILATURA:
        return _paragraphs_of(root)
    import trafilatura  # noqa: PLC0415 - pages that are not HTML need none of it

    part_at_breaks(nodes, cut)
    document = trafilatura.bare_extraction(root, include_comments=False, favor_recall=True)
    if document is None or isinstance(document, dict):
        return _paragraphs_of(root)
    lines = (repair_text(tidy_line(line)) for line in (document.text or "").split("\n"))
    paragraphs = [line for line in lines if _WORD.search(line)]
    if title in paragraphs[:_MOST_BEFORE_TITLE]:
        at = paragraphs.index(title)
        if sum(map(len, paragraphs[:at])) < _TEASED * sum(map(len, paragraphs)):
            del paragraphs[: at + 1]
    return "\n\n".join(paragraphs)


def _depth_of(nodes: Sequence[Node]) -> int:
    depths: list[int] = []
    for node in nodes:
        depths.append(depths[node.parent] + 1 if node.parent >= 0 else 1)
    return max(depths, default=0)


def _paragraphs_of(root: HtmlElement) -> str:
    """The text of a page too deep or too odd for trafilatura, block by block."""
    pieces: list[str] = []
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        hidden = element.tag in _HIDDEN
        if event == "start":
            skipped += hidden
            pieces.append("\n" if element.tag in BLOCKS else "")
            pieces.append((element.text or "") if not skipped else "")
        else:
            skipped -= hidden
            pieces.append("\n" if element.tag in BLOCKS else "")
            pieces.append((element.tail or "") if not skipped else "")
    lines = (tidy_line(line) for line in "".join(pieces).split("\n"))
    return repair_text("\n\n".join(line for line in lines if line))
