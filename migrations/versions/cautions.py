"""Why the stances of a comment may be wrong; what was stored before says so when mined again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "cautions"
down_revision = "arguments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("comments", sa.Column("cautions", sa.Text()))


def downgrade() -> None:
    op.drop_column("comments", "cautions")
