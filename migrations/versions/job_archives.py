"""Jobs that mine archives, archives sent with them, and who is to be told of their end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "job_archives"
down_revision = "api_keys"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = sa.String(16)
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("jobs", sa.Column("kind", WORD, nullable=False, server_default="page"))
    op.add_column("jobs", sa.Column("tally", sa.Text()))
    op.add_column("jobs", sa.Column("notify_at", TIME))
    op.add_column(
        "jobs", sa.Column("notify_tries", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_index(op.f("ix_jobs_notify_at"), "jobs", ["notify_at"])
    op.create_table(
        "job_uploads",
        sa.Column("job_number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_number"],
            ["jobs.number"],
            name=op.f("fk_job_uploads_job_number"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("job_number", "position", name=op.f("pk_job_uploads")),
    )


def downgrade() -> None:
    op.drop_table("job_uploads")
    op.execute(sa.text("DELETE FROM jobs WHERE kind <> 'page'"))  # nobody could run them any more
    op.drop_index(op.f("ix_jobs_notify_at"), "jobs")
    for column in ("notify_tries", "notify_at", "tally", "kind"):
        op.drop_column("jobs", column)
