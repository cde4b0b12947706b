"""The table of counted claims, which is kept in step with the attributions of all pages."""

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Base, Key, Number


class ClaimCountRow(Base):
    """How many claims there are of one item, within one scope.

    `cut` says what items and scopes are: "actor", "site" and "day" count over everything,
    "actor/site" counts actors within a site, and so on. `item` is what is searched and ordered by,
    `name` how it is shown.
    """

    __tablename__ = "claim_counts"
    __table_args__ = (
        UniqueConstraint("cut", "scope", "item"),
        Index(None, "cut", "scope", "claims", "number"),
        {"sqlite_autoincrement": True},
    )

    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    cut: Mapped[str] = mapped_column(String(16))
    scope: Mapped[str] = mapped_column(Key)
    item: Mapped[str] = mapped_column(Key)
    name: Mapped[str]
    support: Mapped[int]
    deny: Mapped[int]
    query: Mapped[int]
    claims: Mapped[int]
