"""Finds the comments of a page of no known system: what repeats, and has authors, dates and text.

It only finds which elements may be the comments, the likeliest first; they are then read by the
usual names of their parts, and weighed by what that explains.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.parsing.instants import DATE, may_hold_date
from app.parsing.naming import Called, called_by, find_sections, is_telling, names_parent
from app.parsing.platforms import Zone
from app.parsing.spans import runs_of, spans_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.parsing.spans import Span
    from app.parsing.tree import Node
    from app.parsing.zoning import Zoner

_CONTAINERS = frozenset("article blockquote dd div dl li p section table tr td".split())

_LEAST_PARTS = 0.5
_DATE_ONLY = 0.7
"""A date tells comments less surely than an author does."""

_NAMELESS = 0.1
"""What is called comments, among comments, may be some though nobody and no day is named."""

_MOST_LOOKED_AT = 40
"""Elements of a container among which its author is looked for; authors stand at the top."""

_DIGIT = re.compile(r"\d")
_HEAD = 100
"""Characters of a text in which a date says when it was posted, and not what it is about."""

_MOST_SAMPLES = 8
_MOST_CANDIDATES = 6
_MOST_GROUPS = 200
_CALLED, _IN_SECTION, _ELSEWHERE = 1.0, 0.75, 0.4
_LEAST_ELSEWHERE = 3
_MANY = 4
"""Elements of which some are read for dates though nothing calls them comments."""

_MOST_RUN_CONTAINERS = 20
_MOST_RUNS = 3
_LEAST_CHILDREN = 4
_BOLD = frozenset({"b", "strong", "cite"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Spans that may be a page's comments; `weight` is how much their names speak for it.

    Where `unproved`, what is read there must look like a discussion to be believed.
    """

    name: str
    spans: list[Span]
    weight: float
    unproved: bool


@dataclass(slots=True)
class _Group:
    called: Called
    places: list[int] = field(default_factory=list)
    in_section: int = 0

    @property
    def inside(self) -> bool:
        """Whether most stand in a part of the page that is called comments."""
        return self.in_section > len(self.places) / 2

    def weight(self) -> float:
        """Return how much names speak for the group; 0 where nothing does."""
        single = len(self.places) == 1
        if self.called is Called.COMMENT:
            return _CALLED if self.inside or not single else 0.0
        if single:
            return 0.0
        if self.inside:
            return _IN_SECTION
        return _ELSEWHERE if len(self.places) >= _LEAST_ELSEWHERE else 0.0


def find_repeated(nodes: Sequence[Node], zoner: Zoner) -> list[Candidate]:
    """Return what may be the comments of a page, the likeliest first."""
    sections = find_sections(nodes)
    groups = _groups_of(nodes, sections)
    telling = sorted(groups.items(), key=lambda one: (-one[1].weight() or 1.0, -len(one[1].places)))
    scored: list[tuple[float, str, _Group]] = []
    for name, group in telling[:_MOST_GROUPS]:
        weight = group.weight()
        if group.inside:
            group.places = [at for at in group.places if sections[at]]
        if weight:
            read_dates = weight > _ELSEWHERE or len(group.places) >= _MANY
            parts = _parts_of(nodes, group.places, zoner, read_dates=read_dates)
            if group.called is Called.COMMENT and group.inside:
                parts = parts or _NAMELESS
            scored.append((len(group.places) * weight * parts, name, group))
    scored.sort(key=lambda one: (-one[0], one[2].places[0]))
    candidates: list[Candidate] = []
    seen: set[tuple[int, ...]] = set()
    for score, name, group in scored:
        key = tuple(group.places)
        if score and key not in seen:
            seen.add(key)
            spans = spans_at(nodes, group.places)
            unproved = group.called is not Called.COMMENT and not group.inside
            candidates.append(Candidate(f"repeated {name}", spans, group.weight(), unproved))
        if len(candidates) == _MOST_CANDIDATES:
            break
    return candidates + _runs_in(nodes, sections)


