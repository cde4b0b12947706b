"""The table of moderators' decisions."""

from datetime import datetime

from sqlalchemy import Enum, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.decision import Action
from app.storage.tables.base import Base, Key, Number

_ACTIONS = Enum(
    Action,
    native_enum=False,
    create_constraint=False,
    length=16,
    values_callable=lambda members: [member.value for member in members],
)


class DecisionRow(Base):
    """A decision. Rows are only added: triggers of the database refuse anything else.

    `page_id` is no foreign key, as the ledger outlives the pages. `comment_key` is the beginning
    of `comment_id`, which may be too long for an index.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        Index(None, "page_id", "comment_key", "number"),
        Index(None, "page_id", "number"),
        {"sqlite_autoincrement": True},
    )

    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    page_id: Mapped[str] = mapped_column(String(64))
    comment_key: Mapped[str] = mapped_column(Key)
    comment_id: Mapped[str]
    action: Mapped[Action] = mapped_column(_ACTIONS)
    reason: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime]
    decided_offset_s: Mapped[int | None]
    model_name: Mapped[str]
    model_revision: Mapped[str]
    undoes: Mapped[str | None] = mapped_column(String(64), unique=True)
