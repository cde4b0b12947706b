"""The tables of a page and its comments."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.page import CommentKind, ReplyLink
from app.domain.stance import Label
from app.storage.tables.base import Base, Key, Number, PartRow, below_page


class PageRow(Base):
    """A mined page: the article and what holds for all of it. `version` counts replacements."""

    __tablename__ = "pages"
    __table_args__ = ({"sqlite_autoincrement": True},)  # the number of a deleted page never returns

    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    version: Mapped[int]
    url: Mapped[str | None]
    url_key: Mapped[str | None] = mapped_column(Key, index=True)
    title: Mapped[str | None]
    article_text: Mapped[str]
    article_author: Mapped[str | None]
    published_at: Mapped[datetime | None]
    published_offset_s: Mapped[int | None]
    language: Mapped[str | None]
    account: Mapped[str | None]
    event: Mapped[str | None]
    model_name: Mapped[str]
    model_revision: Mapped[str]
    mined_at: Mapped[datetime]
    mined_offset_s: Mapped[int | None]


class PageContentRow(Base):
    """A content that leads to a page; one content never leads to two."""

    __tablename__ = "page_contents"
    __table_args__ = (below_page(),)

    content_hash: Mapped[str] = mapped_column(String(128), primary_key=True)
    page_number: Mapped[int] = mapped_column(Number, index=True)


class CommentRow(PartRow):
    """A comment with its stances to the account and, where it answers one, to its parent.

    `reply_position` is no foreign key: it may point forward, and would be looked up for each
    comment that is deleted; the way in checks it. `cautions` are words parted by spaces.
    """

    __tablename__ = "comments"
    __table_args__ = (below_page(),)

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str]
    text: Mapped[str]
    author: Mapped[str | None]
    reply_position: Mapped[int | None]
    reply_link: Mapped[ReplyLink | None]
    kind: Mapped[CommentKind]
    created_at: Mapped[datetime | None]
    created_offset_s: Mapped[int | None]
    account_label: Mapped[Label]
    account_certain: Mapped[bool]
    account_support: Mapped[float]
    account_deny: Mapped[float]
    account_query: Mapped[float]
    account_comment: Mapped[float]
    reply_label: Mapped[Label | None]
    reply_certain: Mapped[bool | None]
    reply_support: Mapped[float | None]
    reply_deny: Mapped[float | None]
    reply_query: Mapped[float | None]
    reply_comment: Mapped[float | None]
    cautions: Mapped[str | None]
