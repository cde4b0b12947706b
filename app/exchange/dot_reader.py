r"""Reads a directed graph in DOT whose nodes carry the attributes that `app.exchange.dot` writes.

Looks are passed over; other attributes are named as lost. Subgraphs, ports and HTML-like strings
are refused, as they have no meaning in an argument graph.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from app.domain.graph import ArgumentGraph, Edge
from app.errors import UnreadablePage
from app.exchange.attributes import ATTRIBUTES, checked_id, node_of_texts
from app.exchange.circles import without_reply_circle
from app.exchange.dot import NODE_ID
from app.exchange.losses import LossTally

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"""
    \s*+
    (?: (?P<skip>//[^\n]* | /\*.*?\*/ | (?<![^\n])\#[^\n]* | \Z)
    | (?P<quoted>"[^"\\]*(?:\\.[^"\\]*)*")
    | (?P<sign>->|--|[{}\[\];,=:+<])
    | (?P<bare>[^\W\d]\w* | -?(?:\.\d+|\d+(?:\.\d*)?)))
    """,
    re.VERBOSE | re.DOTALL,
)
"""Source: the DOT language as Graphviz documents it, and its scanner, lib/cgraph/scan.l."""

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)

_LOOKS = frozenset(
    "label shape style fillcolor color fontname fontsize fontcolor penwidth width height pos "
    "tooltip margin group".split()
)
"""Attributes that say only how a node is drawn."""

_DEFAULTS = frozenset({"graph", "node", "edge"})


class _Token(NamedTuple):
    """A token and where it begins; `sign` tells "{" the sign from "{" the text."""

    text: str
    sign: bool
    at: int


_END = _Token("the end of the file", sign=True, at=-1)


def read_dot(data: bytes, tally: LossTally | None = None) -> ArgumentGraph:
    """Return the graph of a DOT file in UTF-8; `tally` hears of what is passed over.

    Raises:
        UnreadablePage: it is no directed graph in DOT, or a node lacks what it needs.
        IllegalGraph: an edge leads nowhere, or between kinds that AIF does not connect, or
            replies go in a circle.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadablePage("expected DOT in UTF-8, got other bytes") from error
    reader = _Reader(text, tally or LossTally())
    reader.read()
    ids: dict[str, str] = {}
    nodes = []
    for name, texts in reader.nodes.items():
        node = node_of_texts(texts.get(NODE_ID, name), texts, f"node {name:.60}")
        ids[name] = node.id
        nodes.append(node)
    # An end that is no node keeps its name, and the graph refuses it by that name.
    edges = (Edge(ids.get(start, start), ids.get(end, end)) for start, end in reader.edges)
    return without_reply_circle(ArgumentGraph(tuple(nodes), tuple(edges)))


class _Reader:
    """Reads statements one after the other; nothing in them nests, so nothing here recurses."""

    def __init__(self, text: str, tally: LossTally) -> None:
        self.nodes: dict[str, dict[str, str]] = {}
        self.edges: list[tuple[str, str]] = []
        self._tally = tally
        self._text = text
        self._tokens = _tokens(text)
        self._next = next(self._tokens, _END)

    def read(self) -> None:
        """Read the whole file."""
        if self._at("strict"):
            self._take()
        self._expect("digraph")
        if not self._at("{"):
            self._word()
        self._expect("{")
        while not self._at("}"):
            self._statement()
        self._take()
        if self._next is not _END:
            self._refuse("one graph in the file")

    def _statement(self) -> None:
        if self._at(";"):
            self._take()
            return
        first = self._word()
        if self._at("="):
            self._take()
            self._word()
            return
        names = [checked_id(first, "a name")]
        while self._at("->"):
            self._take()
            names.append(checked_id(self._word(), "a name"))
        texts = self._attributes()
        if len(names) > 1:
            self.edges += pairwise(names)
            for attribute in texts:
                self._tally.add(f"the attribute {attribute:.60} of an edge", names[0])
        elif first not in _DEFAULTS:
            self._add_node(first, texts)

    def _add_node(self, name: str, texts: dict[str, str]) -> None:
        if name in self.nodes:
            raise UnreadablePage(f"expected each node once, got {name!r:.100} again")
        for attribute in texts.keys() - ATTRIBUTES.keys() - _LOOKS - {NODE_ID}:
            self._tally.add(f"the attribute {attribute:.60}", name)
        self.nodes[name] = texts

    def _attributes(self) -> dict[str, str]:
        texts: dict[str, str] = {}
        while self._at("["):
            self._take()
            while not self._at("]"):
                name = self._word()
                self._expect("=")
                texts[name] = self._word()
                if self._at(",") or self._at(";"):
                    self._take()
            self._take()
        return texts

    def _at(self, text: str) -> bool:
        word = text.isalpha()
        return self._next.sign is not word and self._next.text == text

    def _expect(self, text: str) -> None:
        if not self._at(text):
            self._refuse(text)
        self._take()

    def _word(self) -> str:
        if self._next.sign or self._next.text == "subgraph":
            self._refuse("a name or a quoted text")
        return self._take().text

    def _take(self) -> _Token:
        taken, self._next = self._next, next(self._tokens, _END)
        return taken

    def _refuse(self, expected: str) -> NoReturn:
        where = "DOT" if self._next is _END else f"line {_line(self._text, self._next.at)}"
        raise UnreadablePage(f"{where}: expected {expected}, got {self._next.text!r:.60}")


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise UnreadablePage(
                f"line {_line(text, at)}: expected DOT, got {text[at : at + 20]!r}"
            )
        kind = found.lastgroup
        token = found[kind] if kind else ""
        if kind == "quoted":
            yield _Token(_ESCAPED.sub(r"\1", token[1:-1]), sign=False, at=at)
        elif kind != "skip":
            yield _Token(token, sign=kind == "sign", at=at)
        at = found.end()


def _line(text: str, at: int) -> int:
    """Return the number of the line in which the next token after `at` stands."""
    begins = len(text) - len(text[at:].lstrip())
    return text.count("\n", 0, begins) + 1
