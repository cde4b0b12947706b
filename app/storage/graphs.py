"""An argument graph as rows, and rows as the argument graph they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.domain.graph import ArgumentGraph, Edge, Node
from app.storage.checks import checked_rows, checked_time
from app.storage.columns import join_time
from app.storage.tables import GraphEdgeRow, GraphNodeRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from app.storage.checks import Parts, Row


def graph_rows(graph: ArgumentGraph) -> Parts:
    """Return the rows of a graph, but for its page's number, nodes before edges.

    Raises:
        InvalidPage: a text or a time that no database here can hold.
    """
    return {
        GraphNodeRow: checked_rows(GraphNodeRow, _node_rows(graph)),
        GraphEdgeRow: checked_rows(GraphEdgeRow, _edge_rows(graph)),
    }


def _node_rows(graph: ArgumentGraph) -> Iterator[Row]:
    for position, node in enumerate(graph.nodes):
        created_at, created_offset_s = checked_time(
            f"created_at of node {position}", node.created_at
        )
        yield {
            "position": position,
            "id": node.id,
            "kind": node.kind,
            "text": node.text,
            "about": node.about,
            "scheme": node.scheme,
            "ref": node.ref,
            "author": node.author,
            "created_at": created_at,
            "created_offset_s": created_offset_s,
            "probability": node.probability,
            "certain": node.certain,
            "role": node.role,
        }


def _edge_rows(graph: ArgumentGraph) -> Iterator[Row]:
    positions = {node.id: position for position, node in enumerate(graph.nodes)}
    for position, edge in enumerate(graph.edges):
        yield {
            "from_position": positions[edge.from_id],
            "to_position": positions[edge.to_id],
            "position": position,
        }


def read_graph(session: Session, page_number: int) -> ArgumentGraph:
    """Return the graph of the page of that number, in two statements."""
    nodes = tuple(
        Node(
            id=row.id,
            kind=row.kind,
            text=row.text,
            about=row.about,
            scheme=row.scheme,
            ref=row.ref,
            author=row.author,
            created_at=join_time(row.created_at, row.created_offset_s),
            probability=row.probability,
            certain=row.certain,
            role=row.role,
        )
        for row in session.scalars(
            select(GraphNodeRow)
            .where(GraphNodeRow.page_number == page_number)
            .order_by(GraphNodeRow.position)
            .execution_options(populate_existing=True)
        )
    )
    ends = session.execute(
        select(GraphEdgeRow.from_position, GraphEdgeRow.to_position)
        .where(GraphEdgeRow.page_number == page_number)
        .order_by(GraphEdgeRow.position)
    )
    return ArgumentGraph(nodes, tuple(Edge(nodes[start].id, nodes[end].id) for start, end in ends))
