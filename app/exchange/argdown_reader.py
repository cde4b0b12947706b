r"""Reads claims and relations in Argdown into an argument graph.

Headings, lists, tags and undercuts are passed over and reported; reconstructions in premises and
conclusions are refused, as they would lose what holds them together.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from app.domain.graph import About, ArgumentGraph, Edge, Node, NodeKind
from app.errors import UnreadablePage
from app.exchange.argdown import DEFAULT_SCHEMES
from app.exchange.attributes import ATTRIBUTES, checked_id, node_of_texts, text_of
from app.exchange.losses import LossTally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_FENCE = "==="
_INFERENCE = re.compile(r"[ \t]*(?:\(\d+\)|--)")
_HEADING = re.compile(r"#+ ")
_LIST = re.compile(r"[ \t]*(?:\*|\d+\.)\s")
_RELATION = re.compile(r"([ \t]*)(\+>|->|<\+|<-|><|<_|_>|\+|-|_(?=\s))[ \t]*")
_TITLED = re.compile(r"\[([^\]]+)\](:?)|<(?!!--)([^>]+)>(:?)")
_SPECIAL = re.compile(r"\\(.)|(<!--|/\*|//)|(\{)", re.DOTALL)
_CLOSERS: Mapping[str, str] = {"<!--": "-->", "/*": "*/"}

_KINDS: Mapping[str, tuple[NodeKind, bool]] = {
    "+": (NodeKind.INFERENCE, True),
    "<+": (NodeKind.INFERENCE, True),
    "+>": (NodeKind.INFERENCE, False),
    "-": (NodeKind.CONFLICT, True),
    "<-": (NodeKind.CONFLICT, True),
    "->": (NodeKind.CONFLICT, False),
}
"""What each sign means, and whether the claim beneath is the premise."""

_CONTRADICTION = "><"
_OWN_DATA = frozenset(ATTRIBUTES) - {"kind", "text"}


def read_argdown(data: bytes, tally: LossTally | None = None) -> ArgumentGraph:
    """Return the claims and relations of an Argdown file in UTF-8; `tally` hears of the rest.

    Raises:
        UnreadablePage: it is not in UTF-8, or has premises and conclusions, or bad data.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadablePage("expected Argdown in UTF-8, got other bytes") from error
    reader = _Reader(tally or LossTally())
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].startswith(_FENCE):
        reader.tally.add("the front matter", "line 1")
        end = next((at for at, line in enumerate(lines) if at and line.startswith(_FENCE)), 0)
        lines[: end + 1] = [""] * (end + 1)
    for line, element in _elements(lines):
        reader.read(line, element)
    return reader.graph()


@dataclass(slots=True)
class _Claim:
    """A claim, defined or only referred to so far."""

    text: str | None = None
    values: dict[str, str] = field(default_factory=dict)


