"""A job: a page that is mined in the background, and how far that has come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class JobState(StrEnum):
    """Where a job stands; the last three are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether a job in this state stays in it."""
        return self in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


@dataclass(frozen=True, slots=True)
class Job:
    """A job as its caller sees it; `done` of `total` comments are mined.

    `result` is the id of the page that a done job made. `problem` says in one sentence why a
    failed one failed, `problem_kind` is the name of the error's class.
    """

    id: str
    state: JobState
    done: int
    total: int
    created_at: datetime
    result: str | None = None
    problem: str | None = None
    problem_kind: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """A job that a worker took to run it; `payload` is the page as it was sent for mining."""

    id: str
    payload: bytes
    remine: bool
