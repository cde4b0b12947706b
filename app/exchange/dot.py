r"""Writes an argument graph in DOT, which Graphviz draws and which `app.exchange.dot_reader` reads.

A node's attributes stand beside its label under names that Graphviz passes on unread. In every
string a backslash is written twice, so that no text can end one or mean a line break.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from app.domain.graph import NodeKind
from app.exchange.attributes import attributes_of, text_of
from app.exchange.losses import LossTally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.graph import ArgumentGraph, Node

NODE_ID = "node_id"
"""The attribute for a node's id; "id" is Graphviz's own, for the element in SVG."""

_LABEL_WIDTH, _LABEL_LINES = 36, 5
"""Characters and lines of a label: what still reads as a box and not as a page."""

_LOOKS: Mapping[NodeKind, str] = {
    NodeKind.INFORMATION: 'shape=box, style=filled, fillcolor="#dbe9f6"',
    NodeKind.LOCUTION: 'shape=box, style="rounded,filled", fillcolor="#f2f2f2"',
    NodeKind.INFERENCE: 'shape=diamond, style=filled, fillcolor="#cfe8cf"',
    NodeKind.CONFLICT: 'shape=diamond, style=filled, fillcolor="#f4cccc"',
    NodeKind.REPHRASE: 'shape=diamond, style=filled, fillcolor="#fce5cd"',
    NodeKind.TRANSITION: "shape=ellipse",
    NodeKind.ILLOCUTION: "shape=ellipse, style=dashed",
}
"""Green for, red against, blue for what is said; the colours stay apart when printed grey."""


def graph_as_dot(graph: ArgumentGraph, tally: LossTally | None = None) -> bytes:
    """Return the graph in DOT and UTF-8; `tally` hears of characters that it cannot hold."""
    tally = tally or LossTally()
    names = {node.id: f"n{at}" for at, node in enumerate(graph.nodes)}
    lines = ["digraph arguments {", '  graph [charset="UTF-8", rankdir=BT];']
    lines += [f"  {names[node.id]} [{_attributes(node, tally)}];" for node in graph.nodes]
    lines += [f"  {names[edge.from_id]} -> {names[edge.to_id]};" for edge in graph.edges]
    return "\n".join([*lines, "}\n"]).encode()


def _attributes(node: Node, tally: LossTally) -> str:
    texts = {NODE_ID: node.id}
    texts |= {name: text_of(value) for name, value in attributes_of(node).items()}
    held = {name: tally.writable(text, node.id) for name, text in texts.items()}
    written = [f"{name}={_quote(text)}" for name, text in held.items()]
    return ", ".join([f'label="{_label(held["text"])}"', _LOOKS[node.kind], *written])


def _quote(text: str) -> str:
    return '"' + _escape(text) + '"'


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _label(text: str) -> str:
    """Return the text's beginning as a label; there, Graphviz reads HTML's entities too."""
    enough = text[: 2 * _LABEL_WIDTH * _LABEL_LINES]
    lines = textwrap.wrap(enough, _LABEL_WIDTH, max_lines=_LABEL_LINES, placeholder=" …")
    return "\\n".join(_escape(line).replace("&", "&amp;") for line in lines)
