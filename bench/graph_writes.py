"""Rows a second that a page's graph is stored with: in bulk, and as objects of the ORM.

python bench/graph_writes.py [DATABASE_URL …] [--comments N] [--rounds N]

Each URL is an empty database, or an SQLite file that need not be there; what is stored is deleted
again. A round stores a made-up graph, four nodes and four edges a comment, in one transaction
either way, taking turns. Prints the medians and by how much bulk is faster.
"""

from __future__ import annotations

import argparse
import statistics
import time
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import delete, insert

from app.domain.graph import About, NodeKind
from app.storage.bulk import insert_rows
from app.storage.engine import open_engine, open_session
from app.storage.schema import upgrade
from app.storage.tables import GraphEdgeRow, GraphNodeRow, PageRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from app.storage.checks import Parts, Row

WHEN = datetime(2024, 5, 1, 12, tzinfo=UTC)
LIMITS = {"postgresql": 5.0, "sqlite": 1.5}
"""How many times faster bulk is to be."""


def made_up_rows(comments: int) -> Parts:
    """Return the rows of a graph of so many comments."""
    said = "It was the harbour office that ordered it, and everybody there knows. " * 3
    kinds = (NodeKind.LOCUTION, NodeKind.ILLOCUTION, NodeKind.INFORMATION, NodeKind.INFERENCE)
    nodes: list[Row] = [
        {
            "position": position,
            "id": f"n{position}",
            "kind": kinds[position % 4],
            "text": said if position % 2 == 0 else "",
            "about": About.COMMENT,
            "scheme": None,
            "ref": f"c{position // 4}",
            "author": f"reader {position % 97}",
            "created_at": WHEN,
            "created_offset_s": 0,
            "probability": 0.75,
            "certain": True,
            "role": None,
        }
        for position in range(4 * comments)
    ]
    edges: list[Row] = [
        {"from_position": position, "to_position": position // 2, "position": position}
        for position in range(1, 4 * comments)
    ]
    return {GraphNodeRow: nodes, GraphEdgeRow: edges}


def write_in_bulk(session: Session, number: int, rows: Parts) -> None:
    """Store the rows as the product does."""
    for table, each in rows.items():
        insert_rows(session, table, each, constants={"page_number": number})


def write_objects(session: Session, number: int, rows: Parts) -> None:
    """Store the rows as objects of the ORM."""
    for table, each in rows.items():
        session.add_all([table(page_number=number, **row) for row in each])
        session.flush()


def measure_s(engine: Engine, rows: Parts, write: Callable[[Session, int, Parts], None]) -> float:
    """Return the seconds from the first row to the commit."""
    with open_session(engine) as session, session.begin():
        page = {
            "id": uuid4().hex,
            "version": 1,
            "article_text": "",
            "model_name": "none",
            "model_revision": "1",
            "mined_at": WHEN,
            "mined_offset_s": 0,
        }
        number = session.scalars(insert(PageRow).returning(PageRow.number), [page]).one()
    begun = time.perf_counter()
    with open_session(engine) as session, session.begin():
        write(session, number, rows)
    lasted_s = time.perf_counter() - begun
    with open_session(engine) as session, session.begin():
        for table in (GraphEdgeRow, GraphNodeRow):
            session.execute(delete(table).where(table.page_number == number))
        session.execute(delete(PageRow).where(PageRow.number == number))
    return lasted_s


def compare(url: str, comments: int, rounds: int) -> None:
    """Print how fast both ways are on one database."""
    engine = open_engine(url)
    upgrade(engine)
    rows = made_up_rows(comments)
    count = sum(len(each) for each in rows.values())
    bulk, objects = [], []
    for _ in range(rounds):
        bulk.append(measure_s(engine, rows, write_in_bulk))
        objects.append(measure_s(engine, rows, write_objects))
    fast, slow = statistics.median(bulk), statistics.median(objects)
    name = engine.dialect.name
    print(
        f"{name}: {count} rows; bulk {count / fast:,.0f} rows/s, ORM {count / slow:,.0f} rows/s,"
        f" {slow / fast:.1f} times (to be {LIMITS[name]})"
    )
    engine.dispose()


def main() -> None:
    """Compare on the databases given, or on SQLite."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("urls", nargs="*", metavar="DATABASE_URL")
    parser.add_argument("--comments", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        for url in asked.urls or [f"sqlite:///{folder}/writes.sqlite3"]:
            compare(url, asked.comments, asked.rounds)


if __name__ == "__main__":
    main()
