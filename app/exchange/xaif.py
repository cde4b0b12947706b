"""Writes an argument graph as an xAIF document, the form that oAMF's modules pass on.

Locutions stand as marked spans in its `text`, speakers as participants; what AIF has no field for
(probability, certainty, role …) stands under the top-level key `fingerpost`, by nodeID.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, TypedDict

from app.domain.graph import NodeKind
from app.exchange.aif import graph_as_aif

if TYPE_CHECKING:
    from app.domain.graph import ArgumentGraph, Node
    from app.exchange.aif import AifEdge, AifLocution, AifNode, AifParticipant, AifScheme, OwnNode


class XaifNodeset(TypedDict):
    """What stands under `AIF`: a nodeset without a key of ours."""

    nodes: list[AifNode]
    edges: list[AifEdge]
    schemefulfillments: list[AifScheme]
    descriptorfulfillments: None
    participants: list[AifParticipant]
    locutions: list[AifLocution]


class XaifText(TypedDict):
    """The dialogue in HTML, each locution a span whose id is its nodeID."""

    txt: str


class XaifDocument(TypedDict):
    """An xAIF document as it is written here."""

    AIF: XaifNodeset
    text: XaifText
    dialog: bool
    OVA: list[object]
    fingerpost: dict[str, OwnNode]


def graph_as_xaif(graph: ArgumentGraph) -> XaifDocument:
    """Return the graph as a document of its own; nodes and edges are numbered from 1."""
    nodeset = graph_as_aif(graph)
    ids = {
        node.id: written["nodeID"]
        for node, written in zip(graph.nodes, nodeset["nodes"], strict=True)
    }
    said = [_span(node, ids[node.id]) for node in graph.nodes if node.kind is NodeKind.LOCUTION]
    return XaifDocument(
        AIF=XaifNodeset(
            nodes=nodeset["nodes"],
            edges=nodeset["edges"],
            schemefulfillments=nodeset["schemefulfillments"],
            descriptorfulfillments=None,
            participants=nodeset["participants"],
            locutions=nodeset["locutions"],
        ),
        text=XaifText(txt="".join(said)),
        dialog=True,
        OVA=[],
        fingerpost=nodeset["fingerpost"],
    )


def _span(node: Node, number: str) -> str:
    author = f"{node.author} : " if node.author else ""
    said = node.text.removeprefix(author)
    marked = f'<span class="highlighted" id="{escape(number)}">{escape(said)}</span>'
    return f"{escape(author)}{marked}<br><br>"
