"""What every row has to pass before it is stored, so that no database refuses or bends it."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, TypeAlias

from app.errors import InvalidPage
from app.storage.columns import is_storable, split_time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.storage.tables import Base

Row: TypeAlias = "dict[str, object]"
"""The values of a row under the names of its columns."""

Parts: TypeAlias = "dict[type[Base], list[Row]]"
"""The rows that hang below a page, table by table, parents before children."""


def checked_rows(table: type[Base], rows: Iterable[Row]) -> list[Row]:
    """Return `rows` as a list, having looked at each value.

    Raises:
        InvalidPage: a text with NUL or a lone surrogate in it, or a number that is none.
    """
    return [checked_row(table, row) for row in rows]


def checked_row(table: type[Base], row: Row) -> Row:
    """Return `row`, having looked at each value.

    Raises:
        InvalidPage: a text with NUL or a lone surrogate in it, or a number that is none.
    """
    for column, value in row.items():
        if isinstance(value, str) and not is_storable(value):
            raise InvalidPage(
                f"expected text without NUL characters and lone surrogates, "
                f"got one in {_place(table, column, row)}"
            )
        if isinstance(value, float) and not isfinite(value):
            raise InvalidPage(
                f"expected a finite number, got {value} in {_place(table, column, row)}"
            )
    return row


def checked_time(where: str, when: datetime | None) -> tuple[datetime | None, int | None]:
    """Return the instant of `when` and its offset in seconds.

    Raises:
        InvalidPage: in UTC, `when` is not within the years 1 to 9999.
    """
    try:
        return split_time(when)
    except ValueError as error:
        raise InvalidPage(f"{where}: {error}") from error


def _place(table: type[Base], column: str, row: Row) -> str:
    position = f", position {row['position']}" if "position" in row else ""
    return f"{column} of {table.__tablename__}{position}"
