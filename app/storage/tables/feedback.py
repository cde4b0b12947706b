"""The table of feedback: labels that moderators gave."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Base, Number


class FeedbackRow(Base):
    """A label of one comment for one attribute; it belongs to no page, and comes in any order."""

    __tablename__ = "feedback"
    __table_args__ = ({"sqlite_autoincrement": True},)

    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    attribute: Mapped[str] = mapped_column(String(64))
    value: Mapped[float]
    text: Mapped[str]
    article: Mapped[str | None]
    parent: Mapped[str | None]
    context: Mapped[str | None]
    language: Mapped[str | None] = mapped_column(String(35))
    community: Mapped[str | None]
    token: Mapped[str | None]
    given_at: Mapped[datetime]
