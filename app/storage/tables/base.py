"""What the tables have in common: column types, names of constraints, keys to what is above."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Double,
    Enum,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.domain.graph import About, NodeKind
from app.domain.job import JobKind, JobState
from app.domain.page import CommentKind, ReplyLink
from app.domain.stance import Label, Role
from app.storage.columns import KEY_LENGTH, Instant

Number = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts up only what is declared INTEGER, which has 64 bits there."""

Key = String(KEY_LENGTH).with_variant(String(KEY_LENGTH, collation="C"), "postgresql")
"""Compared code point by code point, as SQLite does, so that a prefix is a range."""


def _words(kind: type[StrEnum]) -> Enum:
    """Return a column type that holds the words of `kind`, not the names of its members."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=16,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """Every table here; constraints get names so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        float: Double(),
        datetime: Instant(),
        bytes: LargeBinary(),
        **{
            kind: _words(kind)
            for kind in (
                About,
                CommentKind,
                JobKind,
                JobState,
                Label,
                NodeKind,
                ReplyLink,
                Role,
            )
        },
    }


class PartRow(Base):
    """A part of a page, which is deleted with it; its key begins with the page's number."""

    __abstract__ = True

    page_number: Mapped[int] = mapped_column(Number, primary_key=True, sort_order=-1)


def below(parent: str, *columns: str, to: tuple[str, ...]) -> ForeignKeyConstraint:
    """Return the key from a row to the one above it, with which it is deleted."""
    return ForeignKeyConstraint(
        columns, [f"{parent}.{column}" for column in to], ondelete="CASCADE"
    )


def below_page() -> ForeignKeyConstraint:
    """Return the key to the row's page."""
    return below("pages", "page_number", to=("number",))


def below_comment() -> ForeignKeyConstraint:
    """Return the key to the row's comment."""
    return below("comments", "page_number", "comment_position", to=("page_number", "position"))


def below_actor() -> ForeignKeyConstraint:
    """Return the key to the row's actor."""
    return below("actors", "page_number", "actor_position", to=("page_number", "position"))
