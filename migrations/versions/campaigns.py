"""Campaigns: texts that stand in several comments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "campaigns"
down_revision = "decisions"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "campaigns",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("copied", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("id", name=op.f("uq_campaigns_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_campaigns_copied_number"), "campaigns", ["copied", "number"])
    op.create_table(
        "campaign_bands",
        sa.Column("band", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("campaign_number", NUMBER, autoincrement=False, nullable=False),
        _below("campaign_bands", ["campaign_number"], "campaigns", ["number"]),
        sa.PrimaryKeyConstraint("band", "value", "campaign_number", name=op.f("pk_campaign_bands")),
    )
    op.create_index(
        op.f("ix_campaign_bands_campaign_number"), "campaign_bands", ["campaign_number"]
    )
    op.create_table(
        "campaign_texts",
        sa.Column("page_number", NUMBER, nullable=False),
        sa.Column("comment_position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("campaign_number", NUMBER, nullable=False),
        _below(
            "campaign_texts",
            ["page_number", "comment_position"],
            "comments",
            ["page_number", "position"],
        ),
        _below("campaign_texts", ["campaign_number"], "campaigns", ["number"]),
        sa.PrimaryKeyConstraint("page_number", "comment_position", name=op.f("pk_campaign_texts")),
    )
    op.create_index(
        op.f("ix_campaign_texts_campaign_number_page_number_comment_position"),
        "campaign_texts",
        ["campaign_number", "page_number", "comment_position"],
    )
    op.create_table(
        "compared_pages",
        sa.Column("page_number", NUMBER, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _below("compared_pages", ["page_number"], "pages", ["number"]),
        sa.PrimaryKeyConstraint("page_number", name=op.f("pk_compared_pages")),
    )


def downgrade() -> None:
    for table in ("compared_pages", "campaign_texts", "campaign_bands", "campaigns"):
        op.drop_table(table)


def _below(table: str, columns: list[str], parent: str, to: list[str]) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        columns,
        [f"{parent}.{column}" for column in to],
        name=op.f(f"fk_{table}_{'_'.join(columns)}"),
        ondelete="CASCADE",
    )
