"""Explains the ranking of a mined page, by our own rule and by those of the literature."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.graph import About
from app.domain.ranking import Explained, RankedBy, Ranking
from app.domain.stance import Label
from app.mining.graph import build_graph
from app.mining.hypotheses import copies_among, rank_weighings, weigh
from app.mining.influence import influences_on
from app.mining.restatements import (
    count_arguments,
    merge_restatements,
    restating_comments,
)
from app.mining.semantics_bipolar import bipolar_of
from app.mining.semantics_dfquad import weigh_by_dfquad
from app.mining.semantics_energy import weigh_by_energy
from app.mining.uncertainty import interval_of

if TYPE_CHECKING:
    from app.domain.mined import MinedPage


def explain_ranking(mined: MinedPage, *, ranked_by: RankedBy = RankedBy.STRENGTH) -> Ranking:
    """Return the page's hypotheses with their reasons, in the order of `ranked_by`.

    `rank` is the place in that order, `hypothesis.rank` that by strength, which is also the one
    that is told of what would change a hypothesis.
    """
    copies = copies_among(mined.comments)
    weighings = weigh(mined.actors, mined.comments, copies)
    influences = influences_on(mined.actors, mined.comments, copies, weighings)
    merged = merge_restatements(mined.comments, restating_comments(mined.arguments))
    arguments = count_arguments(mined.comments, merged)
    graph = build_graph(mined)
    nodes = {node.ref: node.id for node in graph.nodes if node.about is About.HYPOTHESIS}
    bipolar = bipolar_of(graph)
    df_quad, energy = weigh_by_dfquad(bipolar), weigh_by_energy(bipolar)
    explained = []
    for hypothesis in rank_weighings(mined.actors, weighings):
        actor = hypothesis.actor
        low, high = interval_of(weighings[actor])
        explained.append(
            Explained(
                hypothesis,
                rank=hypothesis.rank,
                low=low,
                high=high,
                arguments=arguments.get(actor, 0),
                voices=len(weighings[actor].voices().members),
                df_quad=df_quad[nodes[actor]],
                quadratic_energy=energy[nodes[actor]],
                moved_by=influences[actor].moved_by,
                would_change=influences[actor].would_change,
            )
        )
    explained.sort(key=lambda each: _order(each, ranked_by))
    speaking = [
        position
        for position, held in enumerate(mined.comments)
        if any(row.label in {Label.SUPPORT, Label.DENY} for row in held.attributions)
    ]
    return Ranking(
        ranked_by,
        comments=len(speaking),
        arguments=sum(arguments.values()),
        hypotheses=tuple(replace(each, rank=rank) for rank, each in enumerate(explained, start=1)),
    )


def _order(explained: Explained, ranked_by: RankedBy) -> tuple[float, int]:
    weighed = {
        RankedBy.STRENGTH: -explained.rank,
        RankedBy.COUNTS: explained.hypothesis.support - explained.hypothesis.deny,
        RankedBy.DF_QUAD: explained.df_quad,
        RankedBy.QUADRATIC_ENERGY: explained.quadratic_energy,
    }[ranked_by]
    return -weighed, explained.rank
