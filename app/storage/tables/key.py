"""The table of API keys."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Base, Number


class KeyRow(Base):
    """A key by the SHA-256 of its secret; one that was rotated has its old secret for a while."""

    __tablename__ = "api_keys"
    __table_args__ = ({"sqlite_autoincrement": True},)

    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    scopes: Mapped[str] = mapped_column(String(64))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    old_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    old_until: Mapped[datetime | None]
    per_minute: Mapped[int | None]
    max_body_bytes: Mapped[int | None]
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
