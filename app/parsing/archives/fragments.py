"""Turns the HTML that exports hold comments and articles in into plain text."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from lxml import etree

from app.parsing.repair import repair_text, tidy_line, tidy_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
"""A text without anything like it is taken as it is: people write "<3" and "a<b" too."""

_BLANK_LINES = re.compile(r"\n\s*\n")
_WHITE = re.compile(r"\s+")
_SILENT = frozenset({"script", "style", "template", "noscript", "iframe", "object", "head"})
_PARAGRAPHS = frozenset("p div blockquote pre ul ol dl table h1 h2 h3 h4 h5 h6 hr".split())
"""Elements that stand apart from what is before and after them."""

_LINES = _PARAGRAPHS | frozenset(
    "address article aside br center dd dt fieldset figcaption figure footer form header legend li"
    " main nav section tbody td tfoot th thead tr".split()
)
"""Elements that begin a new line."""

MAX_FRAGMENT_CHARS = 2_000_000
"""More is no comment and no article; what is beyond is cut off."""


def comment_text(fragment: str, *, breaks: bool = False) -> str:
    """Return the words of a comment's HTML, a line a paragraph.

    With `breaks`, line breaks of the source are line breaks of the text, as in WordPress.
    """
    return repair_text(tidy_lines(_words_of(fragment, breaks=breaks)))


def article_text(fragment: str, *, breaks: bool = False) -> str:
    """Return the words of an article's HTML, paragraphs parted by blank lines."""
    paragraphs = _BLANK_LINES.split(_words_of(fragment, breaks=breaks))
    tidy = (tidy_lines(paragraph) for paragraph in paragraphs)
    return repair_text("\n\n".join(paragraph for paragraph in tidy if paragraph))


def title_text(fragment: str | None) -> str | None:
    """Return a title or a name that may hold markup, on one line; None where nothing is left."""
    if not fragment:
        return None
    return tidy_line(repair_text(_words_of(fragment[:10_000], breaks=False))) or None


def _words_of(fragment: str, *, breaks: bool) -> str:
    fragment = fragment[:MAX_FRAGMENT_CHARS].replace("\r\n", "\n").replace("\x00", "")
    if not _MARKUP.search(fragment):
        text = unescape(fragment) if "&" in fragment else fragment
        return text if breaks else _WHITE.sub(" ", text)
    parser = etree.HTMLParser(target=_Words(breaks=breaks), encoding="utf-8", huge_tree=True)
    try:
        parser.feed(fragment.encode("utf-8", "replace"))
        return str(parser.close())
    except etree.XMLSyntaxError:  # only a comment or a processing instruction
        return ""


class _Words:
    """Gathers the text of HTML as it is parsed; no tree is built, however deep it is nested."""

    def __init__(self, *, breaks: bool) -> None:
        self._breaks = breaks
        self._parts: list[str] = []
        self._silent: list[str] = []

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in _LINES:
            self._parts.append("\n\n" if tag in _PARAGRAPHS else "\n")

    def end(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag in _LINES and tag != "br":
            self._parts.append("\n\n" if tag in _PARAGRAPHS else "\n")

    def data(self, text: str) -> None:
        if not self._silent:
            self._parts.append(text if self._breaks else _WHITE.sub(" ", text))

    def close(self) -> str:
        return "".join(self._parts)
