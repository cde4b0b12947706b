"""The tables of what a page is mined from, where that is not the page as it is shown."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.domain.page import CommentKind, ReplyLink
from app.storage.tables.base import PartRow, below_comment, below_page


class PageSourceRow(PartRow):
    """What a caller gave of a page, and the packed memo of what the model said of its texts.

    Pages that were stored before there was this table have none.
    """

    __tablename__ = "page_sources"
    __table_args__ = (below_page(),)

    account_given: Mapped[bool]
    event_given: Mapped[bool]
    actors_given: Mapped[bool]
    memo: Mapped[bytes | None]


class WithheldRow(PartRow):
    """A comment that is withheld; `position` is its place among all comments of the page."""

    __tablename__ = "withheld_comments"
    __table_args__ = (below_page(),)

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str]
    text: Mapped[str]
    author: Mapped[str | None]
    reply_to: Mapped[str | None]
    reply_link: Mapped[ReplyLink | None]
    kind: Mapped[CommentKind]
    created_at: Mapped[datetime | None]
    created_offset_s: Mapped[int | None]


class MovedReplyRow(PartRow):
    """The withheld comment that a shown one answers; `comments` says what it answers meanwhile."""

    __tablename__ = "moved_replies"
    __table_args__ = (below_comment(),)

    comment_position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reply_to: Mapped[str]
    reply_link: Mapped[ReplyLink | None]
