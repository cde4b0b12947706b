"""The tables of who is weighed as responsible: actors, attributions, hypotheses."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.stance import Label, Role
from app.storage.tables.base import (
    Key,
    PartRow,
    below,
    below_actor,
    below_comment,
    below_page,
)

_PLACE = ("page_number", "comment_position", "position")
"""What an attribution is known by."""


class ActorRow(PartRow):
    """An actor of a page; its names stand in `actor_names`."""

    __tablename__ = "actors"
    __table_args__ = (below_page(),)

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str]


class ActorNameRow(PartRow):
    """A name of an actor: the canonical one at position 0, the aliases after it."""

    __tablename__ = "actor_names"
    __table_args__ = (
        below_actor(),
        Index(None, "name_key", "page_number", "actor_position"),
    )

    actor_position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Key)


class MentionRow(PartRow):
    """A place where an actor is named; without a `comment_position` it is in the article.

    `comment_position` is no foreign key, for the reason given at `CommentRow`.
    """

    __tablename__ = "mentions"
    __table_args__ = (below_actor(),)

    actor_position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    comment_position: Mapped[int | None]
    span_start: Mapped[int]
    span_end: Mapped[int]
    text: Mapped[str]


class AttributionRow(PartRow):
    """A comment's stance to an actor's responsibility.

    `said_at` is the comment's time, or that of mining: lists go by it. `inherited_position` is
    no foreign key, for the reason given at `CommentRow`. `premises` is JSON, pairs of offsets.
    """

    __tablename__ = "attributions"
    __table_args__ = (
        below_comment(),
        below_actor(),
        Index(None, "page_number", "actor_position"),
        Index(None, "said_at", *_PLACE),
        Index("ix_attributions_kind", "label", "certain", "role", "said_at", *_PLACE),
    )

    comment_position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    actor_position: Mapped[int]
    label: Mapped[Label]
    certain: Mapped[bool]
    role: Mapped[Role | None]
    reported: Mapped[bool]
    probability: Mapped[float]
    evidence_start: Mapped[int]
    evidence_end: Mapped[int]
    inherited_position: Mapped[int | None]
    said_at: Mapped[datetime]
    premises: Mapped[str | None]


class NamedClaimRow(PartRow):
    """An attribution again, under one of its actor's names, for lists of what is said of a name.

    Whoever is named everywhere has too many attributions to gather and sort for each list.
    """

    __tablename__ = "named_claims"
    __table_args__ = (
        below("attributions", *_PLACE, to=_PLACE),
        Index("ix_named_claims_kind", "name_key", "label", "certain", "role", "said_at", *_PLACE),
    )

    comment_position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name_key: Mapped[str] = mapped_column(Key, primary_key=True)
    label: Mapped[Label]
    certain: Mapped[bool]
    role: Mapped[Role | None]
    said_at: Mapped[datetime]


class ClaimRow(PartRow):
    """A claimed perpetrator of a comment, the most certain at position 0."""

    __tablename__ = "claimed_perpetrators"
    __table_args__ = (
        below_comment(),
        below_actor(),
        Index(None, "page_number", "actor_position"),
    )

    comment_position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    actor_position: Mapped[int]


class HypothesisRow(PartRow):
    """How the page weighs an actor; the leading one at position 0."""

    __tablename__ = "hypotheses"
    __table_args__ = (below_page(), below_actor())

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    actor_position: Mapped[int]
    rank: Mapped[int]
    strength: Mapped[float]
    support: Mapped[int]
    deny: Mapped[int]
    query: Mapped[int]
    authors: Mapped[int]
