"""Finds the comments of a page of no known system: what repeats, and has authors, dates and text.

It only finds which elements may be the comments, the likeliest first; they are then read by the
usual names of their parts, and weighed by what that explains.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.parsing.instants import DATE
from app.parsing.platforms import Zone
from app.parsing.spans import runs_of, spans_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.parsing.spans import Span
    from app.parsing.tree import Node
    from app.parsing.zoning import Zoner

_CONTAINERS = frozenset("article blockquote dd div dl li p section table tr td".split())
_COMMENT_WORD = re.compile(
    r"comment|komment|coment|commenti|reacti|reakti|respon|repl(?:y|ies)|discuss|dsq-|message"
    r"|opinion|thread|forumpost|forum|\bpost|antwort|beitrag|answer|review|feedback|cmt|voice"
)
_SECTION_WORD = re.compile(
    r"(?:^|[-#])(?:user-?|reader-?)?(?:comments?|kommentare?|commentaires?|comentarios?|commenti"
    r"|disqus|discussion|responses|reacties|reaktionen|thread|topic|posts|postlist|forum"
    r"|commentlist|comments?-?list)(?:$|-)"
)
_NOT_COMMENTS = re.compile(
    r"form|respond$|nav|pager|paginat|related|share|sidebar|widget|recent|button|count|link"
    r"|header|footer|toolbar|menu|avatar|author|date|meta|actions?|subscri|teaser|preview|status"
    r"|format|type|tag-|category|hentry|sticky|thumbnail|trackback-?url|rules|policy|login|sort"
)
_VARIES = re.compile(
    r"\d|^(?:odd|even|alt|first|last|new|parent|child|byuser|bypostauthor|active|open|leaf|root"
    r"|level|indent|highlight|collapsed|expanded|clearfix|row|col|role:|rel:)"
)
_NOWHERE = re.compile(
    r"(?:^|[-#])(?:nav|menu|sidebar|footer|header|breadcrumbs?|related|share)(?:$|-)"
)

_LEAST_PARTS = 0.5
_DATE_ONLY = 0.7
"""A date tells comments less surely than an author does."""

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
_MANY = 6
"""Elements of which some are read for dates though nothing calls them comments."""

_MOST_RUN_CONTAINERS = 20
_MOST_RUNS = 3
_LEAST_CHILDREN = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """Spans that may be a page's comments; `weight` is how much their names speak for it."""

    name: str
    spans: list[Span]
    weight: float


@dataclass(slots=True)
class _Group:
    called: bool
    places: list[int] = field(default_factory=list)
    in_section: int = 0


def find_repeated(nodes: Sequence[Node], zoner: Zoner) -> list[Candidate]:
    """Return what may be the comments of a page, the likeliest first."""
    sections = _sections_of(nodes)
    scored: list[tuple[float, float, str, list[int]]] = []
    groups = _groups_of(nodes, sections)
    often = sorted(groups.items(), key=lambda item: -len(item[1].places))[:_MOST_GROUPS]
    for name, group in often:
        weight = _weight_of(group)
        if group.in_section > len(group.places) / 2:
            group.places = [at for at in group.places if sections[at]]
        if weight:
            read_dates = weight > _ELSEWHERE or len(group.places) >= _MANY
            parts = _parts_of(nodes, group.places, zoner, read_dates=read_dates)
            score = len(group.places) * weight * parts
            if score:
                scored.append((score, weight, name, group.places))
    scored.sort(key=lambda one: (-one[0], one[3][0]))
    candidates: list[Candidate] = []
    seen: set[tuple[int, ...]] = set()
    for _, weight, name, places in scored:
        key = tuple(places)
        if key in seen:
            continue
        seen.add(key)
        candidates.append(Candidate(f"repeated {name}", spans_at(nodes, places), weight))
        if len(candidates) == _MOST_CANDIDATES:
            break
    return candidates + _runs_in(nodes, sections)


def _sections_of(nodes: Sequence[Node]) -> list[bool]:
    """Whether each element stands in a part of the page that is called comments."""
    inside: list[bool] = []
    known: dict[tuple[str, ...], tuple[bool, bool]] = {(): (False, False)}
    for node in nodes:
        above = inside[node.parent] if node.parent >= 0 else False
        says = known.get(node.words)
        if says is None:
            says = known[node.words] = (
                node.tag not in {"html", "body"} and any(map(_SECTION_WORD.search, node.words)),
                any(map(_NOWHERE.search, node.words)),
            )
        inside.append((above or says[0]) and not (says[1] and not says[0]))
    return inside


def _groups_of(nodes: Sequence[Node], sections: Sequence[bool]) -> Mapping[str, _Group]:
    """Containers under each of their words, numbers made alike, or under their parent's."""
    groups: dict[str, _Group] = {}
    names_of: dict[tuple[str, tuple[str, ...]], list[tuple[str, bool]]] = {}
    for at, node in enumerate(nodes):
        if node.tag not in _CONTAINERS:
            continue
        key = (node.tag, node.words)
        names = names_of.get(key)
        if names is None:
            names = names_of[key] = _names_of(node)
        if not names and node.parent >= 0:
            parent = nodes[node.parent]
            telling = next((word for word in parent.words if not _VARIES.search(word)), "")
            names = [(f"{node.tag} in {parent.tag} {telling}", False)] if telling else []
        for name, called in names:
            group = groups.get(name)
            if group is None:
                group = groups[name] = _Group(called)
            group.places.append(at)
            group.in_section += sections[at]
    return groups


def _names_of(node: Node) -> list[tuple[str, bool]]:
    names: list[tuple[str, bool]] = []
    for word in node.words:
        if _VARIES.search(word) and not (word.startswith("#") and "0" in word):
            continue
        if word.startswith("#") and "0" not in word:
            continue
        called = bool(_COMMENT_WORD.search(word)) and not _NOT_COMMENTS.search(word)
        names.append((f"{node.tag} {word}", called))
    return names


def _weight_of(group: _Group) -> float:
    places = len(group.places)
    in_section = group.in_section > places / 2
    if group.called:
        return _CALLED if in_section or places > 1 else _IN_SECTION
    if places < 2:  # noqa: PLR2004 - once is no repetition
        return 0.0
    if in_section:
        return _IN_SECTION
    return _ELSEWHERE if places >= _LEAST_ELSEWHERE else 0.0


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
        text and _DIGIT.search(text, 0, _HEAD) and DATE.search(text[:_HEAD])
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
        first = next(kind for kind in kinds if counts[kind] > 1)
        starts = [at for at, kind in zip(places, kinds, strict=True) if kind == first]
        weight = _CALLED if _COMMENT_WORD.search(first) else _IN_SECTION
        name = f"repeated {first} and on in {nodes[container].tag}"
        candidates.append(Candidate(name, runs_of(nodes, starts), weight))
    return candidates[:_MOST_RUNS]


def _kind_of(node: Node) -> str:
    words = [word for word in node.words if not _VARIES.search(word) or word.startswith("#")]
    return " ".join((node.tag, *words[:2]))