def _groups_of(nodes: Sequence[Node], sections: Sequence[bool]) -> Mapping[str, _Group]:
    """Containers under each of their words, numbers made alike, or under their parent's."""
    groups: dict[str, _Group] = {}
    names_of: dict[tuple[str, tuple[str, ...]], list[tuple[str, Called]]] = {}
    for at, node in enumerate(nodes):
        if node.tag not in _CONTAINERS:
            continue
        key = (node.tag, node.words)
        names = names_of.get(key)
        if names is None:
            names = names_of[key] = [
                (f"{node.tag} {word}", called_by(word)) for word in node.words if is_telling(word)
            ]
        if not names and node.parent >= 0:
            parent = nodes[node.parent]
            telling = next((word for word in parent.words if names_parent(word)), "")
            if not telling and sections[at]:
                telling = f"at {node.parent}"
            names = [(f"{node.tag} in {parent.tag} {telling}", Called.NOTHING)] if telling else []
        for name, called in names:
            group = groups.get(name)
            if group is None:
                group = groups[name] = _Group(called)
            group.places.append(at)
            group.in_section += sections[at]
    return groups


def _parts_of(
    nodes: Sequence[Node],
    places: Sequence[int],
    zoner: Zoner,
    *,
    read_dates: bool,
) -> float:
    """How many of some of the elements have an author or at least a date; 0 for too few."""
    sample = places[:: max(1, len(places) // _MOST_SAMPLES)]
    parts = sum(_part_of(nodes, at, zoner, read_dates=read_dates) for at in sample)
    return parts / len(sample) if parts >= _LEAST_PARTS * len(sample) else 0.0


def _part_of(nodes: Sequence[Node], at: int, zoner: Zoner, *, read_dates: bool) -> float:
    dated = False
    end = min(nodes[at].end, at + _MOST_LOOKED_AT)
    for inner in range(at + 1, end):
        zone = zoner.zone_at(inner)
        if zone is Zone.NAME or zone is Zone.AUTHOR:
            return 1.0
        dated = dated or zone is Zone.META
    if not dated and read_dates:
        dated = any(_is_dated(node) for node in nodes[at:end])
    return _DATE_ONLY if dated else 0.0


def _is_dated(node: Node) -> bool:
    element = node.element
    return any(
        text
        and _DIGIT.search(text, 0, _HEAD)
        and may_hold_date(text[:_HEAD])
        and DATE.search(text[:_HEAD])
        for text in (element.text, element.tail)
    )


def _runs_in(nodes: Sequence[Node], sections: Sequence[bool]) -> list[Candidate]:
    """Comments that are no elements of their own: several that repeat side by side."""
    candidates: list[Candidate] = []
    children: dict[int, list[int]] = {}
    for at, node in enumerate(nodes):
        if node.parent >= 0 and sections[node.parent]:
            children.setdefault(node.parent, []).append(at)
    several = [one for one in children.items() if len(one[1]) >= _LEAST_CHILDREN]
    several.sort(key=lambda one: -len(one[1]))
    for container, places in several[:_MOST_RUN_CONTAINERS]:
        kinds = [_kind_of(nodes[at]) for at in places]
        counts = Counter(kinds)
        often = [kind for kind, times in counts.items() if times > 1]
        if len(often) < 2:  # noqa: PLR2004 - one kind alone is a list of elements
            continue
        first = next(kind for kind in kinds if counts[kind] > 1 and kind != "hr")
        starts = [at for at, kind in zip(places, kinds, strict=True) if kind == first]
        name = f"repeated {first} and on in {nodes[container].tag}"
        candidates.append(Candidate(name, runs_of(nodes, starts), _IN_SECTION, unproved=True))
    return candidates[:_MOST_RUNS]


def _kind_of(node: Node) -> str:
    """What an element is like: its tag and words, and whether it begins with a name in bold."""
    first = node.element[0] if len(node.element) else None
    bold = first is not None and first.tag in _BOLD and not (node.element.text or "").strip()
    words = [word for word in node.words if is_telling(word)][:2]
    return " ".join((node.tag, *words, *(("bold",) if bold else ())))
