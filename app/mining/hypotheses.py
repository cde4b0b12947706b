"""Ranks the hypotheses of a page by how strongly its commenters hold each actor responsible.

strength = S / (S + D + 2), where S and D sum the weights of the authors who support and who
deny it. An author counts once, with the latest position taken. The 2 is what a claim is up
against before anybody speaks: one certain supporter makes 0.33, two 0.5, two hundred 0.99; and
200 against 20 is 0.90, 200 against 190 is 0.51.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.mined import Hypothesis
from app.domain.stance import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.domain.mined import Actor, MinedComment
    from app.domain.page import Comment
    from app.domain.stance import Attribution

PRIOR = 2.0
"""Weight of the doubt that meets every claim: two certain supporters are needed for 0.5, so that
a page with a single voice does not rank like one where everybody agrees."""

HEDGED = 0.5
"""Weight of a position that its author hedges ("could be X") beside one that is stated."""

REPORTED = 0.5
"""Weight of a claim that is only passed on: whoever says "the paper says it was X" lends it some
weight, not the whole of their own judgement."""

_LABELS_WITH_SIDES = frozenset({Label.SUPPORT, Label.DENY})


@dataclass(slots=True)
class _Weighing:
    """What the comments say to one hypothesis, gathered comment by comment."""

    support: int = 0
    deny: int = 0
    query: int = 0
    authors: set[tuple[str, str]] = field(default_factory=set)
    positions: dict[tuple[str, str], Attribution] = field(default_factory=dict)

    def add(self, author: tuple[str, str], row: Attribution) -> None:
        """Count a comment's row; a later side of the same author replaces the earlier one."""
        self.support += row.label is Label.SUPPORT
        self.deny += row.label is Label.DENY
        self.query += row.label is Label.QUERY
        self.authors.add(author)
        if row.label in _LABELS_WITH_SIDES:
            self.positions[author] = row

    def strength(self) -> float:
        """Return S / (S + D + 2); exact sums make it the same in any order of authors."""
        rows = self.positions.values()
        support = math.fsum(weight_of(row) for row in rows if row.label is Label.SUPPORT)
        deny = math.fsum(weight_of(row) for row in rows if row.label is Label.DENY)
        return support / (support + deny + PRIOR)


def weight_of(row: Attribution) -> float:
    """Return how much one author's position weighs, in 0 … 1."""
    weight = row.probability
    if not row.certain:
        weight *= HEDGED
    if row.reported:
        weight *= REPORTED
    return weight


def rank_hypotheses(
    actors: Sequence[Actor], comments: Iterable[MinedComment]
) -> tuple[Hypothesis, ...]:
    """Return one hypothesis an actor, the strongest first; fewer deniers, then the name decide.

    `comments` are in page order, which says what an author's latest position is.
    """
    weighings = {actor.id: _Weighing() for actor in actors}
    for mined in comments:
        author = _author_of(mined.comment)
        for row in mined.attributions:
            weighings[row.actor].add(author, row)
    strengths = {actor: weighing.strength() for actor, weighing in weighings.items()}
    ordered = sorted(
        actors,
        key=lambda actor: (
            -strengths[actor.id],
            weighings[actor.id].deny,
            actor.name.casefold(),
            actor.id,
        ),
    )
    return tuple(
        Hypothesis(
            actor=actor.id,
            rank=rank,
            strength=strengths[actor.id],
            support=weighings[actor.id].support,
            deny=weighings[actor.id].deny,
            query=weighings[actor.id].query,
            authors=len(weighings[actor.id].authors),
        )
        for rank, actor in enumerate(ordered, start=1)
    )


def _author_of(comment: Comment) -> tuple[str, str]:
    """Return who a comment counts for: its author, or itself where no author is named."""
    name = (comment.author or "").strip().casefold()
    return ("author", name) if name else ("comment", comment.id)
