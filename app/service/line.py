"""The line for a turn at the model: who waits there, in which order, and how they are called."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.service.together import Outcome, Together
    from app.service.work import Work


def _shut() -> Lock:
    """Return a lock that whoever takes it waits for."""
    lock = Lock()
    lock.acquire()
    return lock


@dataclass(slots=True, eq=False)
class Place:
    """A place in the line; who waits there is called once, for one of four reasons."""

    work: Work
    number: int
    asked: Any = None
    together: Together[Any, Any] | None = None
    called: Lock = field(default_factory=_shut)
    has_turn: bool = False
    outcome: Outcome | None = None
    is_over: bool = False
    is_dropped: bool = False

    @property
    def rank(self) -> tuple[bool, float, float, int]:
        """What decides who is next: the least of all."""
        work = self.work
        return work.in_background, work.used_s, work.came_s, self.number
