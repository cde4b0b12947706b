"""Reads a nodeset in AIF JSON, as `app.exchange.aif` or AIFdb writes it, into an argument graph.

A nodeset written by this product comes back whole; one of another make has no stances, and its
nodes stand for comments and the relations between them.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NoReturn, TypeVar

from app.domain.graph import About, ArgumentGraph, Edge, Node, NodeKind
from app.errors import UnreadablePage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from enum import StrEnum

_PROPOSITIONS = frozenset({NodeKind.INFORMATION, NodeKind.LOCUTION})

_NO_NAME = frozenset({"", "None"})
"""What stands for a surname where there is none; the second is Turninator's."""

_Word = TypeVar("_Word", bound="StrEnum")


def read_aif(value: object) -> ArgumentGraph:
    """Return the graph of a nodeset, as JSON was read; with or without the `AIF` around it.

    Raises:
        UnreadablePage: a field is missing or of another type than AIF gives it.
        IllegalGraph: nodes are connected as AIF does not allow.
    """
    outer = _object(value, "nodeset")
    nodeset = _object(outer["AIF"], "AIF") if "AIF" in outer else outer
    own = _object(outer.get("fingerpost", nodeset.get("fingerpost")) or {}, "fingerpost")
    authors = _authors(nodeset)
    ids: dict[str, str] = {}
    nodes: list[Node] = []
    for at, item in enumerate(_list(nodeset.get("nodes"), "nodes")):
        path = f"nodes[{at}]"
        written = _object(item, path)
        number = _id(written.get("nodeID"), f"{path}.nodeID")
        stated = own.get(number)
        node = (
            _foreign_node(written, number, authors.get(number), path)
            if stated is None
            else _own_node(written, _object(stated, f"fingerpost.{number}"), path)
        )
        ids[number] = node.id
        nodes.append(node)
    edges = [
        _edge(_object(item, f"edges[{at}]"), ids, f"edges[{at}]")
        for at, item in enumerate(_list(nodeset.get("edges"), "edges"))
    ]
    return ArgumentGraph(tuple(nodes), tuple(edges))


def _own_node(written: Mapping[str, object], own: Mapping[str, object], path: str) -> Node:
    return Node(
        id=_text(own.get("id"), "fingerpost.id"),
        kind=_word(NodeKind, written.get("type"), f"{path}.type"),
        text=_text(written.get("text"), f"{path}.text"),
        about=_word(About, own.get("about"), "fingerpost.about"),
        scheme=_optional_text(own.get("scheme"), "fingerpost.scheme"),
        ref=_optional_text(own.get("ref"), "fingerpost.ref"),
        author=_optional_text(own.get("author"), "fingerpost.author"),
        created_at=_optional_time(own.get("created_at"), "fingerpost.created_at"),
        probability=_optional_number(own.get("probability"), "fingerpost.probability"),
        certain=_optional_truth(own.get("certain"), "fingerpost.certain"),
        role=_optional_text(own.get("role"), "fingerpost.role"),
    )


def _foreign_node(
    written: Mapping[str, object], number: str, author: str | None, path: str
) -> Node:
    kind = _word(NodeKind, written.get("type"), f"{path}.type")
    text = _text(written.get("text"), f"{path}.text")
    says = kind in _PROPOSITIONS
    return Node(
        id=number,
        kind=kind,
        text=text,
        about=About.COMMENT if says else About.RELATION,
        scheme=None if says else text,
        author=author,
    )


def _authors(nodeset: Mapping[str, object]) -> dict[str, str]:
    """Return who said each locution, by node."""
    names: dict[str, str] = {}
    for at, item in enumerate(_list(nodeset.get("participants") or [], "participants")):
        person = _object(item, f"participants[{at}]")
        parts = (person.get("firstname"), person.get("surname"))
        name = " ".join(part for part in parts if isinstance(part, str) and part not in _NO_NAME)
        names[_id(person.get("participantID"), f"participants[{at}].participantID")] = name
    said: dict[str, str] = {}
    for at, item in enumerate(_list(nodeset.get("locutions") or [], "locutions")):
        locution = _object(item, f"locutions[{at}]")
        person_id = _id(locution.get("personID"), f"locutions[{at}].personID")
        if names.get(person_id):
            said[_id(locution.get("nodeID"), f"locutions[{at}].nodeID")] = names[person_id]
    return said


def _edge(written: Mapping[str, object], ids: Mapping[str, str], path: str) -> Edge:
    ends = (_id(written.get(end), f"{path}.{end}") for end in ("fromID", "toID"))
    # An end that is no node keeps its number, and the graph refuses it by name.
    from_id, to_id = (ids.get(end, end) for end in ends)
    return Edge(from_id, to_id)


def _object(value: object, path: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        _refuse(path, "an object", value)
    return value


def _list(value: object, path: str) -> Sequence[object]:
    if not isinstance(value, list):
        _refuse(path, "a list", value)
    return value


def _id(value: object, path: str) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        _refuse(path, "a number or text", value)
    return str(value)


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        _refuse(path, "text", value)
    return value


def _optional_text(value: object, path: str) -> str | None:
    return None if value is None else _text(value, path)


def _optional_time(value: object, path: str) -> datetime | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(_text(value, path))
    except ValueError as error:
        raise UnreadablePage(f"{path}: expected an RFC 3339 time, got {value!r:.100}") from error


def _word(words: type[_Word], value: object, path: str) -> _Word:
    known = {word.value: word for word in words}
    if not isinstance(value, str) or value not in known:
        _refuse(path, " or ".join(known), value)
    return known[value]


def _optional_number(value: object, path: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        _refuse(path, "a number", value)
    try:
        return float(value)
    except OverflowError as error:
        raise UnreadablePage(f"{path}: expected a number that a float can hold") from error


def _optional_truth(value: object, path: str) -> bool | None:
    if value is not None and not isinstance(value, bool):
        _refuse(path, "true or false", value)
    return value


def _refuse(path: str, expected: str, value: object) -> NoReturn:
    raise UnreadablePage(f"{path}: expected {expected}, got {value!r:.100}")
