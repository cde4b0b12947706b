"""Contenders do the same work in turn, round after round; what is said is a ratio within a round.

Time is the processor's, of one thread each: a busy neighbour takes turns away, which a clock on the
wall would blame on whoever ran just then. It still takes cache and memory, hence rounds and spread.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody's way to do the work: `run` reads `comments` comments.

    `run` returns the seconds that it took where another process does the work.
    """

    name: str
    comments: int
    run: Callable[[], float | None]


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some rounds, with the least and the most."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{_short(self.median)} ({_short(self.low)}–{_short(self.high)})"


def spread(values: Sequence[float]) -> Spread:
    """Return the spread of a figure over rounds."""
    return Spread(statistics.median(values), min(values), max(values))


def take_turns(contenders: Sequence[Contender], rounds: int) -> dict[str, list[float]]:
    """Return the processor's seconds a comment of each, round by round, after one to warm up."""
    seconds: dict[str, list[float]] = {own.name: [] for own in contenders}
    for number in range(rounds + 1):
        for own in contenders:
            began = time.process_time()
            elsewhere = own.run()
            took = time.process_time() - began if elsewhere is None else elsewhere
            if number:
                seconds[own.name].append(took / own.comments)
    return seconds


def ratio(seconds: Mapping[str, Sequence[float]], slow: str, fast: str) -> Spread:
    """Return how many times as long one takes as another, within each round."""
    pairs = zip(seconds[slow], seconds[fast], strict=True)
    return spread([one / other for one, other in pairs])


def rate(seconds: Mapping[str, Sequence[float]], name: str) -> Spread:
    """Return comments a second of a core."""
    return spread([1 / own for own in seconds[name]])


def _short(value: float) -> str:
    """Return a number of three digits that count."""
    if value >= 100:  # noqa: PLR2004 - three digits already
        return f"{value:.0f}"
    return f"{value:.3g}"
