"""Looks up elements of a page by what they are called, leaving out what belongs to other pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING

from app.parsing.repair import tidy_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from app.parsing.spans import Kinds
    from app.parsing.tree import Node

_ASIDE = re.compile(
    r"#?(?:(?:site|page|global|main)-?)?(?:footer|nav(?:bar|igation)?|menu|header-?menu|colophon)"
    r"|.+-widget|widget-.+|(?:.*[-#])?(?:sidebar|breadcrumbs?|related|recommended|recirc|recent|popular|trending"
    r"|latest|teaser|promo|newsletter|widget-?area|more-?(?:stories|articles|posts|from))(?:-.*)?"
)
LONGEST = 300
"""Characters of a title, a name or a date, whatever is around it included."""

_MOST_LOOKED_AT = 12
"""Elements of a kind that are looked at; what is said of the article stands at the top."""


class Lookup:
    """The elements of a page by what they are, and what its `<meta>` elements say.

    What stands in the ranges `cut` is found by its tag alone, as what stands in a page's head is.
    """

    def __init__(self, nodes: Sequence[Node], kinds: Kinds, cut: Sequence[tuple[int, int]]) -> None:
        self._nodes = nodes
        self._kinds = kinds
        self._starts = [start for start, _ in cut]
        self._cut = cut
        self._aside: dict[tuple[str, ...], bool] = {(): False}
        self._meta: dict[str, str] = {}
        for element in self.elements("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            content = tidy_line((element.get("content") or "")[:LONGEST])
            if name and content:
                self._meta.setdefault(name.lower()[:LONGEST], content)

    def declared(self, names: Iterable[str]) -> list[str]:
        """Return what `<meta>` elements of these names say, in the order of the names."""
        return [self._meta[name] for name in names if name in self._meta]

    def elements(self, tag: str) -> Iterator[HtmlElement]:
        """Return all elements with this tag, in page order, those cut out among them."""
        return (self._nodes[at].element for at in self._places(tag))

    def own(self, tag: str) -> list[HtmlElement]:
        """Return the first elements with this tag that are of the page itself."""
        places = self._places(tag)[:_MOST_LOOKED_AT]
        return [self._nodes[at].element for at in places if not self._is_elsewhere(at)]

    def headings(self, tag: str) -> list[str]:
        """Return the texts of the first headings of the page itself."""
        return [text for element in self.own(tag) if (text := text_of(element))]

    def called(self, tags: frozenset[str], word: re.Pattern[str]) -> list[tuple[Node, bool]]:
        """Return the first elements with one of these words, and whether a vocabulary has it."""
        places: list[tuple[int, bool]] = []
        for (tag, words), at in self._kinds.items():
            if words and tag in tags:
                meant = [one for one in words if word.fullmatch(one)]
                if meant:
                    marked = any(":" in one for one in meant)
                    places += ((place, marked) for place in at[:_MOST_LOOKED_AT])
        places.sort()
        own = ((at, marked) for at, marked in places if not self._is_elsewhere(at))
        first = zip(range(_MOST_LOOKED_AT), own, strict=False)
        return [(self._nodes[at], marked) for _, (at, marked) in first]

    def _places(self, tag: str) -> list[int]:
        return sorted(chain.from_iterable(at for (own, _), at in self._kinds.items() if own == tag))

    def _is_elsewhere(self, at: int) -> bool:
        """Whether an element is cut out, or stands where other pages are spoken of."""
        before = bisect_right(self._starts, at) - 1
        if before >= 0 and at < self._cut[before][1]:
            return True
        for _ in range(_MOST_ABOVE):
            if at < 0:
                break
            node = self._nodes[at]
            aside = self._aside.get(node.words)
            if aside is None:
                aside = self._aside[node.words] = any(map(_ASIDE.fullmatch, node.words))
            if aside and node.tag not in {"html", "body", "main", "article"}:
                return True
            at = node.parent
        return False


_MOST_ABOVE = 60
"""Elements around one that are looked at; pages that people write are 30 to 60 deep."""


def text_of(element: HtmlElement) -> str:
    """Return the text of a small element as one line."""
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece)
        if size > 4 * LONGEST:
            break
    return tidy_line("".join(pieces))[:LONGEST]
