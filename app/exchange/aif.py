"""Writes an argument graph as AIFdb writes AIF in JSON.

What AIF has no field for (probability, certainty, role, what a node stands for) stands under one
key of our own, by nodeID; programs that do not know the key pass it over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

from app.domain.graph import NodeKind
from app.exchange.times import in_utc, rfc3339

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.domain.graph import ArgumentGraph, Node

SCHEMES: Mapping[str, tuple[str, str]] = {
    "Default Inference": ("Default Inference", "72"),
    "Default Conflict": ("Default Conflict", "71"),
    "Default Rephrase": ("Default Rephrase", "144"),
    "Default Transition": ("Default Transition", "82"),
    "Asserting": ("Asserting", "74"),
    "Agreeing": ("Agreeing", "77"),
    "Disagreeing": ("Disagreeing", "78"),
    "Arguing": ("Arguing", "80"),
    "Pure Questioning": ("PureQuestioning", "91"),
    "Restating": ("Restating", "101"),
    "Default Illocuting": ("Default Illocuting", "168"),
}
"""AIFdb's name and id of each scheme, by the text of its nodes.

Source: nodesets of QT30 as AIFdb serves them; there "Pure Questioning" is written in one word.
"""

_LATER = {
    NodeKind.INFERENCE: "Default Inference",
    NodeKind.CONFLICT: "Default Conflict",
    NodeKind.REPHRASE: "Default Rephrase",
    NodeKind.TRANSITION: "Default Transition",
    NodeKind.ILLOCUTION: "Default Illocuting",
}
"""The scheme of a node that names none, or one that AIFdb has no id for, by kind."""


class AifNode(TypedDict):
    """A node; ids are numerals in text, as AIFdb's are."""

    nodeID: str
    text: str
    type: str
    timestamp: NotRequired[str]
    scheme: NotRequired[str]
    schemeID: NotRequired[str]


class AifEdge(TypedDict):
    """An edge; `formEdgeID` is always null in what AIFdb serves."""

    edgeID: str
    fromID: str
    toID: str
    formEdgeID: str | None


class AifLocution(TypedDict):
    """Who said a locution, and when."""

    nodeID: str
    personID: str
    timestamp: str | None
    start: str | None
    end: str | None
    source: str | None


class AifParticipant(TypedDict):
    """Somebody who says locutions."""

    participantID: str
    firstname: str
    surname: str


class AifScheme(TypedDict):
    """Which scheme a node fulfils."""

    nodeID: str
    schemeID: str


class OwnNode(TypedDict):
    """What AIF has no field for; fields that the node lacks are left out."""

    id: str
    about: str
    scheme: NotRequired[str]
    ref: NotRequired[str]
    author: NotRequired[str]
    created_at: NotRequired[str]
    probability: NotRequired[float]
    certain: NotRequired[bool]
    role: NotRequired[str]


class AifGraph(TypedDict):
    """A nodeset of AIFdb, with our own key."""

    nodes: list[AifNode]
    edges: list[AifEdge]
    schemefulfillments: list[AifScheme]
    descriptorfulfillments: None
    participants: list[AifParticipant]
    locutions: list[AifLocution]
    fingerpost: dict[str, OwnNode]


def graph_as_aif(graph: ArgumentGraph) -> AifGraph:
    """Return the graph as a nodeset; nodes and edges are numbered from 1 in their order."""
    numbers = {node.id: str(at) for at, node in enumerate(graph.nodes, start=1)}
    people: dict[str, str] = {}
    for node in graph.nodes:
        if node.kind is NodeKind.LOCUTION and node.author:
            people.setdefault(node.author, str(len(people) + 1))
    return AifGraph(
        nodes=[_node(node, numbers[node.id]) for node in graph.nodes],
        edges=[
            AifEdge(
                edgeID=str(at),
                fromID=numbers[edge.from_id],
                toID=numbers[edge.to_id],
                formEdgeID=None,
            )
            for at, edge in enumerate(graph.edges, start=1)
        ],
        schemefulfillments=[
            AifScheme(nodeID=numbers[node.id], schemeID=_scheme_of(node)[1])
            for node in graph.nodes
            if node.kind in _LATER
        ],
        descriptorfulfillments=None,
        participants=[_participant(name, number) for name, number in people.items()],
        locutions=[
            AifLocution(
                nodeID=numbers[node.id],
                personID=people[node.author],
                timestamp=_timestamp(node.created_at),
                start=None,
                end=None,
                source=None,
            )
            for node in graph.nodes
            if node.kind is NodeKind.LOCUTION and node.author
        ],
        fingerpost={numbers[node.id]: _own(node) for node in graph.nodes},
    )


def _node(node: Node, number: str) -> AifNode:
    written = AifNode(nodeID=number, text=node.text, type=node.kind.value)
    timestamp = _timestamp(node.created_at)
    if timestamp is not None:
        written["timestamp"] = timestamp
    if node.kind in _LATER:
        written["scheme"], written["schemeID"] = _scheme_of(node)
    return written


def _scheme_of(node: Node) -> tuple[str, str]:
    return SCHEMES.get(node.scheme or "") or SCHEMES[_LATER[node.kind]]


def _participant(name: str, number: str) -> AifParticipant:
    first, _, last = name.strip().rpartition(" ")
    if not first:
        first, last = last, ""
    return AifParticipant(participantID=number, firstname=first, surname=last)


def _own(node: Node) -> OwnNode:
    own = OwnNode(id=node.id, about=node.about.value)
    if node.scheme is not None:
        own["scheme"] = node.scheme
    if node.ref is not None:
        own["ref"] = node.ref
    if node.author is not None:
        own["author"] = node.author
    if node.created_at is not None:
        own["created_at"] = rfc3339(node.created_at)
    if node.probability is not None:
        own["probability"] = node.probability
    if node.certain is not None:
        own["certain"] = node.certain
    if node.role is not None:
        own["role"] = node.role
    return own


def _timestamp(value: datetime | None) -> str | None:
    """Return a time as AIFdb writes it: to the second, with a space, in UTC."""
    if value is None:
        return None
    try:
        return in_utc(value).replace(tzinfo=None).isoformat(" ", "seconds")
    except OverflowError:
        return value.replace(tzinfo=None).isoformat(" ", "seconds")
