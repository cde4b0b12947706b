r"""Writes the claims of an argument graph, and what supports or attacks them, in Argdown.

Argdown knows claims and relations; who said what stands in the claims' data, and what it has no
place for is reported. Every sign that means something in Argdown is escaped in texts.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from app.domain.graph import NodeKind
from app.exchange.attributes import attributes_of
from app.exchange.losses import LossTally
from app.exchange.times import rfc3339

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.graph import ArgumentGraph, Node

SYMBOLS: Mapping[NodeKind, str] = {NodeKind.INFERENCE: "+", NodeKind.CONFLICT: "-"}
"""How Argdown marks, under a claim, what supports and what attacks it."""

DEFAULT_SCHEMES: Mapping[NodeKind, str] = {
    NodeKind.INFERENCE: "Default Inference",
    NodeKind.CONFLICT: "Default Conflict",
}

_ASSERTING = "Asserting"

_MEANS_SOMETHING = re.compile(r"[\\*_#\[<{@]|/(?=[/*])|=(?===)|\.(?=\S+?\.)|:(?=\S+?:)")
"""Source: the scanner of @argdown/core 1.7, lexer.js; other signs mean something only where a line
begins, and a text is written on one line, after its title."""

_UNSAFE_IN_TITLE = re.compile(r"[^\w/.~-]|\A-", re.ASCII)
_UNSAFE_IN_DATA = re.compile("[{}\x7f-\x9f\u2028\u2029\ufeff]")


def graph_as_argdown(graph: ArgumentGraph, tally: LossTally | None = None) -> bytes:
    """Return the graph in Argdown and UTF-8; `tally` hears of all that it cannot hold."""
    writer = _Writer(graph, tally or LossTally())
    blocks = [
        "\n".join([writer.claim(node), *writer.relations_to(node)])
        for node in graph.nodes
        if node.kind is NodeKind.INFORMATION
    ]
    writer.report_the_rest()
    return "".join(f"{block}\n\n" for block in blocks).encode()


def title_of(node_id: str) -> str:
    """Return the id as a title: what could end one is written as in an address."""
    return _UNSAFE_IN_TITLE.sub(_percent, node_id)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode(errors="surrogatepass"))


class _Writer:
    """Knows of every node what leads to it."""

    def __init__(self, graph: ArgumentGraph, tally: LossTally) -> None:
        self._nodes = graph.node_by_id()
        self._tally = tally
        self._before: dict[str, list[Node]] = defaultdict(list)
        for edge in graph.edges:
            self._before[edge.to_id].append(self._nodes[edge.from_id])
        self._said: set[str] = set()

    def claim(self, node: Node) -> str:
        """Return the line of a claim: its title, its text and its data."""
        held = self._tally.writable(node.text, node.id)
        text = " ".join(held.split())
        if text != held:
            self._tally.add("line breaks and runs of spaces", node.id)
        title = f"[{title_of(node.id)}]"
        head = f"{title}: {_escape(text)}" if text else title
        return f"{head} {self._data(node)}"

    def relations_to(self, node: Node) -> list[str]:
        """Return the lines of what supports or attacks a claim."""
        return [
            f"  {SYMBOLS[relation.kind]} [{title_of(premise.id)}]"
            for relation in self._before[node.id]
            if relation.kind in SYMBOLS
            for premise in self._premises_of(relation)
        ]

    def _premises_of(self, relation: Node) -> list[Node]:
        return [each for each in self._before[relation.id] if each.kind is NodeKind.INFORMATION]

    def _data(self, node: Node) -> str:
        values = attributes_of(node)
        del values["kind"], values["text"]
        speakers = [
            speaker
            for asserting in self._before[node.id]
            if asserting.scheme == _ASSERTING
            for speaker in self._before[asserting.id]
            if speaker.kind is NodeKind.LOCUTION
        ]
        for speaker in speakers[:1]:
            self._said.add(speaker.id)
            if speaker.author is not None:
                values["said_by"] = speaker.author
            if speaker.created_at is not None:
                values["said_at"] = rfc3339(speaker.created_at)
        held = {
            name: self._tally.writable(value, node.id) if isinstance(value, str) else value
            for name, value in values.items()
        }
        written = json.dumps(held, ensure_ascii=False)
        return "{" + _UNSAFE_IN_DATA.sub(_unicode, written[1:-1]) + "}"

    def report_the_rest(self) -> None:
        """Report every node that is no claim, as far as it holds more than Argdown can say."""
        for node in self._nodes.values():
            match node.kind:
                case NodeKind.LOCUTION:
                    self._report_locution(node)
                case NodeKind.ILLOCUTION:
                    self._report_illocution(node)
                case NodeKind.INFERENCE | NodeKind.CONFLICT:
                    self._report_relation(node)
                case NodeKind.TRANSITION:
                    self._tally.add("a reply: who answers whom", node.id)
                case NodeKind.REPHRASE:
                    self._tally.add("a rephrase", node.id)
                case NodeKind.INFORMATION:
                    pass

    def _report_locution(self, node: Node) -> None:
        if node.id in self._said:
            self._tally.add("a locution's own words and id, beside what it asserts", node.id)
        else:
            self._tally.add("a locution that asserts no claim, or not as its first", node.id)

    def _report_illocution(self, node: Node) -> None:
        if node.scheme != _ASSERTING:
            self._tally.add(f"an illocution: {node.scheme or node.text:.60}", node.id)
        else:
            self._tally.add("the id of an assertion", node.id)

    def _report_relation(self, node: Node) -> None:
        self._tally.add("the id of a relation", node.id)
        for name in attributes_of(node):
            default = name == "scheme" and node.scheme == DEFAULT_SCHEMES[node.kind]
            if name not in {"kind", "about", "text"} and not default:
                self._tally.add(f"{name} of a relation", node.id)
        if len(self._premises_of(node)) > 1:
            self._tally.add("that premises belong together: each is a relation now", node.id)


def _escape(text: str) -> str:
    return _MEANS_SOMETHING.sub(lambda found: "\\" + found[0], text)


def _unicode(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
