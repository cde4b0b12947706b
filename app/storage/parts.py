"""The parts of a page: all rows that hang below it, put in and taken out together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from app.storage.arguments import argument_rows
from app.storage.bulk import insert_rows
from app.storage.graphs import graph_rows
from app.storage.rows import rows_below
from app.storage.sources import source_rows
from app.storage.tables import (
    ActorNameRow,
    ActorRow,
    AttributionRow,
    ClaimRow,
    CommentRow,
    GraphEdgeRow,
    GraphNodeRow,
    HypothesisRow,
    MentionRow,
    MovedReplyRow,
    NamedClaimRow,
    PageArgumentsRow,
    PageSourceRow,
    PartRow,
    WithheldRow,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.domain.graph import ArgumentGraph
    from app.domain.mined import MinedPage
    from app.domain.source import Source
    from app.storage.checks import Parts

_TABLES: tuple[type[PartRow], ...] = (
    MovedReplyRow,
    WithheldRow,
    PageSourceRow,
    PageArgumentsRow,
    GraphEdgeRow,
    GraphNodeRow,
    HypothesisRow,
    ClaimRow,
    NamedClaimRow,
    AttributionRow,
    MentionRow,
    ActorNameRow,
    ActorRow,
    CommentRow,
)
"""Children before parents: emptied in this order, no key is followed."""


def parts_of(
    mined: MinedPage, graph: ArgumentGraph, source: Source | None, memo: bytes | None
) -> Parts:
    """Return all rows below a page, but for its number, parents before children.

    Raises:
        InvalidPage: the page refers to what is not on it, or holds text with NUL in it.
    """
    parts = rows_below(mined) | argument_rows(mined) | graph_rows(graph)
    return parts if source is None else parts | source_rows(source, memo)


def insert_parts(session: Session, number: int, parts: Parts) -> None:
    """Put the rows below the page of that number."""
    for table, rows in parts.items():
        insert_rows(session, table, rows, constants={"page_number": number})


def delete_parts(session: Session, number: int) -> None:
    """Delete every row below the page of that number."""
    for table in _TABLES:
        session.execute(
            delete(table)
            .where(table.page_number == number)
            .execution_options(synchronize_session=False)
        )
