"""Reads an argument graph in the JSON of this project's own contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.graph import About, ArgumentGraph, Edge, Node, NodeKind
from app.exchange.attributes import checked_id, word
from app.exchange.circles import without_reply_circle
from app.exchange.fields import (
    as_list,
    as_object,
    as_optional_number,
    as_optional_text,
    as_optional_time,
    as_optional_truth,
    as_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_graph(value: object) -> ArgumentGraph:
    """Return the graph that this JSON, as it was read, describes.

    Raises:
        UnreadablePage: a field is missing or of another type.
        IllegalGraph: an edge leads nowhere, or between kinds that AIF does not connect, or
            replies go in a circle.
    """
    graph = as_object(value, "graph")
    nodes = tuple(
        _node(as_object(item, f"nodes[{at}]"), f"nodes[{at}]")
        for at, item in enumerate(as_list(graph.get("nodes"), "nodes"))
    )
    edges = tuple(
        _edge(as_object(item, f"edges[{at}]"), f"edges[{at}]")
        for at, item in enumerate(as_list(graph.get("edges"), "edges"))
    )
    return without_reply_circle(ArgumentGraph(nodes, edges))


def _node(item: Mapping[str, object], path: str) -> Node:
    return Node(
        id=_id(item.get("id"), f"{path}.id"),
        kind=word(NodeKind, item.get("kind"), f"{path}.kind"),
        text=as_text(item.get("text"), f"{path}.text"),
        about=word(About, item.get("about"), f"{path}.about"),
        scheme=as_optional_text(item.get("scheme"), f"{path}.scheme"),
        ref=as_optional_text(item.get("ref"), f"{path}.ref"),
        author=as_optional_text(item.get("author"), f"{path}.author"),
        created_at=as_optional_time(item.get("created_at"), f"{path}.created_at"),
        probability=as_optional_number(item.get("probability"), f"{path}.probability"),
        certain=as_optional_truth(item.get("certain"), f"{path}.certain"),
        role=as_optional_text(item.get("role"), f"{path}.role"),
    )


def _edge(item: Mapping[str, object], path: str) -> Edge:
    return Edge(
        _id(item.get("from_id"), f"{path}.from_id"), _id(item.get("to_id"), f"{path}.to_id")
    )


def _id(value: object, path: str) -> str:
    return checked_id(as_text(value, path), path)
