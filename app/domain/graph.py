"""The argument graph of a page in the node kinds of AIF, refused where AIF does not allow it.

Source: Chesñevar et al. 2006, "Towards an argument interchange format"; Reed and Budzynska
2011 for the anchoring of arguments in dialogue (IAT); the edges allowed here are those that
occur in the 136,000 edges of QT30 (Hautli-Janisz et al. 2022).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from app.errors import IllegalGraph

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class NodeKind(StrEnum):
    """AIF's kinds of node: what is said, who says it, and how the two are tied."""

    INFORMATION = "I"
    LOCUTION = "L"
    INFERENCE = "RA"
    CONFLICT = "CA"
    REPHRASE = "MA"
    TRANSITION = "TA"
    ILLOCUTION = "YA"


_RELATIONS = frozenset({NodeKind.INFERENCE, NodeKind.CONFLICT, NodeKind.REPHRASE})
_WITH_ENDS = _RELATIONS | {NodeKind.TRANSITION}

ALLOWED_EDGES: frozenset[tuple[NodeKind, NodeKind]] = frozenset(
    {
        (NodeKind.LOCUTION, NodeKind.TRANSITION),
        (NodeKind.TRANSITION, NodeKind.LOCUTION),
        (NodeKind.LOCUTION, NodeKind.ILLOCUTION),
        (NodeKind.TRANSITION, NodeKind.ILLOCUTION),
        (NodeKind.ILLOCUTION, NodeKind.INFORMATION),
        *((NodeKind.ILLOCUTION, relation) for relation in _RELATIONS),
        *((NodeKind.INFORMATION, relation) for relation in _RELATIONS),
        *((relation, NodeKind.INFORMATION) for relation in _RELATIONS),
    }
)
"""Which kind may point at which; a locution anchors information only, never a relation."""


class About(StrEnum):
    """What on the page a node stands for."""

    ARTICLE = "article"
    ACCOUNT = "account"
    HYPOTHESIS = "hypothesis"
    COMMENT = "comment"
    UNIT = "unit"
    RELATION = "relation"


class Node(NamedTuple):
    """A node; `scheme` is AIF's name for its form ("Asserting", "Default Inference" …).

    `ref` is the id of the comment or actor that the node stands for. `probability` and
    `certain` are those of the stance that a relation or an illocution states.

    A tuple like `Edge`: a page of 10,000 comments has 80,000 nodes, and to make as many frozen
    dataclasses takes four times as long.
    """

    id: str
    kind: NodeKind
    text: str
    about: About
    scheme: str | None = None
    ref: str | None = None
    author: str | None = None
    created_at: datetime | None = None
    probability: float | None = None
    certain: bool | None = None
    role: str | None = None


class Edge(NamedTuple):
    """A directed edge between two nodes' ids."""

    from_id: str
    to_id: str


@dataclass(frozen=True, slots=True)
class ArgumentGraph:
    """Nodes and edges of one page.

    Raises:
        IllegalGraph: a node id or an edge twice, an edge to nothing, an edge between kinds
            that AIF does not connect, or a relation without both ends.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def __post_init__(self) -> None:
        kinds = {node.id: node.kind for node in self.nodes}
        if len(kinds) != len(self.nodes):
            twice = Counter(node.id for node in self.nodes).most_common(1)[0][0]
            raise IllegalGraph(f"expected each node id once, got {twice!r} more often")
        if len(set(self.edges)) != len(self.edges):
            twice_edge = Counter(self.edges).most_common(1)[0][0]
            raise IllegalGraph(f"expected each edge once, got {twice_edge} more often")
        starts, ends = [edge[0] for edge in self.edges], [edge[1] for edge in self.edges]
        # One by one only where something is wrong: a long page has 100,000 edges.
        pairs = zip(map(kinds.get, starts), map(kinds.get, ends), strict=True)
        if not ALLOWED_EDGES.issuperset(pairs):
            for edge in self.edges:
                _check_edge(edge, kinds)
        anchors = {key for key, kind in kinds.items() if kind is NodeKind.ILLOCUTION}
        before = {
            end for start, end in zip(starts, ends, strict=True) if start not in anchors
        }.intersection(starts)
        for key, kind in kinds.items():
            if kind in _WITH_ENDS and key not in before:
                raise IllegalGraph(
                    f"expected {kind} node {key!r} to have a node before and after it"
                )

    def node_by_id(self) -> Mapping[str, Node]:
        """Return the nodes under their ids."""
        return {node.id: node for node in self.nodes}


def _check_edge(edge: Edge, kinds: Mapping[str, NodeKind]) -> None:
    try:
        pair = (kinds[edge.from_id], kinds[edge.to_id])
    except KeyError as error:
        raise IllegalGraph(
            f"expected both ends of {edge} to be nodes, {error.args[0]!r} is none"
        ) from None
    if pair not in ALLOWED_EDGES:
        raise IllegalGraph(f"expected kinds that AIF connects, got {pair[0]} -> {pair[1]}: {edge}")
