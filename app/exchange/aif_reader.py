"""Reads a nodeset in AIF JSON, as `app.exchange.aif` or AIFdb writes it, into an argument graph.

A nodeset written by this product comes back whole; one of another make has no stances, and its
nodes stand for comments and the relations between them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.graph import About, ArgumentGraph, Edge, Node, NodeKind
from app.exchange.attributes import checked_id, word
from app.exchange.circles import without_reply_circle
from app.exchange.fields import (
    as_id,
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

_PROPOSITIONS = frozenset({NodeKind.INFORMATION, NodeKind.LOCUTION})

_NO_NAME = frozenset({"", "None"})
"""What stands for a surname where there is none; the second is Turninator's."""


def read_aif(value: object) -> ArgumentGraph:
    """Return the graph of a nodeset, as JSON was read; with or without the `AIF` around it.

    Raises:
        UnreadablePage: a field is missing or of another type than AIF gives it.
        IllegalGraph: nodes are connected as AIF does not allow, or replies go in a circle.
    """
    nodeset, own = parts_of(value)
    authors = authors_of(nodeset)
    ids: dict[str, str] = {}
    nodes: list[Node] = []
    for at, item in enumerate(as_list(nodeset.get("nodes"), "nodes")):
        written = as_object(item, f"nodes[{at}]")
        number = as_id(written.get("nodeID"), f"nodes[{at}].nodeID")
        node = node_of(written, own.get(number), authors.get(number), f"nodes[{at}]")
        ids[number] = node.id
        nodes.append(node)
    edges = tuple(
        _edge(as_object(item, f"edges[{at}]"), ids, f"edges[{at}]")
        for at, item in enumerate(as_list(nodeset.get("edges"), "edges"))
    )
    return without_reply_circle(ArgumentGraph(tuple(nodes), edges))


def parts_of(value: object) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """Return the nodeset proper, and what stands under our own key by nodeID."""
    outer = as_object(value, "nodeset")
    nodeset = as_object(outer["AIF"], "AIF") if "AIF" in outer else outer
    own = as_object(outer.get("fingerpost", nodeset.get("fingerpost")) or {}, "fingerpost")
    return nodeset, own


def node_of(written: Mapping[str, object], own: object, author: str | None, path: str) -> Node:
    """Return the node that stands there, with what our own key says of it unless that is None."""
    number = as_id(written.get("nodeID"), f"{path}.nodeID")
    kind = word(NodeKind, written.get("type"), f"{path}.type")
    text = as_text(written.get("text"), f"{path}.text")
    if own is not None:
        return _own_node(kind, text, as_object(own, f"fingerpost.{number}"))
    says = kind in _PROPOSITIONS
    return Node(
        id=number,
        kind=kind,
        text=text,
        about=About.COMMENT if says else About.RELATION,
        scheme=None if says else text,
        author=author,
    )


def authors_of(nodeset: Mapping[str, object]) -> dict[str, str]:
    """Return who said each locution, by nodeID; somebody who is no participant is nobody."""
    names: dict[str, str] = {}
    for at, item in enumerate(as_list(nodeset.get("participants") or [], "participants")):
        person = as_object(item, f"participants[{at}]")
        number = as_id(person.get("participantID"), f"participants[{at}].participantID")
        names[number] = name_of(person)
    said: dict[str, str] = {}
    for at, item in enumerate(as_list(nodeset.get("locutions") or [], "locutions")):
        locution = as_object(item, f"locutions[{at}]")
        node_id = as_id(locution.get("nodeID"), f"locutions[{at}].nodeID")
        if locution.get("personID") is None:  # what the package xaif writes for nobody
            continue
        person_id = as_id(locution["personID"], f"locutions[{at}].personID")
        if names.get(person_id):
            said[node_id] = names[person_id]
    return said


def name_of(person: Mapping[str, object]) -> str:
    """Return the first name and the surname of a participant, empty where there is neither."""
    parts = (person.get("firstname"), person.get("surname"))
    return " ".join(part for part in parts if isinstance(part, str) and part not in _NO_NAME)


def _own_node(kind: NodeKind, text: str, own: Mapping[str, object]) -> Node:
    return Node(
        id=checked_id(as_text(own.get("id"), "fingerpost.id"), "fingerpost.id"),
        kind=kind,
        text=text,
        about=word(About, own.get("about"), "fingerpost.about"),
        scheme=as_optional_text(own.get("scheme"), "fingerpost.scheme"),
        ref=as_optional_text(own.get("ref"), "fingerpost.ref"),
        author=as_optional_text(own.get("author"), "fingerpost.author"),
        created_at=as_optional_time(own.get("created_at"), "fingerpost.created_at"),
        probability=as_optional_number(own.get("probability"), "fingerpost.probability"),
        certain=as_optional_truth(own.get("certain"), "fingerpost.certain"),
        role=as_optional_text(own.get("role"), "fingerpost.role"),
    )


def _edge(written: Mapping[str, object], ids: Mapping[str, str], path: str) -> Edge:
    ends = (as_id(written.get(end), f"{path}.{end}") for end in ("fromID", "toID"))
    # An end that is no node keeps its number, and the graph refuses it by name.
    from_id, to_id = (ids.get(end, end) for end in ends)
    return Edge(from_id, to_id)
