"""Explains a ranking: which comments moved each hypothesis most, and what would change it.

Every answer is worked out anew from what is left, as if what is removed had never been said, in
time by what is removed. Who copies whom is not asked again.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from app.domain.ranking import Removed, WithoutIt
from app.mining.hypotheses import author_of, order_of
from app.mining.voices import Removals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.domain.mined import Actor, MinedComment
    from app.mining.voices import Author, Said, Weighing

    Unit: TypeAlias = tuple[Removed, Author | int]
    Order: TypeAlias = tuple[float, int, str, str]

MOST = 5
"""How many comments are shown to have moved a hypothesis."""

MOST_A_KIND = 3
"""How many comments, authors and texts each are shown whose loss would change it."""

_COMMENTS_SHOWN = 50
"""How many comments of one author or text are named; a campaign may have thousands."""


@dataclass(frozen=True, slots=True)
class Influence:
    """What moved a hypothesis, and what would change it."""

    moved_by: tuple[WithoutIt, ...] = ()
    would_change: tuple[WithoutIt, ...] = ()


class _Effect(NamedTuple):
    """What a hypothesis would be without a unit."""

    unit: Unit
    strength: float
    rank: int


@dataclass(slots=True)
class _Unit:
    """Something that can be removed: what would then not have been said, by actor."""

    said: dict[str, dict[tuple[Author, int], Said]] = field(default_factory=dict)

    def add(self, actor: str, said: Said) -> None:
        self.said.setdefault(actor, {})[said.author, said.comment] = said


@dataclass(slots=True)
class _Members:
    """What each comment goes with, and the comments that go with each."""

    units: list[list[Unit]] = field(default_factory=list)
    places: dict[Unit, list[int]] = field(default_factory=dict)


def influences_on(
    actors: Sequence[Actor],
    comments: Sequence[MinedComment],
    copies: Sequence[int],
    weighings: Mapping[str, Weighing],
) -> dict[str, Influence]:
    """Return what moved and what would change each actor's hypothesis, by the actor's id.

    `copies` and `weighings` are those of the same comments.
    """
    by_id = {actor.id: actor for actor in actors}
    removals = {actor: Removals.of(weighing) for actor, weighing in weighings.items()}
    orders = {
        actor: order_of(by_id[actor], each.voices.strength(), weighings[actor].deny)
        for actor, each in removals.items()
    }
    ranking = sorted(orders.values())
    found: dict[str, list[_Effect]] = {actor: [] for actor in weighings}
    members = _members(comments, copies)
    for key, unit in _units(weighings, members).items():
        changed: dict[str, Order] = {}
        for actor, said in unit.said.items():
            strength, denials = removals[actor].without(said.values())
            changed[actor] = order_of(by_id[actor], strength, denials)
        before = sorted(orders[actor] for actor in changed)
        after = sorted(changed.values())
        for actor, order in changed.items():
            others = bisect_left(ranking, order) - bisect_left(before, order)
            rank = others + bisect_left(after, order) + 1
            found[actor].append(_Effect(key, -order[0], rank))
    ranks = {order[3]: rank for rank, order in enumerate(ranking, start=1)}
    chosen = {
        actor: _choose(every, -orders[actor][0], ranks[actor]) for actor, every in found.items()
    }
    return {
        actor: Influence(
            *(tuple(_shown(each, comments, members) for each in kind) for kind in both)
        )
        for actor, both in chosen.items()
    }


def _members(comments: Sequence[MinedComment], copies: Sequence[int]) -> _Members:
    copied = {first for position, first in enumerate(copies) if first != position}
    members = _Members()
    for position, mined in enumerate(comments):
        units: list[Unit] = [
            (Removed.COMMENT, position),
            (Removed.AUTHOR, author_of(mined.comment)),
        ]
        if copies[position] in copied:
            units.append((Removed.COPIES, copies[position]))
        members.units.append(units)
        for unit in units:
            members.places.setdefault(unit, []).append(position)
    return members


def _units(weighings: Mapping[str, Weighing], members: _Members) -> dict[Unit, _Unit]:
    """Return what can be removed and says something, in page order."""
    units: dict[Unit, _Unit] = {}
    rows = [(actor, said) for actor, each in weighings.items() for said in each.sides()]
    rows.sort(key=lambda row: row[1].comment)
    for actor, said in rows:
        # Whoever only agrees falls silent with the comment that is agreed with.
        for comment in {said.comment, said.head}:
            for unit in members.units[comment]:
                units.setdefault(unit, _Unit()).add(actor, said)
    return units


def _choose(
    every: Iterable[_Effect], strength: float, rank: int
) -> tuple[list[_Effect], list[_Effect]]:
    """Return the greatest of all that can be removed; page order decides between equals."""
    effects = [each for each in every if (each.strength, each.rank) != (strength, rank)]
    effects.sort(key=lambda each: -abs(each.strength - strength))
    moved = [each for each in effects if each.unit[0] is Removed.COMMENT]
    effects.sort(key=lambda each: -abs(each.rank - rank))
    change = [
        each
        for kind in Removed
        for each in [effect for effect in effects if effect.unit[0] is kind][:MOST_A_KIND]
    ]
    return moved[:MOST], change


def _shown(effect: _Effect, comments: Sequence[MinedComment], members: _Members) -> WithoutIt:
    places = members.places[effect.unit]
    kind = effect.unit[0]
    return WithoutIt(
        kind,
        tuple(comments[place].comment.id for place in places[:_COMMENTS_SHOWN]),
        None if kind is Removed.COPIES else comments[places[0]].comment.author,
        effect.strength,
        effect.rank,
    )