def _elements(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield each claim with the lines that go on with it; an empty text parts the blocks."""
    at, parts = 1, [""]
    for number, line in enumerate(lines, start=1):
        begins = not parts[0] or _RELATION.match(line) or _INFERENCE.match(line)
        if not line.strip() or begins or _HEADING.match(line) or _LIST.match(line):
            yield at, "\n".join(parts)
            at, parts = number, [line]
        else:
            parts.append(line.strip())
    yield at, "\n".join(parts)


class _Reader:
    """Gathers claims and relations; `_open` are the claims that a deeper line may be under."""

    def __init__(self, tally: LossTally) -> None:
        self.tally = tally
        self._claims: dict[str, _Claim] = {}
        self._relations: list[tuple[NodeKind, str, str]] = []
        self._open: list[tuple[int, str]] = []

    def read(self, line: int, element: str) -> None:
        """Read one claim with the sign before it, if any."""
        if not element.strip():
            self._open = []
        elif _INFERENCE.match(element):
            raise UnreadablePage(
                f"line {line}: expected claims and relations, got premises and conclusions"
            )
        elif _HEADING.match(element):
            self.tally.add("a heading", f"line {line}")
        elif found := _RELATION.match(element):
            self._read_relation(line, found, element[found.end() :])
        elif _LIST.match(element):
            self.tally.add("an item of a list", f"line {line}")
        else:
            self._open = [(-1, self._read_claim(line, element))]

    def _read_relation(self, line: int, found: re.Match[str], rest: str) -> None:
        indent, sign = len(found[1].expandtabs(4)), found[2]
        while self._open and self._open[-1][0] >= indent:
            self._open.pop()
        if not self._open:
            raise UnreadablePage(f"line {line}: expected a claim before {sign!r}, got none")
        parent = self._open[-1][1]
        child = self._read_claim(line, rest)
        self._open.append((indent, child))
        if sign in _KINDS:
            kind, beneath = _KINDS[sign]
            ends = (child, parent) if beneath else (parent, child)
            self._relations.append((kind, *ends))
        elif sign == _CONTRADICTION:
            self._relations.append((NodeKind.CONFLICT, parent, child))
            self._relations.append((NodeKind.CONFLICT, child, parent))
        else:
            self.tally.add("an undercut", f"line {line}")

    def _read_claim(self, line: int, element: str) -> str:
        """Read a claim and return its id."""
        text, data = self._inline(line, element.strip())
        titled = _TITLED.match(element.strip())
        if titled is None:
            name, defines = f"untitled/{line}", True
        elif titled[1] is not None:
            name, defines = unquote(titled[1], errors="surrogatepass"), bool(titled[2])
        else:
            name, defines = titled[0].removesuffix(":"), bool(titled[4])
            self.tally.add("that it is an argument, read as a claim", name)
        claim = self._claims.setdefault(checked_id(name, f"line {line}"), _Claim())
        if defines and claim.text is None:
            claim.text = text
        elif text and text != claim.text:
            self.tally.add("a second wording of a claim", name)
        claim.values |= data
        return name

    def _inline(self, line: int, element: str) -> tuple[str, dict[str, str]]:
        """Return the text of a claim without its title, and its data."""
        titled = _TITLED.match(element)
        at = titled.end() if titled else 0
        parts: list[str] = []
        values: dict[str, str] = {}
        unclosed: set[str] = set()
        while found := _SPECIAL.search(element, at):
            parts.append(element[at : found.start()])
            at = found.end()
            if found[1] is not None:
                parts.append(found[1])
            elif found[3] is not None:
                read, at = self._data(line, element, found.start())
                values |= read
            elif found[2] not in _CLOSERS:  # a comment to the end of the line
                at = end if (end := element.find("\n", at)) >= 0 else len(element)
            else:
                closer = _CLOSERS[found[2]]
                end = -1 if closer in unclosed else element.find(closer, at)
                if end < 0:
                    unclosed.add(closer)  # and no later one will find what this one did not
                    parts.append(found[2])
                else:
                    at = end + len(closer)
        parts.append(element[at:])
        return " ".join("".join(parts).split()), values

    def _data(self, line: int, element: str, at: int) -> tuple[dict[str, str], int]:
        """Return the data that begin there, and where they end; only JSON is read of YAML."""
        try:
            value, end = json.JSONDecoder().raw_decode(element, at)
        except (ValueError, RecursionError):
            self.tally.add("data that are no JSON", f"line {line}")
            end = element.rfind("}")
            return {}, end + 1 if end > at else len(element)
        values: dict[str, str] = {}
        for name, each in value.items():
            if name in _OWN_DATA and isinstance(each, (str, int, float)):
                values[name] = text_of(each)
            elif each is not None:
                self.tally.add(f"the data {name:.60}", f"line {line}")
        return values, end

    def graph(self) -> ArgumentGraph:
        """Return the graph of all that was read."""
        nodes = [self._node(name, claim) for name, claim in self._claims.items()]
        edges: list[Edge] = []
        number = 0
        for kind, premise, conclusion in self._relations:
            number += 1
            while f"relation/{number}" in self._claims:
                number += 1
            key, scheme = f"relation/{number}", DEFAULT_SCHEMES[kind]
            nodes.append(Node(key, kind, scheme, About.RELATION, scheme=scheme))
            edges += [Edge(premise, key), Edge(key, conclusion)]
        return ArgumentGraph(tuple(nodes), tuple(edges))

    def _node(self, name: str, claim: _Claim) -> Node:
        texts = {"about": About.COMMENT.value, **claim.values}
        texts |= {"kind": NodeKind.INFORMATION.value, "text": claim.text or ""}
        return node_of_texts(name, texts, f"claim {name:.60}")
