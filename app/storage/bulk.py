"""Writes many rows of a table at once: COPY on PostgreSQL, one prepared statement on SQLite.

Rows go to the driver without passing the ORM, within the session's transaction. Nothing here
commits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.errors import StorageUnusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Column, Connection, Table
    from sqlalchemy.orm import Session

    from app.storage.checks import Row
    from app.storage.tables import Base

_SHOWN_CHARACTERS = 200


def insert_rows(
    session: Session, table: type[Base], rows: Sequence[Row], *, constants: Row | None = None
) -> None:
    """Insert rows that all have the same columns; each also gets the constants.

    Raises:
        StorageUnusable: the database refuses them, or does not answer.
    """
    if not rows:
        return
    given = dict(constants or {})
    target: Table = table.__table__  # type: ignore[assignment]  # every row here is of a table
    connection = session.connection()
    names = [*given, *rows[0]]
    columns = [target.c[name] for name in names]
    values = _values(connection, columns, names, rows, given)
    quote = connection.dialect.identifier_preparer
    listed = ", ".join(quote.format_column(column) for column in columns)
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {quote.format_table(target)} ({listed}) FROM STDIN", values)
        return
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {quote.format_table(target)} ({listed}) VALUES ({marks})"  # noqa: S608 - names of our own tables
    connection.exec_driver_sql(statement, list(values))


def _values(
    connection: Connection,
    columns: Sequence[Column[Any]],
    names: Sequence[str],
    rows: Sequence[Row],
    given: Row,
) -> Iterator[tuple[object, ...]]:
    """Yield each row as the driver takes it, in the order of the columns."""
    converters = [_converter_of(connection, column) for column in columns]
    fixed = tuple(
        value if convert is None else convert(value)
        for value, convert in zip(given.values(), converters, strict=False)
    )
    rest = list(zip(names, converters, strict=True))[len(fixed) :]
    for row in rows:
        yield fixed + tuple(
            [row[name] if convert is None else convert(row[name]) for name, convert in rest]
        )


def _converter_of(connection: Connection, column: Column[Any]) -> Callable[[Any], object] | None:
    dialect = connection.dialect
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _copy(connection: Connection, statement: str, values: Iterator[tuple[object, ...]]) -> None:
    import psycopg  # noqa: PLC0415 - SQLite needs none of it, and it takes a tenth of the start

    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]  # the one dialect's own
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in values:
                copy.write_row(row)
    except psycopg.Error as error:
        said = " ".join(str(error).split())[:_SHOWN_CHARACTERS]
        raise StorageUnusable(f"expected the database to take rows, got: {said}") from error
