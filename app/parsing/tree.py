"""Parses the HTML of a page, and lists its elements in page order with what they are known by.

One list serves every reader: an element's descendants are the entries up to its `end`, so that
nothing here or later recurses, however deep the page is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree, html

from app.errors import UnreadablePage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

BLOCKS = frozenset(
    "address article aside blockquote body br center dd details dialog div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre"
    " section summary table tbody td tfoot th thead tr ul".split()
)
"""Elements that begin a new line."""

_MOST_ATTRIBUTES = 2_000
"""No page needs a hundred; comparing 2,000 with each other takes milliseconds."""

_MOST_WORDS = 24
"""Classes of an element that are looked at; sites that generate them write a dozen."""

_ATTRIBUTE = (
    r"(?:[\s/]*[^\s/>=][^\s/>=]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?|[\s/]+(?=\S)(?!>)|=)"
)
_TAG = re.compile(rf"<([A-Za-z][^\s/>]{{0,40}}){_ATTRIBUTE}{{0,{_MOST_ATTRIBUTES}}}+")
_HEAPED = re.compile(rf"{_ATTRIBUTE}{{{_MOST_ATTRIBUTES}}}+")
_RAW_END = re.compile(r"</(?:script|style)", re.IGNORECASE)
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))
_NO_CONTROLS = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_CONTROL_REFERENCES = re.compile(
    r"&#(?:0*(?:[1-8]|1[124-9]|2\d|3[01]|127|6553[45])(?!\d)"
    r"|x0*(?:[1-8bcef]|1[\da-f]|7f|fff[ef])(?![\da-f]));?",
    re.IGNORECASE,
)
"""Characters that the parser lets through, and that its tree refuses to be given again."""

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DIGITS = re.compile(r"\d+")
_ID_WORD = re.compile(r"[a-z]")
_NAMES = ("class", "id")
_MARKS = {
    "class": "",
    "id": "#",
    "itemprop": "itemprop:",
    "property": "property:",
    "rel": "rel:",
    "typeof": "type:",
    "itemtype": "type:",
    "role": "role:",
    "data-role": "role:",
    "data-testid": "",
    "data-qa": "",
}
"""The attributes by which elements are known, and how their words are marked."""

_RARE = frozenset(_MARKS) - set(_NAMES)
"""Attributes that few elements have; to look all of these up on every element takes long."""

_HASH = re.compile(
    r"(?<=[A-Za-z])_{1,2}(?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{2,8}$"
)
_LAST_PART = re.compile(r"[/:#]")


@dataclass(slots=True)
class Node:
    """An element in page order; `parent` and `end` are places in the list of all.

    `words` are what it can be known by, in lower case: its classes, "#…" for its id with numbers
    written as 0, and "itemprop:…", "property:…", "rel:…", "type:…" and "role:…" for other marks.
    """

    element: HtmlElement
    tag: str
    words: tuple[str, ...]
    parent: int
    end: int = 0


def parse_html(text: str) -> HtmlElement | None:
    """Return the root of a page, or None where nothing is in it.

    Raises:
        UnreadablePage: tags nested or attributes heaped beyond what can be read in linear time.
    """
    _check_attributes(text)
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    # As lxml.html's own parser, save that no Python is run for each element to choose its class.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    sound = _CONTROL_REFERENCES.sub(" ", text.replace("\ufffe", " ").replace("\uffff", " "))
    data = sound.encode("utf-8", "replace").translate(_NO_CONTROLS)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing in it
        return None
    last = parser.error_log.last_error
    if last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        raise UnreadablePage(
            f"expected HTML that can be read to its end, got it at line {last.line} "
            "nested deeper than 2048 elements, or larger than the parser's limits"
        )
    return root


def _check_attributes(text: str) -> None:
    """Refuse tags with attributes by the thousand: the parser compares each with each."""
    at = 0
    while (tag := _TAG.search(text, at)) is not None:
        at = tag.end()
        if at - tag.end(1) >= _MOST_ATTRIBUTES and _HEAPED.match(text, tag.end(1)):
            raise UnreadablePage(
                f"expected at most {_MOST_ATTRIBUTES} attributes on a tag, got more on "
                f"{tag.group()[:20]!r}"
            )
        if tag.group(1).lower() in {"script", "style"}:
            end = _RAW_END.search(text, at)
            at = end.end() if end else len(text)


def list_nodes(root: HtmlElement) -> list[Node]:
    """Return the elements under `root`, itself first, in page order."""
    nodes: list[Node] = []
    open_: list[tuple[HtmlElement, Node]] = []
    words_of: dict[tuple[tuple[str, str], ...], tuple[str, ...]] = {}
    parent = -1
    for element in root.iter():
        around = element.getparent()
        while open_ and open_[-1][0] is not around:
            closed = open_.pop()[1]
            closed.end = len(nodes)
            parent = closed.parent
        key = _key_of(element)
        words = words_of.get(key)
        if words is None:
            words = words_of[key] = tuple(_split_words(key))
        node = Node(element, str(element.tag), words, parent)
        open_.append((element, node))
        parent = len(nodes)
        nodes.append(node)
    for _, node in open_:
        node.end = len(nodes)
    return nodes


def _key_of(element: HtmlElement) -> tuple[tuple[str, str], ...]:
    """The attributes by which an element is known, its id with numbers written as 0."""
    names = element.keys()
    if not names:
        return ()
    if _RARE.isdisjoint(names):
        class_, id_ = element.get("class"), element.get("id")
        if id_ is not None:
            named = ("id", _DIGITS.sub("0", id_))
            return (("class", class_), named) if class_ is not None else (named,)
        return (("class", class_),) if class_ is not None else ()
    return tuple(
        (name, _DIGITS.sub("0", value) if name == "id" else value)
        for name, value in element.items()
        if name in _MARKS
    )


def _split_words(attributes: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in attributes:
        kind = _MARKS[name]
        if name == "class":
            yield from (_plain(word) for word in value.split()[:_MOST_WORDS])
        elif name == "id":
            if _ID_WORD.search(value.lower()):
                yield kind + _plain(value.strip())
        else:
            for one in value.split()[:_MOST_WORDS]:
                yield kind + _plain(_LAST_PART.split(one.rstrip("/#"))[-1])


def _plain(word: str) -> str:
    """A word in one spelling: "commentAuthor", "comment_author" and "comment--author" alike.

    What programs append to keep classes apart ("Comment_author__x3fZ9") is left out.
    """
    word = word[:120]
    if "_" in word:
        word = _HASH.sub("", word).replace("_", "-")
    if not word.islower():
        word = _HUMP.sub("-", word).lower()
    while "--" in word:
        word = word.replace("--", "-")
    return word
