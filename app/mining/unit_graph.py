"""Draws the units of a page into its graph: each asserted where it is said, and how they relate.

A relation across comments is anchored in the transition from what is answered; one within a
comment has no transition to be anchored in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.argument import Bearing
from app.domain.graph import About, Edge, Node, NodeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.domain.argument import Arguments, Relation, Unit

_RELATIONS = {
    Bearing.SUPPORTS: (NodeKind.INFERENCE, "Default Inference", "Arguing"),
    Bearing.ATTACKS: (NodeKind.CONFLICT, "Default Conflict", "Disagreeing"),
    Bearing.RESTATES: (NodeKind.REPHRASE, "Default Rephrase", "Restating"),
}
"""AIF's kind of node, its form, and the illocution that states it."""


@dataclass(frozen=True, slots=True)
class Said:
    """Where a text stands in the graph; the article answers nothing and has no transition."""

    locution: str
    words: str
    transition: str | None


def draw_units(arguments: Arguments, texts: Mapping[str, Said]) -> Iterator[Node | Edge]:
    """Yield the nodes and edges of units and relations; `texts` are by their comments' ids."""
    for text, units in arguments.units.items():
        said = texts[text]
        for place, unit in enumerate(units):
            yield from _assert_unit(text, said, place, unit)
    for relation in arguments.relations:
        yield from _relate(relation, texts)


def _assert_unit(text: str, said: Said, place: int, unit: Unit) -> Iterator[Node | Edge]:
    key, ref = _key(said, place), text or None
    asserts = f"{key}/asserts"
    yield Node(
        key,
        NodeKind.INFORMATION,
        unit.span.text_of(said.words),
        About.UNIT,
        ref=ref,
        probability=unit.probability,
        role=unit.kind.value,
    )
    yield Node(
        asserts, NodeKind.ILLOCUTION, "Asserting", About.RELATION, scheme="Asserting", ref=ref
    )
    yield Edge(said.locution, asserts)
    yield Edge(asserts, key)


def _relate(relation: Relation, texts: Mapping[str, Said]) -> Iterator[Node | Edge]:
    kind, scheme, illocution = _RELATIONS[relation.bearing]
    text, place = relation.source
    other, at = relation.target
    source, target = _key(texts[text], place), _key(texts[other], at)
    key, ref = f"{source}/bears", text or None
    yield Node(
        key,
        kind,
        scheme,
        About.RELATION,
        scheme=scheme,
        ref=ref,
        probability=relation.probability,
    )
    yield Edge(source, key)
    yield Edge(key, target)
    transition = texts[text].transition
    if text != other and transition is not None:
        anchor = f"{key}/anchor"
        yield Node(
            anchor, NodeKind.ILLOCUTION, illocution, About.RELATION, scheme=illocution, ref=ref
        )
        yield Edge(transition, anchor)
        yield Edge(anchor, key)


def _key(said: Said, place: int) -> str:
    return f"{said.locution}/unit/{place}"
