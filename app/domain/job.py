"""A job: a page or an archive that is mined in the background, and how far that has come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class JobKind(StrEnum):
    """What a job mines."""

    PAGE = "page"
    ARCHIVE = "archive"


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
class FailedRecords:
    """Records of an archive that failed in one way; `examples` are file, position and problem."""

    kind: str
    count: int
    examples: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ArchiveTally:
    """What has come of an archive's first `records`; `passed_over` are pages without comments."""

    records: int = 0
    pages: int = 0
    comments: int = 0
    passed_over: int = 0
    failures: tuple[FailedRecords, ...] = ()

    @property
    def failed(self) -> int:
        """How many records failed."""
        return sum(each.count for each in self.failures)


@dataclass(frozen=True, slots=True)
class Job:
    """A job as its caller sees it; `done` of `total` comments are mined.

    `result` is the id of the page that a done job made, `tally` what has come of an archive so
    far. `problem` says in one sentence why a failed one failed, `problem_kind` is the name of the
    error's class.
    """

    id: str
    state: JobState
    done: int
    total: int
    created_at: datetime
    result: str | None = None
    problem: str | None = None
    problem_kind: str | None = None
    kind: JobKind = JobKind.PAGE
    tally: ArchiveTally | None = None


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """A job that a worker took to run it.

    `payload` is the page as it was sent for mining, or what names the archive. `attempt` counts
    the workers that began it; only the last one's word counts. `tally` is what was there before.
    """

    id: str
    payload: bytes
    remine: bool
    attempt: int = 1
    kind: JobKind = JobKind.PAGE
    total: int = 0
    tally: ArchiveTally | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A job that is over, of which the operator's webhook is to hear; `tries` counts from 1."""

    job: Job
    tries: int
