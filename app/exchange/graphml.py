"""Writes an argument graph as GraphML, which networkx, Gephi, yEd and igraph read.

Every attribute of a node is a typed key. Nodes are called n0, n1 …, because GraphML's ids are
names without slashes; the id that a node has here is the key "id".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from app.exchange.attributes import ATTRIBUTES, ValueType, attributes_of, text_of
from app.exchange.losses import LossTally

if TYPE_CHECKING:
    from app.domain.graph import ArgumentGraph

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"

_KEYS = {"id": ValueType.TEXT, **ATTRIBUTES}


def graph_as_graphml(graph: ArgumentGraph, tally: LossTally | None = None) -> bytes:
    """Return the graph as a GraphML document in UTF-8; `tally` hears of what it cannot hold."""
    tally = tally or LossTally()
    root = etree.Element("graphml", nsmap={None: NAMESPACE})
    for name, kind in _KEYS.items():
        etree.SubElement(
            root, "key", {"id": name, "for": "node", "attr.name": name, "attr.type": kind.value}
        )
    drawn = etree.SubElement(root, "graph", {"id": "graph", "edgedefault": "directed"})
    names = {node.id: f"n{at}" for at, node in enumerate(graph.nodes)}
    for node in graph.nodes:
        element = etree.SubElement(drawn, "node", {"id": names[node.id]})
        for name, value in {"id": node.id, **attributes_of(node)}.items():
            data = etree.SubElement(element, "data", {"key": name})
            data.text = tally.writable(text_of(value), node.id)
    for at, edge in enumerate(graph.edges):
        ends = {"source": names[edge.from_id], "target": names[edge.to_id]}
        etree.SubElement(drawn, "edge", {"id": f"e{at}", **ends})
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written
