"""What comments argue: the reasons of a claim, and the units and relations of a page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "arguments"
down_revision = "named_claims"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("attributions", sa.Column("premises", sa.Text()))
    op.create_table(
        "page_arguments",
        sa.Column("page_number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_number"],
            ["pages.number"],
            name=op.f("fk_page_arguments_page_number"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("page_number", name=op.f("pk_page_arguments")),
    )


def downgrade() -> None:
    op.drop_table("page_arguments")
    op.drop_column("attributions", "premises")
