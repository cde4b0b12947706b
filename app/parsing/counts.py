"""Reads what a page says of its comments as a whole: how many there are, and that more follow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.parsing.furniture import is_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.parsing.tree import Node

_NOUN = (
    r"(?:comments?|responses?|replies|reply|thoughts?|reactions?|discussions?|answers?|posts"
    r"|messages|kommentare?n?|antworten|reaktionen|beiträge|commentaires?|réactions?|réponses?"
    r"|comentarios?|comentários?|respuestas?|commenti|commento|risposte|reacties|reactie"
    r"|kommentarer|komentarz\w*|opinie|комментари\w+)"
)
_NUMBER = r"(\d{1,3}(?:[.,\u00a0 ]\d{3})+|\d{1,6})"
_COUNT = re.compile(
    rf"\W*(?:there (?:are|is)\s+|(?:all|view all|read all|show all|read|view|alle|see)\s+)?"
    rf"{_NUMBER}\s*(?:reader |user |leser)?{_NOUN}\b|\W*{_NOUN}\s*[:(\[]\s*{_NUMBER}\s*[)\]]?",
    re.IGNORECASE,
)
_PART = re.compile(r"\b(?:of|von|sur|de|van|out of)\s+\d|\d\s*(?:-|–|to|/)\s*\d", re.IGNORECASE)
_SECTION_WORD = re.compile(
    r"(?:^|[-#:])(?:comments?|kommentare?|disqus|responses|thread|discussion)"
)
_COUNT_TAGS = frozenset("h1 h2 h3 h4 h5 h6 p div span a strong b legend em button li".split())
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LONGEST = 90
_SMALL = 6
"""Elements in a heading or a button, itself included."""

_MORE = re.compile(
    r"\W*(?:(?:load|show|view|see|read|display)\s+(?:\d+\s+)?(?:more|all|older|newer|previous"
    r"|additional|the rest|next|remaining|\d+)\b.{0,20}(?:comments?|repl(?:y|ies)|responses|posts"
    r"|answers)?|(?:older|newer|previous|next|more) (?:comments|replies|posts|responses)"
    r"|(?:mehr|weitere|ältere|neuere|alle) (?:kommentare|antworten|beiträge)(?: anzeigen| laden)?"
    r"|(?:voir|afficher|charger)\s+(?:plus|tous|la suite|les).{0,30}|commentaires (?:plus anciens"
    r"|précédents|suivants)|ver (?:más|todos).{0,30}|comentarios (?:anteriores|más antiguos)"
    r"|(?:meer|oudere) reacties.{0,12}|(?:altri|mostra (?:altri|tutti)|carica altri).{0,20}"
    r"|next\s*(?:page)?\s*[›»>→]+|[›»>→]+)\W*",
    re.IGNORECASE,
)
_PAGER_WORD = re.compile(
    r"(?:.*-)?(?:pagination|pager|page-?nav|page-?numbers?|comment-?nav(?:igation)?|nav-previous"
    r"|nav-next|load-?more|more-?comments|show-?more|paging|pages|pagenav)(?:-.*)?"
)
_DIGIT = re.compile(r"\d")
_CLICKED = frozenset({"a", "button"})
_MOST_LOOKED_AT = 3_000
"""Elements after the last comment, or between comments, that may say that more follow."""


@dataclass(frozen=True, slots=True)
class Declared:
    """The numbers of comments that a page tells, those in headings first."""

    numbers: tuple[int, ...]

    def count(self, found: int) -> int | None:
        """Return how many comments the page says there are; one that says `found` is believed."""
        if found in self.numbers:
            return found
        return self.numbers[0] if self.numbers else None


def read_declared(nodes: Sequence[Node], told_elsewhere: Iterable[int] = ()) -> Declared:
    """Return what a page says of how many comments it has, in its text and elsewhere."""
    told: list[tuple[bool, int]] = []
    sections: list[bool] = []
    known: dict[tuple[str, ...], bool] = {(): False}
    for at, node in enumerate(nodes):
        inside = node.parent >= 0 and sections[node.parent]
        if not inside and node.tag != "body":
            says = known.get(node.words)
            if says is None:
                says = known[node.words] = any(map(_SECTION_WORD.search, node.words))
            inside = says
        sections.append(inside)
        if "itemprop:comment-count" in node.words:
            value = node.element.get("content") or node.element.text or ""
            if value.strip().isdigit():
                told.append((True, int(value.strip()[:7])))
        elif node.tag in _COUNT_TAGS and (
            inside
            or node.tag in _HEADINGS
            or (node.tag == "a" and "#comments" in (node.element.get("href") or ""))
        ):
            number = _number_in(node) if node.end - at <= _SMALL else None
            if number is not None and not inside and node.tag in _HEADINGS:
                number = number if is_heading("".join(node.element.itertext())) else None
            if number is not None:
                told.append((node.tag[0] == "h", number))
    told.sort(key=lambda one: not one[0])
    return Declared((*(number for _, number in told), *told_elsewhere))


def _number_in(node: Node) -> int | None:
    text = node.element.text or ""
    if not len(node.element) and not _DIGIT.search(text):  # as nearly all are
        return None
    if not text.strip() and len(node.element):
        text = "".join(node.element.itertext())
    elif len(node.element):
        text += "".join(node.element.itertext())[len(text) : _LONGEST + 1]
    text = " ".join(text[: 4 * _LONGEST].split())
    if len(text) > _LONGEST or not _DIGIT.search(text) or _PART.search(text):
        return None
    match = _COUNT.match(text)
    if match is None:
        return None
    return int(re.sub(r"\D", "", match[1] or match[2]))


def more_follow(nodes: Sequence[Node], start: int, end: int, last: int) -> str | None:
    """Return the words of a button or a pager about the comments that says that more follow.

    Looks between the nodes `start` and `end`, of which no comment's text is part, and a little
    behind `last`, the end of the last comment.
    """
    pager: int = -1
    for at in range(start, min(end, last + _MOST_LOOKED_AT)):
        node = nodes[at]
        if node.words and at > pager and any(map(_PAGER_WORD.fullmatch, node.words)):
            pager = node.end
        if node.tag not in _CLICKED or node.end - at > _SMALL:
            continue
        text = " ".join("".join(node.element.itertext())[:_LONGEST].split())
        if not text:
            continue
        if at < pager and text.isdigit():
            return f"page {text}"
        if _MORE.fullmatch(text) and (at < pager or len(text) > _SHORTEST_BUTTON):
            return text
    return None


_SHORTEST_BUTTON = 6
"""Outside a pager, an arrow alone may lead anywhere."""
