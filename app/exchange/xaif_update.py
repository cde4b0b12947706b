"""Puts a changed graph back into the xAIF document that it came from.

What did not change stays as it came: unknown keys, layout, text, and ids of the type they had.
New nodes and edges get the next free number, in the type of the ids that are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.exchange.aif import graph_as_aif
from app.exchange.aif_reader import name_of, parts_of
from app.exchange.fields import as_id, as_list, as_object

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from app.domain.graph import ArgumentGraph
    from app.exchange.xaif_reader import Xaif

    Item = Mapping[str, object]

_OWN = "fingerpost"
_HELD_IN_AIF = frozenset({"nodeID", "text", "type", "scheme", "schemeID", "timestamp"})


def document_with_graph(document: Xaif, graph: ArgumentGraph) -> dict[str, object]:
    """Return the document with that graph in place of its own; the same graph changes nothing."""
    if graph == document.graph:
        return dict(document.content)
    return _Update(document, graph).content()


class _Update:
    """The document's items that stay, and those that the new graph adds."""

    def __init__(self, document: Xaif, graph: ArgumentGraph) -> None:
        self._document = document
        self._nodeset, self._own = parts_of(document.content)
        self._graph = graph
        before, after = document.graph.node_by_id(), graph.node_by_id()
        self._removed = {n for n, id_ in document.ids.items() if id_ not in after}
        self._changed = {id_ for id_, node in after.items() if before.get(id_) != node}
        raw = {as_id(item["nodeID"], "nodeID"): item["nodeID"] for item in self._items("nodes")}
        self._ids = {
            id_: raw[number] for number, id_ in document.ids.items() if number not in self._removed
        }
        added = [node.id for node in graph.nodes if node.id not in self._ids]
        self._ids |= dict(zip(added, _next_ids(raw.values(), len(added)), strict=True))
        self._written = graph_as_aif(graph)
        self._added = set(added)

    def content(self) -> dict[str, object]:
        """Return the whole document."""
        nodeset: dict[str, object] = {
            **self._nodeset,
            "nodes": self._nodes(),
            "edges": self._edges(),
        }
        people, locutions = self._speakers()
        lists: dict[str, list[Item]] = {
            "participants": people,
            "locutions": locutions,
            "schemefulfillments": self._schemes(),
        }
        nodeset |= {
            name: items
            for name, items in lists.items()
            if items or self._nodeset.get(name) is not None
        }
        nodeset.pop(_OWN, None)
        if "AIF" not in self._document.content:
            return {**nodeset, _OWN: self._own_nodes()}
        return {**self._document.content, "AIF": nodeset, _OWN: self._own_nodes()}

    def _nodes(self) -> list[Item]:
        written = dict(zip(self._order(), self._written["nodes"], strict=True))
        nodes: list[Item] = []
        for item in self._items("nodes"):
            number = as_id(item["nodeID"], "nodeID")
            id_ = self._document.ids.get(number)
            if number in self._removed:
                continue
            if id_ in self._changed and id_ is not None:
                rest = {key: value for key, value in item.items() if key not in _HELD_IN_AIF}
                nodes.append({**written[id_], **rest, "nodeID": item["nodeID"]})
            else:
                nodes.append(item)
        new = [id_ for id_ in self._order() if id_ in self._added]
        return nodes + [{**written[id_], "nodeID": self._ids[id_]} for id_ in new]

    def _edges(self) -> list[Item]:
        kept: list[Item] = []
        wanted = set(self._graph.edges)
        for at, item in enumerate(self._items("edges")):
            edge = self._document.edges.get(at)
            ends = {as_id(item[end], end) for end in ("fromID", "toID")}
            if (edge is None or edge in wanted) and not ends & self._removed:
                kept.append(item)
        there = set(self._document.edges.values())
        new = [edge for edge in self._graph.edges if edge not in there]
        numbers = _next_ids((item.get("edgeID") for item in self._items("edges")), len(new))
        return kept + [
            {
                "edgeID": number,
                "fromID": self._ids[edge.from_id],
                "toID": self._ids[edge.to_id],
                "formEdgeID": None,
            }
            for number, edge in zip(numbers, new, strict=True)
        ]

    def _speakers(self) -> tuple[list[Item], list[Item]]:
        """Return participants and locutions; those who are new among the speakers are added."""
        before = self._document.graph.node_by_id()
        spoken_anew = {
            node.id
            for node in self._graph.nodes
            if node.id in self._added
            or (node.id in self._changed and node.author != before[node.id].author)
        }
        written = [
            said for said in self._written["locutions"] if self._of(said["nodeID"]) in spoken_anew
        ]
        people = list(self._items("participants"))
        numbers: dict[str, object] = {name_of(item): item.get("participantID") for item in people}
        persons = {item["participantID"]: item for item in self._written["participants"]}
        speakers = [persons[number] for number in {said["personID"]: None for said in written}]
        new = [person for person in speakers if name_of(person) not in numbers]
        ids = _next_ids((item.get("participantID") for item in people), len(new))
        for person, number in zip(new, ids, strict=True):
            people.append({**person, "participantID": number})
            numbers[name_of(person)] = number
        return people, self._kept("locutions", spoken_anew) + [
            {
                **said,
                "nodeID": self._ids[self._of(said["nodeID"])],
                "personID": numbers[name_of(persons[said["personID"]])],
            }
            for said in written
        ]

    def _schemes(self) -> list[Item]:
        if self._nodeset.get("schemefulfillments") is None:
            return []
        renewed = self._changed | self._added
        return self._kept("schemefulfillments", renewed) + [
            {**item, "nodeID": self._ids[self._of(item["nodeID"])]}
            for item in self._written["schemefulfillments"]
            if self._of(item["nodeID"]) in renewed
        ]

    def _kept(self, name: str, without: Collection[str]) -> list[Item]:
        """Return the items of that list whose node is neither removed nor among `without`."""
        return [
            item
            for item in self._items(name)
            if (number := as_id(item.get("nodeID"), f"{name}.nodeID")) not in self._removed
            and self._document.ids.get(number) not in without
        ]

    def _of(self, number: str) -> str:
        """Return the id of the node that AIF's writer gave that number, counting from 1."""
        return self._graph.nodes[int(number) - 1].id

    def _own_nodes(self) -> dict[str, object]:
        written = dict(zip(self._order(), self._written["fingerpost"].values(), strict=True))
        renewed = self._changed | self._added
        kept = {number: value for number, value in self._own.items() if number not in self._removed}
        return kept | {str(self._ids[id_]): written[id_] for id_ in self._order() if id_ in renewed}

    def _order(self) -> list[str]:
        return [node.id for node in self._graph.nodes]

    def _items(self, name: str) -> Sequence[Item]:
        items = as_list(self._nodeset.get(name) or [], name)
        return [as_object(item, f"{name}[{at}]") for at, item in enumerate(items)]


def _next_ids(there: Iterable[object], count: int) -> list[int | str]:
    """Return ids that count on from those there: numbers if all of those are, else text."""
    ids = [each for each in there if isinstance(each, (int, str)) and not isinstance(each, bool)]
    numbers = [int(each) for each in ids if isinstance(each, int) or _is_number(each)]
    first = max(numbers, default=0) + 1
    as_numbers = bool(ids) and all(isinstance(each, int) for each in ids)
    return [at if as_numbers else str(at) for at in range(first, first + count)]


def _is_number(text: object) -> bool:
    longest = 18
    return isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= longest
