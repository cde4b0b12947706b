"""The tables of campaigns: texts that stand, nearly the same, in several comments.

They are worked out of what the pages hold and may be emptied at any time. No words are in them.
"""

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Base, Number, PartRow, below, below_comment, below_page


class CampaignRow(Base):
    """A text that may be copied, by its sketch. `copied` once a second comment has it."""

    __tablename__ = "campaigns"
    __table_args__ = (
        Index(None, "copied", "number"),
        {"sqlite_autoincrement": True},  # the number of a forgotten campaign never returns
    )

    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    sketch: Mapped[bytes]
    copied: Mapped[bool]


class CampaignBandRow(Base):
    """A band of a campaign's sketch, by which texts that are like it find it."""

    __tablename__ = "campaign_bands"
    __table_args__ = (
        below("campaigns", "campaign_number", to=("number",)),
        Index(None, "campaign_number"),
    )

    band: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    campaign_number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)


class CampaignTextRow(PartRow):
    """A comment that has a campaign's text."""

    __tablename__ = "campaign_texts"
    __table_args__ = (
        below_comment(),
        below("campaigns", "campaign_number", to=("number",)),
        Index(None, "campaign_number", "page_number", "comment_position"),
    )

    comment_position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    campaign_number: Mapped[int] = mapped_column(Number)


class ComparedPageRow(PartRow):
    """The version of a page of which the comments were compared with all others."""

    __tablename__ = "compared_pages"
    __table_args__ = (below_page(),)

    version: Mapped[int]
