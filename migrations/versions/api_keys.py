"""API keys, by the hash of their secrets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "api_keys"
down_revision = "campaigns"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", sa.String(length=64), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("old_hash", sa.String(length=64)),
        sa.Column("old_until", TIME),
        sa.Column("per_minute", sa.Integer()),
        sa.Column("max_body_bytes", sa.Integer()),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("revoked_at", TIME),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("id", name=op.f("uq_api_keys_id")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_api_keys_secret_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_api_keys_old_hash"), "api_keys", ["old_hash"])


def downgrade() -> None:
    op.drop_table("api_keys")
