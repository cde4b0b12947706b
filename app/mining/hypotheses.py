"""Ranks the hypotheses of a page by how strongly its commenters hold each actor responsible.

strength = S / (S + D + 2), where S and D sum the weights of the voices that support and that deny
it; who has a voice is told in `app.mining.voices`. The 2 is what a claim is up against before
anybody speaks: one certain supporter makes 0.33, two 0.5, two hundred 0.99; and 200 against 20 is
0.90, 200 against 190 is 0.51. It is so that strength

- lies between 0 and 1 and never reaches 1, as S, D >= 0;
- rises with every further supporter and falls with every further denier, as its derivative is
  (D + 2) / (S + D + 2)^2 > 0 by S and -S / (S + D + 2)^2 <= 0 by D;
- does not depend on the order in which different authors speak, as sums do not;
- counts an author once, with the position taken last, and copies of one text once a side.

Comments that only agree with another are voices of their own, each author's own judgement, but no
arguments of their own: `app.mining.restatements` counts those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.mined import Hypothesis
from app.mining.copies import find_copies
from app.mining.voices import Said, Weighing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.mined import Actor, MinedComment
    from app.domain.page import Comment
    from app.mining.voices import Author


def rank_hypotheses(
    actors: Sequence[Actor], comments: Sequence[MinedComment]
) -> tuple[Hypothesis, ...]:
    """Return one hypothesis an actor, the strongest first; fewer deniers, then the name decide.

    `comments` are in page order, which says what an author's latest position is.
    """
    return rank_weighings(actors, weigh(actors, comments, copies_among(comments)))


def copies_among(comments: Sequence[MinedComment]) -> tuple[int, ...]:
    """Return for each comment the position of the first of its copies, or its own.

    Comments without a stance to any actor are not looked at: they have no voice.
    """
    speaking = [position for position, mined in enumerate(comments) if mined.attributions]
    first = find_copies([comments[position].comment.text for position in speaking])
    found = list(range(len(comments)))
    for position, copied in zip(speaking, first, strict=True):
        found[position] = speaking[copied]
    return tuple(found)


def weigh(
    actors: Sequence[Actor], comments: Sequence[MinedComment], copies: Sequence[int]
) -> dict[str, Weighing]:
    """Return what the comments say to each actor's hypothesis, by the actor's id."""
    weighings = {actor.id: Weighing() for actor in actors}
    places = {mined.comment.id: position for position, mined in enumerate(comments)}
    for position, mined in enumerate(comments):
        if not mined.attributions:
            continue
        author = author_of(mined.comment)
        for row in mined.attributions:
            head = places.get(row.inherited_from or "", position)
            weighings[row.actor].add(Said(author, position, head, copies[position], row))
    return weighings


def rank_weighings(
    actors: Sequence[Actor], weighings: dict[str, Weighing]
) -> tuple[Hypothesis, ...]:
    """Return the hypotheses in order of rank, of actors that are all weighed."""
    strengths = {actor: weighing.voices().strength() for actor, weighing in weighings.items()}
    ordered = sorted(
        actors,
        key=lambda actor: order_of(actor, strengths[actor.id], weighings[actor.id].deny),
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


def order_of(actor: Actor, strength: float, denials: int) -> tuple[float, int, str, str]:
    """Return what the ranks go by, the least first."""
    return (-strength, denials, actor.name.casefold(), actor.id)


def author_of(comment: Comment) -> Author:
    """Return who a comment counts for: its author, or itself where no author is named."""
    name = (comment.author or "").strip().casefold()
    return ("author", name) if name else ("comment", comment.id)
