"""Refuses graphs whose locutions answer each other in a circle, which no conversation can do.

Claims may support or attack each other in a circle: that is legal in AIF, and common.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from app.domain.graph import NodeKind
from app.errors import IllegalGraph

if TYPE_CHECKING:
    from app.domain.graph import ArgumentGraph

_TALK = frozenset({NodeKind.LOCUTION, NodeKind.TRANSITION})


def without_reply_circle(graph: ArgumentGraph) -> ArgumentGraph:
    """Return the graph as it is.

    Raises:
        IllegalGraph: a locution answers itself, at once or by way of others.
    """
    kinds = {node.id: node.kind for node in graph.nodes}
    after: dict[str, list[str]] = defaultdict(list)
    waiting = {id_: 0 for id_, kind in kinds.items() if kind in _TALK}
    for edge in graph.edges:
        if kinds[edge.from_id] in _TALK and kinds[edge.to_id] in _TALK:
            after[edge.from_id].append(edge.to_id)
            waiting[edge.to_id] += 1
    # What nothing goes before is taken away until nothing is left, or only circles and their tails.
    free = [id_ for id_, count in waiting.items() if count == 0]
    while free:
        taken = free.pop()
        del waiting[taken]
        for id_ in after[taken]:
            waiting[id_] -= 1
            if waiting[id_] == 0:
                free.append(id_)
    if waiting:
        raise IllegalGraph(
            f"expected replies without a circle, got one before {next(iter(waiting))!r:.100}"
        )
    return graph
