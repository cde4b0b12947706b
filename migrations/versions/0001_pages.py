"""Pages with their comments, actors and claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Sequence

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")
WORD = sa.String(16)
TIME = sa.DateTime(timezone=True)


def _page_number() -> sa.Column[int]:
    return sa.Column("page_number", NUMBER, nullable=False)


def _position(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _below(
    parent: str, *columns: str, to: Sequence[str] = ("page_number", "position")
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        columns, [f"{parent}.{column}" for column in to], ondelete="CASCADE"
    )


def upgrade() -> None:
    op.create_table(
        "pages",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("url_key", KEY),
        sa.Column("title", sa.Text()),
        sa.Column("article_text", sa.Text(), nullable=False),
        sa.Column("article_author", sa.Text()),
        sa.Column("published_at", TIME),
        sa.Column("published_offset_s", sa.Integer()),
        sa.Column("language", sa.Text()),
        sa.Column("account", sa.Text()),
        sa.Column("event", sa.Text()),
        sa.Column("model_name", sa.Text(), nullable=False),
        sa.Column("model_revision", sa.Text(), nullable=False),
        sa.Column("mined_at", TIME, nullable=False),
        sa.Column("mined_offset_s", sa.Integer()),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_pages")),
        sa.UniqueConstraint("id", name=op.f("uq_pages_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_pages_url_key"), "pages", ["url_key"])
    op.create_table(
        "page_contents",
        sa.Column("content_hash", sa.String(length=128), nullable=False),
        _page_number(),
        _below("pages", "page_number", to=["number"]),
        sa.PrimaryKeyConstraint("content_hash", name=op.f("pk_page_contents")),
    )
    op.create_index(op.f("ix_page_contents_page_number"), "page_contents", ["page_number"])
    op.create_table(
        "comments",
        _page_number(),
        _position("position"),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.Text()),
        sa.Column("reply_position", sa.Integer()),
        sa.Column("reply_link", WORD),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("created_at", TIME),
        sa.Column("created_offset_s", sa.Integer()),
        sa.Column("account_label", WORD, nullable=False),
        sa.Column("account_certain", sa.Boolean(), nullable=False),
        sa.Column("account_support", sa.Double(), nullable=False),
        sa.Column("account_deny", sa.Double(), nullable=False),
        sa.Column("account_query", sa.Double(), nullable=False),
        sa.Column("account_comment", sa.Double(), nullable=False),
        sa.Column("reply_label", WORD),
        sa.Column("reply_certain", sa.Boolean()),
        sa.Column("reply_support", sa.Double()),
        sa.Column("reply_deny", sa.Double()),
        sa.Column("reply_query", sa.Double()),
        sa.Column("reply_comment", sa.Double()),
        _below("pages", "page_number", to=["number"]),
        sa.PrimaryKeyConstraint("page_number", "position", name=op.f("pk_comments")),
    )
    op.create_table(
        "actors",
        _page_number(),
        _position("position"),
        sa.Column("id", sa.Text(), nullable=False),
        _below("pages", "page_number", to=["number"]),
        sa.PrimaryKeyConstraint("page_number", "position", name=op.f("pk_actors")),
    )
    op.create_table(
        "actor_names",
        _page_number(),
        _position("actor_position"),
        _position("position"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", KEY, nullable=False),
        _below("actors", "page_number", "actor_position"),
        sa.PrimaryKeyConstraint(
            "page_number", "actor_position", "position", name=op.f("pk_actor_names")
        ),
    )
    op.create_index(
        op.f("ix_actor_names_name_key_page_number_actor_position"),
        "actor_names",
        ["name_key", "page_number", "actor_position"],
    )
    op.create_table(
        "mentions",
        _page_number(),
        _position("actor_position"),
        _position("position"),
        sa.Column("comment_position", sa.Integer()),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _below("actors", "page_number", "actor_position"),
        sa.PrimaryKeyConstraint(
            "page_number", "actor_position", "position", name=op.f("pk_mentions")
        ),
    )
    op.create_table(
        "attributions",
        _page_number(),
        _position("comment_position"),
        _position("position"),
        sa.Column("actor_position", sa.Integer(), nullable=False),
        sa.Column("label", WORD, nullable=False),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column("role", WORD),
        sa.Column("reported", sa.Boolean(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("inherited_position", sa.Integer()),
        sa.Column("said_at", TIME, nullable=False),
        _below("actors", "page_number", "actor_position"),
        _below("comments", "page_number", "comment_position"),
        sa.PrimaryKeyConstraint(
            "page_number", "comment_position", "position", name=op.f("pk_attributions")
        ),
    )
    op.create_index(
        op.f("ix_attributions_page_number_actor_position"),
        "attributions",
        ["page_number", "actor_position"],
    )
    op.create_index(
        op.f("ix_attributions_said_at_page_number_comment_position_position"),
        "attributions",
        ["said_at", "page_number", "comment_position", "position"],
    )
    op.create_table(
        "claimed_perpetrators",
        _page_number(),
        _position("comment_position"),
        _position("position"),
        sa.Column("actor_position", sa.Integer(), nullable=False),
        _below("actors", "page_number", "actor_position"),
        _below("comments", "page_number", "comment_position"),
        sa.PrimaryKeyConstraint(
            "page_number", "comment_position", "position", name=op.f("pk_claimed_perpetrators")
        ),
    )
    op.create_index(
        op.f("ix_claimed_perpetrators_page_number_actor_position"),
        "claimed_perpetrators",
        ["page_number", "actor_position"],
    )
    op.create_table(
        "hypotheses",
        _page_number(),
        _position("position"),
        sa.Column("actor_position", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("strength", sa.Double(), nullable=False),
        sa.Column("support", sa.Integer(), nullable=False),
        sa.Column("deny", sa.Integer(), nullable=False),
        sa.Column("query", sa.Integer(), nullable=False),
        sa.Column("authors", sa.Integer(), nullable=False),
        _below("actors", "page_number", "actor_position"),
        _below("pages", "page_number", to=["number"]),
        sa.PrimaryKeyConstraint("page_number", "position", name=op.f("pk_hypotheses")),
    )


def downgrade() -> None:
    op.drop_table("hypotheses")
    op.drop_table("claimed_perpetrators")
    op.drop_table("attributions")
    op.drop_table("mentions")
    op.drop_table("actor_names")
    op.drop_table("actors")
    op.drop_table("comments")
    op.drop_table("page_contents")
    op.drop_table("pages")
