"""The tables of the argument graph of a page."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.graph import About, NodeKind
from app.storage.tables.base import PartRow, below, below_page


class GraphNodeRow(PartRow):
    """A node of a page's argument graph."""

    __tablename__ = "graph_nodes"
    __table_args__ = (below_page(),)

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str]
    kind: Mapped[NodeKind]
    text: Mapped[str]
    about: Mapped[About]
    scheme: Mapped[str | None]
    ref: Mapped[str | None]
    author: Mapped[str | None]
    created_at: Mapped[datetime | None]
    created_offset_s: Mapped[int | None]
    probability: Mapped[float | None]
    certain: Mapped[bool | None]
    role: Mapped[str | None]


class PageArgumentsRow(PartRow):
    """The units and relations of a page as JSON; a page that was mined without has no row."""

    __tablename__ = "page_arguments"
    __table_args__ = (below_page(),)

    held: Mapped[str]


class GraphEdgeRow(PartRow):
    """An edge between two nodes of the same page, which are named by position."""

    __tablename__ = "graph_edges"
    __table_args__ = (
        below("graph_nodes", "page_number", "from_position", to=("page_number", "position")),
        below("graph_nodes", "page_number", "to_position", to=("page_number", "position")),
        Index(None, "page_number", "to_position"),
    )

    from_position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    to_position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int]
