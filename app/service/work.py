"""A piece of work for the model, and who waits for it: since when, and whether still.

Whoever takes a request says so in `CALLER`, which the threads that work on it see; what is done
for nobody is left at that.
"""

from __future__ import annotations

import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(slots=True, eq=False)
class Caller:
    """Somebody whose request came at `arrived_s`, by `time.perf_counter`."""

    arrived_s: float = field(default_factory=time.perf_counter)
    has_gone: bool = False


CALLER: ContextVar[Caller | None] = ContextVar("caller", default=None)
"""For whom this context works; None where nobody waits, as for a job."""


class CallerGone(Exception):
    """Work that had not begun yet is dropped, as its caller has gone."""


class Stopping(Exception):
    """The process ends or a job was cancelled: the work is to be broken off."""


@dataclass(slots=True, eq=False)
class Work:
    """One piece of work: all its turns count together.

    Work in the background gives way to all that somebody waits for, and has no turn between
    theirs. `on_turn` runs before each turn, `on_scored` hears now and then how many more texts
    have been read; what they raise ends the work. Of works that have had as much, the one that
    came first goes first, whichever thread was quicker to ask; one that has had nothing yet is
    dropped when its caller has gone.
    """

    in_background: bool = False
    on_turn: Callable[[], None] | None = None
    on_scored: Callable[[int], None] | None = None
    used_s: float = 0.0
    caller: Caller | None = field(default_factory=CALLER.get)
    begun_s: float = field(default_factory=time.perf_counter)

    @property
    def came_s(self) -> float:
        """When it came, by `time.perf_counter`."""
        return self.begun_s if self.caller is None else self.caller.arrived_s

    @property
    def is_for_nobody(self) -> bool:
        """Whether it has not begun, and nobody waits for it any more."""
        return self.caller is not None and self.caller.has_gone and not self.used_s
