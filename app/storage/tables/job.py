"""The tables of jobs, and of the archives that were sent with them."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.job import JobKind, JobState
from app.storage.tables.base import Base, Number, below


class JobRow(Base):
    """A job. `payload` is emptied when the job is done, so that no text outlives its page.

    `tally` is JSON of what has come of an archive. `notify_at` says when the webhook is to be
    told next, null where it need not be.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index(None, "state", "number"),
        {"sqlite_autoincrement": True},  # the oldest job has the lowest number, for ever
    )

    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[JobState]
    payload: Mapped[bytes | None]
    remine: Mapped[bool]
    done: Mapped[int]
    total: Mapped[int]
    attempts: Mapped[int]
    result: Mapped[str | None] = mapped_column(String(64), index=True)
    problem: Mapped[str | None]
    problem_kind: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    kind: Mapped[JobKind] = mapped_column(server_default=JobKind.PAGE.value)
    tally: Mapped[str | None]
    notify_at: Mapped[datetime | None] = mapped_column(index=True)
    notify_tries: Mapped[int] = mapped_column(server_default="0")


class JobUploadRow(Base):
    """A piece of the archive that was sent with a job; all are deleted when the job is done.

    In the database, so that whichever process takes the job has the archive.
    """

    __tablename__ = "job_uploads"
    __table_args__ = (below("jobs", "job_number", to=("number",)),)

    job_number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[bytes]
