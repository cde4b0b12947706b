"""The board of hypotheses: who is held responsible, how strongly, and who moved that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.mined import MinedPage
    from app.domain.ranking import Explained, Ranking, Removed, WithoutIt

MOVERS = 3
"""Comments named beside each hypothesis: as many as are read at a glance."""

_SEEN_FROM = 0.005
"""The least change of a strength that is seen in two places after the point."""


@dataclass(frozen=True, slots=True)
class Mover:
    """What moved a hypothesis: by how much it would be weaker, or stronger, without it."""

    what: Removed
    numbers: tuple[int, ...]
    author: str | None
    change: float
    strength: float
    rank: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A hypothesis on the board; `place` counts from 0 in the order of strength."""

    place: int
    explained: Explained
    actor: str
    name: str
    aliases: tuple[str, ...]
    movers: tuple[Mover, ...]
    changers: tuple[Mover, ...]

    @property
    def is_weighed(self) -> bool:
        """Whether any comment takes a stance to it."""
        held = self.explained.hypothesis
        return bool(held.support or held.deny or held.query)


def stand(mined: MinedPage, ranking: Ranking) -> tuple[Standing, ...]:
    """Return the hypotheses in the order of the ranking."""
    actors = mined.actor_by_id()
    numbers = {each.comment.id: at for at, each in enumerate(mined.comments, start=1)}
    standings = []
    for explained in ranking.hypotheses:
        held = explained.hypothesis
        standings.append(
            Standing(
                held.rank - 1,
                explained,
                held.actor,
                actors[held.actor].name,
                actors[held.actor].aliases,
                tuple(
                    mover
                    for mover in (_mover(each, explained, numbers) for each in explained.moved_by)
                    if abs(mover.change) >= _SEEN_FROM
                )[:MOVERS],
                tuple(_mover(each, explained, numbers) for each in explained.would_change),
            )
        )
    return tuple(standings)


def bounds_of(standings: tuple[Standing, ...]) -> list[tuple[float, float]]:
    """Return the intervals in the order of strength."""
    ordered = sorted(standings, key=lambda each: each.place)
    return [(each.explained.low, each.explained.high) for each in ordered]


def _mover(effect: WithoutIt, explained: Explained, numbers: Mapping[str, int]) -> Mover:
    return Mover(
        effect.removed,
        tuple(numbers[comment] for comment in effect.comments if comment in numbers),
        effect.author,
        explained.hypothesis.strength - effect.strength,
        effect.strength,
        effect.rank,
    )
