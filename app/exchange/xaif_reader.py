"""Reads an xAIF document, or a nodeset of AIFdb, as it comes from anybody: incomplete at times.

What AIF does not allow is left out of the graph and reported, but stays in the document, so that
it can be passed on. Only a file that contradicts itself is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.graph import ALLOWED_EDGES, ArgumentGraph, Edge, NodeKind
from app.errors import IllegalGraph
from app.exchange.aif_reader import authors_of, node_of, parts_of
from app.exchange.circles import without_reply_circle
from app.exchange.fields import as_id, as_list, as_object, as_text
from app.exchange.losses import LossTally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.graph import Node

_NEED_ENDS = frozenset(
    {NodeKind.INFERENCE, NodeKind.CONFLICT, NodeKind.REPHRASE, NodeKind.TRANSITION}
)
_KINDS = frozenset(kind.value for kind in NodeKind)


@dataclass(frozen=True, slots=True)
class Xaif:
    """A document as it came, and the graph in it.

    `ids` leads from the nodeIDs that are in the graph, as text, to the ids of their nodes;
    `edges` from the place of an edge in the document to the edge, for those in the graph.
    """

    graph: ArgumentGraph
    content: Mapping[str, object]
    ids: Mapping[str, str]
    edges: Mapping[int, Edge]


def read_xaif(value: object, tally: LossTally | None = None) -> Xaif:
    """Return the document and its graph; `tally` hears of what the graph cannot hold.

    Raises:
        UnreadablePage: a field is missing or of another type than AIF gives it.
        IllegalGraph: a nodeID twice, an edge whose end is no node, or replies in a circle.
    """
    tally = tally or LossTally()
    nodeset, own = parts_of(value)
    nodes, kinds = _nodes(nodeset, own, tally)
    edges = _edges(nodeset, nodes, kinds, tally)
    complete = _without_loose_ends(nodes, edges, tally)
    ids = {number: node.id for number, node in complete.items()}
    drawn = {
        at: Edge(ids[start], ids[end])
        for at, (start, end) in edges.items()
        if start in ids and end in ids
    }
    graph = without_reply_circle(ArgumentGraph(tuple(complete.values()), tuple(drawn.values())))
    return Xaif(graph, as_object(value, "document"), ids, drawn)


def _nodes(
    nodeset: Mapping[str, object], own: Mapping[str, object], tally: LossTally
) -> tuple[dict[str, Node], dict[str, str]]:
    """Return the nodes of the kinds known here, and the kinds of all, by nodeID."""
    authors = authors_of(nodeset)
    nodes: dict[str, Node] = {}
    kinds: dict[str, str] = {}
    for at, item in enumerate(as_list(nodeset.get("nodes"), "nodes")):
        written = as_object(item, f"nodes[{at}]")
        number = as_id(written.get("nodeID"), f"nodes[{at}].nodeID")
        if number in kinds:
            raise IllegalGraph(f"nodes[{at}]: expected each nodeID once, got {number!r:.100} again")
        kinds[number] = as_text(written.get("type"), f"nodes[{at}].type")
        if kinds[number] in _KINDS:
            nodes[number] = node_of(written, own.get(number), authors.get(number), f"nodes[{at}]")
        else:
            tally.add(f"a node of the type {kinds[number]!r:.40}", number)
    return nodes, kinds


def _edges(
    nodeset: Mapping[str, object],
    nodes: Mapping[str, Node],
    kinds: Mapping[str, str],
    tally: LossTally,
) -> dict[int, tuple[str, str]]:
    """Return the edges that AIF allows, as pairs of nodeIDs, by their place in the document."""
    edges: dict[int, tuple[str, str]] = {}
    seen: set[tuple[str, str]] = set()
    for at, item in enumerate(as_list(nodeset.get("edges"), "edges")):
        written = as_object(item, f"edges[{at}]")
        start, end = (
            as_id(written.get(side), f"edges[{at}].{side}") for side in ("fromID", "toID")
        )
        for each in (start, end):
            if each not in kinds:
                raise IllegalGraph(
                    f"edges[{at}]: expected both ends to be nodes, {each!r:.100} is none"
                )
        place = f"{start} -> {end}"
        pair = tuple(nodes[each].kind for each in (start, end) if each in nodes)
        if pair not in ALLOWED_EDGES:
            tally.add(f"an edge {kinds[start]:.40} -> {kinds[end]:.40}, which AIF lacks", place)
        elif (start, end) in seen:
            tally.add("an edge that is there already", place)
        else:
            seen.add((start, end))
            edges[at] = (start, end)
    return edges


def _without_loose_ends(
    nodes: Mapping[str, Node], edges: Mapping[int, tuple[str, str]], tally: LossTally
) -> dict[str, Node]:
    """Return the nodes but for relations that have no node before or none after them."""
    starts = {start for start, _ in edges.values()}
    ends = {end for start, end in edges.values() if nodes[start].kind is not NodeKind.ILLOCUTION}
    complete: dict[str, Node] = {}
    for number, node in nodes.items():
        if node.kind in _NEED_ENDS and not (number in starts and number in ends):
            tally.add(f"a node {node.kind} without a node before and after it", number)
        else:
            complete[number] = node
    return complete
