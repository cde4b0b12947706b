"""Walks through the comments of a page once, without recursion, and gathers what their parts say.

Every text goes to the innermost open comment, into the zone of the innermost element that begins
one; so nesting costs nothing, however deep.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.parsing.found import (
    QUOTE,
    UNQUOTE,
    Found,
    address_cut_short,
    look_at_buttons,
    look_at_frame,
    read_attributes,
    text_of_picture,
)
from app.parsing.platforms import Zone
from app.parsing.tree import BLOCKS
from app.parsing.zoning import is_quote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.parsing.spans import Span
    from app.parsing.tree import Node
    from app.parsing.zoning import Zoner

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_SMALL = 4
"""Elements that something which can be a name consists of, its image and frame included."""

_TEXTS = frozenset({Zone.LOOSE, Zone.BODY, Zone.CONTENT, Zone.INNER})
_CONTENTS = frozenset({Zone.CONTENT, Zone.INNER})
_HEADS = frozenset({Zone.NAME, Zone.AUTHOR, Zone.META})

_OVERRIDES = {
    Zone.LOOSE: frozenset(Zone),
    Zone.BODY: frozenset(Zone),
    Zone.META: frozenset({Zone.NAME, Zone.AUTHOR, Zone.BODY, Zone.CONTENT, Zone.DROP}),
    Zone.AUTHOR: frozenset({Zone.NAME, Zone.META, Zone.DROP, Zone.CONTENT}),
    Zone.NAME: frozenset({Zone.DROP}),
    Zone.CONTENT: frozenset({Zone.DROP, Zone.INNER}),
    Zone.INNER: frozenset({Zone.DROP}),
    Zone.DROP: frozenset[Zone](),
}
"""Which zones may begin inside which: in a comment's content, a class "author" says nothing."""


@dataclass(slots=True)
class _Frame:
    end: int
    comment: int
    zone: Zone
    node: Node | None = None
    quote: bool = False
    preformatted: bool = False


def gather(nodes: Sequence[Node], spans: Sequence[Span], zoner: Zoner) -> list[Found]:
    """Return what each comment at `spans` holds, in page order."""
    walk = _Walk(nodes, {span.start: span for span in spans}, zoner)
    done = 0
    for span in spans:
        if span.start >= done:
            walk.walk(span.start, span.end)
            done = span.end
    return walk.found


class _Walk:
    def __init__(
        self,
        nodes: Sequence[Node],
        spans: Mapping[int, Span],
        zoner: Zoner,
    ) -> None:
        self.found: list[Found] = []
        self._nodes = nodes
        self._spans = spans
        self._zoner = zoner
        self._open: list[_Frame] = []

    def walk(self, start: int, end: int) -> None:
        """Gather the comments between two nodes."""
        for at in range(start, end):
            self._close(at)
            node = self._nodes[at]
            span = self._spans.get(at)
            if span is not None:
                self._open_comment(node, span)
            if span is None or span.runs:
                self._open_part(at, node)
        self._close(end)

    def _close(self, at: int) -> None:
        open_ = self._open
        while open_ and open_[-1].end <= at:
            frame = open_.pop()
            node = frame.node
            if node is None:  # the frame of a comment that runs over several elements
                continue
            pieces = self.found[frame.comment].pieces
            if frame.quote:
                pieces.append((frame.zone, UNQUOTE))
            if node.tag in BLOCKS:
                pieces.append((frame.zone, "\n"))
            tail = node.element.tail
            if tail and open_:
                self._add(open_[-1], tail)

    def _open_comment(self, node: Node, span: Span) -> None:
        parent = self._open[-1].comment if self._open else None
        comment = Found(span, parent)
        self.found.append(comment)
        frame = _Frame(span.end, len(self.found) - 1, Zone.LOOSE)
        self._open.append(frame)
        if not span.runs:
            frame.node = node
            read_attributes(comment, node.element)
            if node.element.text:
                self._add(frame, node.element.text)

    def _open_part(self, at: int, node: Node) -> None:
        above = self._open[-1]
        comment = self.found[above.comment]
        zone = self._zone_in(at, node, above, comment)
        frame = _Frame(node.end, above.comment, zone, node)
        frame.preformatted = above.preformatted or node.tag == "pre"
        self._open.append(frame)
        if zone is Zone.DROP:
            look_at_buttons(comment, node, small=node.end - at <= _SMALL)
            return
        if node.tag in BLOCKS:
            comment.pieces.append((zone, "\n"))
        elif zone in _HEADS:
            comment.pieces.append((zone, " "))  # a name and a date may touch in the markup
        if zone not in _CONTENTS:
            look_at_frame(comment, node, zone, small=node.end - at <= _SMALL)
        if zone in _TEXTS and not (zone is Zone.CONTENT and above.zone is not zone):
            frame.quote = is_quote(node)
            if frame.quote:
                comment.pieces.append((zone, QUOTE))
        if node.tag == "img":
            comment.pieces.append((zone, text_of_picture(node.element)))
        elif node.element.text:
            address = address_cut_short(node.element) if node.tag == "a" else None
            self._add(frame, address or node.element.text)

    def _zone_in(self, at: int, node: Node, above: _Frame, comment: Found) -> Zone:
        zone = above.zone
        if zone is Zone.DROP:
            return zone
        attributes = node.element.attrib
        if attributes and ("hidden" in attributes or _HIDDEN.search(attributes.get("style") or "")):
            return Zone.DROP
        begun = self._zoner.zone_at(at)
        if begun is None:
            return zone
        if begun is Zone.CONTENT and zone is Zone.CONTENT:
            begun = Zone.INNER if node.tag != "p" and not above.quote else zone
        # A name or a date may stand in front of a comment's text, within what is called content.
        ahead = zone is Zone.CONTENT and begun in _HEADS and not comment.has_content
        return begun if begun in _OVERRIDES[zone] or (ahead and not above.quote) else zone

    def _add(self, frame: _Frame, text: str) -> None:
        if frame.zone is Zone.DROP:
            return
        comment = self.found[frame.comment]
        if not frame.preformatted:
            text = _SPACES.sub(" ", text)
        if frame.zone is Zone.CONTENT and not text.isspace():
            comment.has_content = True
        comment.pieces.append((frame.zone, text))
