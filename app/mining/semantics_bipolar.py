"""An argument graph as the literature weighs it: arguments, who supports and who attacks whom.

What the gradual semantics beside this have in common: they go through a graph without circles from
its leaves on, and differ only in how they combine an argument's base score with the strengths of
those that support and attack it.
"""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from app.domain.graph import NodeKind
from app.errors import InvalidRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.domain.graph import ArgumentGraph

    Combine: TypeAlias = Callable[[float, Sequence[float], Sequence[float]], float]

BASE_SCORE = 0.5
"""What an argument is worth before anybody answers it, where nothing else is given: neither
believed nor not, as in the papers' own examples."""


@dataclass(frozen=True, slots=True)
class BipolarGraph:
    """Arguments by id with their base scores, in 0 … 1, and pairs (who, whom) of ids."""

    base_scores: Mapping[str, float]
    supports: tuple[tuple[str, str], ...] = ()
    attacks: tuple[tuple[str, str], ...] = ()


def bipolar_of(graph: ArgumentGraph, *, base_score: float = BASE_SCORE) -> BipolarGraph:
    """Return the graph's information nodes with the inferences and conflicts between them.

    Each premise of an inference supports by itself. Probabilities are left out, as the papers
    have none; rephrases neither support nor attack.
    """
    kinds = {node.id: node.kind for node in graph.nodes}
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for edge in graph.edges:
        if kinds[edge.from_id] is NodeKind.INFORMATION:
            before.setdefault(edge.to_id, []).append(edge.from_id)
        elif kinds[edge.to_id] is NodeKind.INFORMATION:
            after.setdefault(edge.from_id, []).append(edge.to_id)
    pairs: dict[NodeKind, list[tuple[str, str]]] = {}
    for relation, kind in kinds.items():
        for start in before.get(relation, ()):
            pairs.setdefault(kind, []).extend((start, end) for end in after.get(relation, ()))
    return BipolarGraph(
        {key: base_score for key, kind in kinds.items() if kind is NodeKind.INFORMATION},
        supports=tuple(pairs.get(NodeKind.INFERENCE, ())),
        attacks=tuple(pairs.get(NodeKind.CONFLICT, ())),
    )


def weigh_with(combine: Combine, graph: BipolarGraph) -> dict[str, float]:
    """Return each argument's strength: `combine` of its base score, attackers and supporters.

    Raises:
        InvalidRequest: arguments support or attack each other in a circle.
    """
    attackers: dict[str, list[str]] = {key: [] for key in graph.base_scores}
    supporters: dict[str, list[str]] = {key: [] for key in graph.base_scores}
    answered: dict[str, list[str]] = {key: [] for key in graph.base_scores}
    for pairs, answers in ((graph.attacks, attackers), (graph.supports, supporters)):
        for start, end in pairs:
            answers[end].append(start)
            answered[start].append(end)
    waiting = {key: len(attackers[key]) + len(supporters[key]) for key in graph.base_scores}
    ready = [key for key, answers_left in waiting.items() if not answers_left]
    strengths: dict[str, float] = {}
    while ready:
        key = ready.pop()
        strengths[key] = combine(
            graph.base_scores[key],
            [strengths[each] for each in attackers[key]],
            [strengths[each] for each in supporters[key]],
        )
        for each in answered[key]:
            waiting[each] -= 1
            if not waiting[each]:
                ready.append(each)
    if len(strengths) < len(waiting):
        _refuse_circle(graph)
    return strengths


def _refuse_circle(graph: BipolarGraph) -> NoReturn:
    # Only names the circle: what is weighed goes without it, as it takes four times as long.
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for start, end in (*graph.attacks, *graph.supports):
        sorter.add(end, start)
    try:
        sorter.prepare()
    except CycleError as error:
        raise InvalidRequest(
            f"expected arguments that do not support or attack each other in a circle, got one of "
            f"{len(error.args[1]) - 1} through {str(error.args[1][0])[:60]!r}"
        ) from None
    raise AssertionError("expected a circle where arguments wait for each other")
