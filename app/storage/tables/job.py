"""The table of jobs."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.job import JobState
from app.storage.tables.base import Base, Number


class JobRow(Base):
    """A job. `payload` is emptied when the job is final, so that no text outlives its page."""

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
