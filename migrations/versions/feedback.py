"""Feedback of moderators."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "feedback"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("attribute", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("article", sa.Text()),
        sa.Column("parent", sa.Text()),
        sa.Column("context", sa.Text()),
        sa.Column("language", sa.String(length=35)),
        sa.Column("community", sa.Text()),
        sa.Column("token", sa.Text()),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_feedback")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("feedback")
