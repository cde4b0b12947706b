"""Draws claims over time: a bar a day, blame upward and denial downward from one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.question import ClaimCount

WIDTH, HALF = 680, 56
"""Of the drawing, and of what is above its line and below it, in pixels before scaling."""

_WIDEST = 26
_GAP = 0.25
"""Pixels that a bar is wide at most; the part of a bar's room that stays empty."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The claims of one day, or of several that are too many to tell apart."""

    x: float
    width: float
    up: float
    down: float
    begin: date
    end: date
    support: int
    deny: int
    query: int


@dataclass(frozen=True, slots=True)
class Days:
    """The drawing, with the numbers at its ends; `depth` is how far it goes below its line."""

    bars: tuple[Bar, ...]
    begin: date | None
    end: date | None
    most: int
    depth: float


def draw_days(counts: Sequence[ClaimCount]) -> Days:
    """Return the bars from the first day to the last, in equal steps of time."""
    days = sorted((date.fromisoformat(each.item), each) for each in counts)
    if not days:
        return Days((), None, None, most=0, depth=0)
    begin, end = days[0][0], days[-1][0]
    span = (end - begin).days + 1
    step = max(1, -(-span // (WIDTH // 6)))
    slots = -(-span // step)
    sums: dict[int, list[int]] = {}
    for day, each in days:
        held = sums.setdefault((day - begin).days // step, [0, 0, 0])
        for at, count in enumerate((each.support, each.deny, each.query)):
            held[at] += count
    most = max(max(held[0], held[1]) for held in sums.values()) or 1
    room = min(WIDTH / slots, _WIDEST / (1 - _GAP))
    bars = []
    for slot, (support, deny, query) in sorted(sums.items()):
        first = date.fromordinal(begin.toordinal() + slot * step)
        bars.append(
            Bar(
                x=round(slot * room, 1),
                width=round(room * (1 - _GAP), 1),
                up=round(HALF * support / most, 1),
                down=round(HALF * deny / most, 1),
                begin=first,
                end=date.fromordinal(min(first.toordinal() + step - 1, end.toordinal())),
                support=support,
                deny=deny,
                query=query,
            )
        )
    return Days(tuple(bars), begin, end, most, max(bar.down for bar in bars))
