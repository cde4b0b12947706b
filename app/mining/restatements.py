"""Merges comments that say the same again into one argument: "5 arguments from 212 comments".

A comment says the same again where it is a copy, where it has the very words of another (however
few), where it only agrees or disagrees with another, and where a relation says that it restates
another. Whether two texts of different words mean the same is not asked here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.argument import ARTICLE, Bearing, UnitKind
from app.domain.stance import Label
from app.mining.copies import group_copies
from app.mining.groups import Groups
from app.mining.sketches import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from app.domain.argument import Arguments
    from app.domain.mined import MinedComment

_SIDES = frozenset({Label.SUPPORT, Label.DENY})


def merge_restatements(
    comments: Sequence[MinedComment], restates: Iterable[tuple[str, str]] = ()
) -> tuple[int, ...]:
    """Return for each comment the position of the first one that says what it says.

    `restates` are pairs of ids of comments of which something says that one restates the other.
    A comment that only agrees is no restatement of all that the other says, which may be about
    several actors: `count_arguments` follows its rows to the comment that they come from.
    """
    words = [words_of(mined.comment.text) for mined in comments]
    groups = Groups(len(comments))
    for position, first in enumerate(group_copies(words)):
        if first != position:
            groups.join(first, position)
    said: dict[tuple[str, ...], int] = {}
    for position, each in enumerate(words):
        if each and (first := said.setdefault(tuple(each), position)) != position:
            groups.join(first, position)
    places = {mined.comment.id: position for position, mined in enumerate(comments)}
    for one, other in restates:
        if one in places and other in places:
            groups.join(places[one], places[other])
    return groups.firsts()


def restating_comments(arguments: Arguments | None) -> Iterator[tuple[str, str]]:
    """Yield each comment that says nothing but what one other says, with that other.

    Every claim of it restates a unit of the other; premises may be its own.
    """
    if arguments is None:
        return
    restated = {
        relation.source: relation.target[0]
        for relation in arguments.relations
        if relation.bearing is Bearing.RESTATES
    }
    for comment, units in arguments.units.items():
        others = {
            restated.get((comment, place))
            for place, unit in enumerate(units)
            if unit.kind is UnitKind.CLAIM
        }
        if len(others) == 1 and (other := others.pop()) not in {None, comment, ARTICLE}:
            yield comment, str(other)


def count_arguments(comments: Sequence[MinedComment], merged: Sequence[int]) -> Mapping[str, int]:
    """Return how many different arguments for and against each actor's hypothesis were made.

    `merged` is what `merge_restatements` returned for the same comments. Actors without any are
    left out.
    """
    places = {mined.comment.id: position for position, mined in enumerate(comments)}
    made: dict[str, set[tuple[int, Label]]] = {}
    for position, mined in enumerate(comments):
        for row in mined.attributions:
            if row.label in _SIDES:
                head = places.get(row.inherited_from or "", position)
                made.setdefault(row.actor, set()).add((merged[head], row.label))
    return {actor: len(arguments) for actor, arguments in made.items()}
