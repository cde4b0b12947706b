"""Tells which zone of a comment an element begins: by a platform's rules, else by usual names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.parsing.platforms import NEVER_TEXT, Zone, zone_by_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.parsing.platforms import Platform
    from app.parsing.tree import Node

_QUOTE_WORD = re.compile(
    r"(?:.*-)?(?:quote|bbcode-?quote|bb-code-block-quote|bbquote|quotemain|quote-?box|quoted"
    r"|quote-?content|quote-?container|bb-?quote|citation|previousquote)"
)
_MOST_LOOKED_AT = 60
"""Elements within what is called content by which it is seen to be only a frame."""

_NAMES = frozenset({Zone.NAME, Zone.AUTHOR})


class Zoner:
    """Remembers the zone of every kind of element on a page."""

    def __init__(self, nodes: Sequence[Node], platform: Platform | None = None) -> None:
        self._nodes = nodes
        self._platform = platform
        self._known: dict[tuple[str, tuple[str, ...]], Zone | None] = {}

    def zone_at(self, at: int) -> Zone | None:
        """Return the zone that the element at this place begins, if it begins one."""
        node = self._nodes[at]
        key = (node.tag, node.words)
        if key in self._known:
            return self._known[key]
        zone = self._platform.zone_of(*key) if self._platform is not None else None
        if zone is None:
            zone = zone_by_name(*key)
            named = zone is Zone.CONTENT or (zone is Zone.DROP and node.tag not in NEVER_TEXT)
            if named and self._is_frame(at):
                zone = Zone.BODY
        self._known[key] = zone
        return zone

    def _is_frame(self, at: int) -> bool:
        """Whether what is called content, or a reply, holds a name and content of its own."""
        found: set[Zone | None] = set()
        end = min(self._nodes[at].end, at + _MOST_LOOKED_AT)
        inner = at + 1
        while inner < end:
            node = self._nodes[inner]
            if is_quote(node):
                inner = node.end
                continue
            found.add(zone_by_name(node.tag, node.words))
            inner += 1
        return Zone.CONTENT in found and bool(found & _NAMES)


def is_quote(node: Node) -> bool:
    """Return whether an element holds words of somebody else."""
    if node.tag == "blockquote":
        return True
    return node.tag in {"div", "table"} and any(map(_QUOTE_WORD.fullmatch, node.words))
