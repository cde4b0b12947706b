"""The argument graph of each page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Sequence

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
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
        "graph_nodes",
        _page_number(),
        _position("position"),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("about", WORD, nullable=False),
        sa.Column("scheme", sa.Text()),
        sa.Column("ref", sa.Text()),
        sa.Column("author", sa.Text()),
        sa.Column("created_at", TIME),
        sa.Column("created_offset_s", sa.Integer()),
        sa.Column("probability", sa.Double()),
        sa.Column("certain", sa.Boolean()),
        sa.Column("role", sa.Text()),
        _below("pages", "page_number", to=["number"]),
        sa.PrimaryKeyConstraint("page_number", "position", name=op.f("pk_graph_nodes")),
    )
    op.create_table(
        "graph_edges",
        _page_number(),
        _position("from_position"),
        _position("to_position"),
        sa.Column("position", sa.Integer(), nullable=False),
        _below("graph_nodes", "page_number", "from_position"),
        _below("graph_nodes", "page_number", "to_position"),
        sa.PrimaryKeyConstraint(
            "page_number", "from_position", "to_position", name=op.f("pk_graph_edges")
        ),
    )
    op.create_index(
        op.f("ix_graph_edges_page_number_to_position"),
        "graph_edges",
        ["page_number", "to_position"],
    )


def downgrade() -> None:
    op.drop_table("graph_edges")
    op.drop_table("graph_nodes")
