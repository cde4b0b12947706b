"""What each page is mined from: what was given, what is withheld, what the model said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = sa.String(16)
TIME = sa.DateTime(timezone=True)


def _page_number() -> sa.Column[int]:
    return sa.Column("page_number", NUMBER, nullable=False)


def _position(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _below_page() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["page_number"], ["pages.number"], ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "page_sources",
        _page_number(),
        sa.Column("account_given", sa.Boolean(), nullable=False),
        sa.Column("event_given", sa.Boolean(), nullable=False),
        sa.Column("actors_given", sa.Boolean(), nullable=False),
        sa.Column("memo", sa.LargeBinary()),
        _below_page(),
        sa.PrimaryKeyConstraint("page_number", name=op.f("pk_page_sources")),
    )
    op.create_table(
        "withheld_comments",
        _page_number(),
        _position("position"),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.Text()),
        sa.Column("reply_to", sa.Text()),
        sa.Column("reply_link", WORD),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("created_at", TIME),
        sa.Column("created_offset_s", sa.Integer()),
        _below_page(),
        sa.PrimaryKeyConstraint("page_number", "position", name=op.f("pk_withheld_comments")),
    )
    op.create_table(
        "moved_replies",
        _page_number(),
        _position("comment_position"),
        sa.Column("reply_to", sa.Text(), nullable=False),
        sa.Column("reply_link", WORD),
        sa.ForeignKeyConstraint(
            ["page_number", "comment_position"],
            ["comments.page_number", "comments.position"],
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("page_number", "comment_position", name=op.f("pk_moved_replies")),
    )


def downgrade() -> None:
    op.drop_table("moved_replies")
    op.drop_table("withheld_comments")
    op.drop_table("page_sources")
