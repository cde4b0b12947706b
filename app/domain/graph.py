"""The argument graph of a page in the node kinds of AIF, refused where AIF does not allow it.

Source: Chesñevar et al. 2006, "Towards an argument interchange format"; Reed and Budzynska
2011 for the anchoring of arguments in dialogue (IAT); the edges allowed here are those that
occur in the 136,000 edges of QT30 (Hautli-Janisz et al. 2022).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple, overload

from app.errors import IllegalGraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
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
_TELLING = frozenset(NodeKind) - {NodeKind.ILLOCUTION}
"""What can stand before a relation or a transition: an illocution only anchors it."""

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


class Edges(Sequence[Edge]):
    """Edges as two columns of ids, equal to the tuple of them; each is made when it is asked for.

    A page of 10,000 comments has 115,000 edges. As so many objects they take a quarter of the time
    of drawing its graph, most of it because the garbage collector looks at every one of them.
    """

    __slots__ = ("from_ids", "to_ids")

    def __init__(self, from_ids: Iterable[str], to_ids: Iterable[str]) -> None:
        self.from_ids, self.to_ids = tuple(from_ids), tuple(to_ids)
        if len(self.from_ids) != len(self.to_ids):
            raise ValueError(
                f"expected as many ids in both columns, got {len(self.from_ids)} and "
                f"{len(self.to_ids)}"
            )

    def __len__(self) -> int:
        return len(self.from_ids)

    def __iter__(self) -> Iterator[Edge]:
        return map(Edge._make, zip(self.from_ids, self.to_ids, strict=True))

    @overload
    def __getitem__(self, at: int) -> Edge: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Edge, ...]: ...
    def __getitem__(self, at: int | slice) -> Edge | tuple[Edge, ...]:
        if isinstance(at, slice):
            return tuple(Edges(self.from_ids[at], self.to_ids[at]))
        return Edge(self.from_ids[at], self.to_ids[at])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Edges):
            return (self.from_ids, self.to_ids) == (other.from_ids, other.to_ids)
        return tuple(self) == other

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


@dataclass(frozen=True, slots=True)
class ArgumentGraph:
    """Nodes and edges of one page.

    Raises:
        IllegalGraph: a node id or an edge twice, an edge to nothing, an edge between kinds
            that AIF does not connect, or a relation without both ends.
    """

    nodes: tuple[Node, ...]
    edges: Sequence[Edge]

    def __post_init__(self) -> None:
        places = {node.id: place for place, node in enumerate(self.nodes)}
        if len(places) != len(self.nodes):
            twice = Counter(node.id for node in self.nodes).most_common(1)[0][0]
            raise IllegalGraph(f"expected each node id once, got {twice!r} more often")
        edges = self.edges
        if not isinstance(edges, Edges):
            edges = Edges([edge[0] for edge in edges], [edge[1] for edge in edges])
        try:
            starts = list(map(places.__getitem__, edges.from_ids))
            ends = list(map(places.__getitem__, edges.to_ids))
        except KeyError as error:
            edge = next(edge for edge in edges if error.args[0] in edge)
            raise IllegalGraph(
                f"expected both ends of {edge} to be nodes, {error.args[0]!r} is none"
            ) from None
        size = len(self.nodes)
        if len({start * size + end for start, end in zip(starts, ends, strict=True)}) != len(edges):
            twice_edge = Counter(edges).most_common(1)[0][0]
            raise IllegalGraph(f"expected each edge once, got {twice_edge} more often")
        self._check_kinds(starts, ends)

    def _check_kinds(self, starts: Sequence[int], ends: Sequence[int]) -> None:
        """Check what the edges from and to these places among the nodes connect."""
        kinds = [node.kind for node in self.nodes]
        from_kinds = list(map(kinds.__getitem__, starts))
        pairs = zip(from_kinds, map(kinds.__getitem__, ends), strict=True)
        # One by one only where something is wrong: a long page has 100,000 edges.
        if wrong := set(pairs) - ALLOWED_EDGES:
            for edge, start, end in zip(self.edges, starts, ends, strict=True):
                if (pair := (kinds[start], kinds[end])) in wrong:
                    raise IllegalGraph(
                        f"expected kinds that AIF connects, got {pair[0]} -> {pair[1]}: {edge}"
                    )
        tied = {place for place, kind in enumerate(kinds) if kind in _WITH_ENDS}
        told = compress(ends, map(_TELLING.__contains__, from_kinds))
        if loose := tied.difference(starts) | tied.difference(told):
            node = self.nodes[min(loose)]
            raise IllegalGraph(
                f"expected {node.kind} node {node.id!r} to have a node before and after it"
            )

    def node_by_id(self) -> Mapping[str, Node]:
        """Return the nodes under their ids."""
        return {node.id: node for node in self.nodes}
