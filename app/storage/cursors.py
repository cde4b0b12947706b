"""Cursors: where a list was left off, packed into a word that callers only hand back."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from app.domain.listing import Slice
from app.errors import InvalidRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MAX_SLICE = 500
"""Items of a list at a time: a slice of as many comments stays well below a megabyte."""

_MAX_CURSOR_CHARACTERS = 200
"""The longest that is made here has 120; more is not worth decoding."""

MAX_NUMBER = 2**63 - 1
"""The largest number of a page; PostgreSQL refuses to compare with what a column cannot hold."""

MAX_POSITION = 2**31 - 1
"""The last position within a page, likewise."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

RowT = TypeVar("RowT")
ItemT = TypeVar("ItemT")


def encode_cursor(list_name: str, *numbers: int) -> str:
    """Return the cursor that leads on behind the row of these numbers."""
    packed = json.dumps([list_name, *numbers], separators=(",", ":")).encode("ascii")
    return base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def decode_cursor(list_name: str, cursor: str, *, most: Sequence[int]) -> tuple[int, ...]:
    """Return the numbers that `encode_cursor` packed for the same list, none above its `most`.

    Raises:
        InvalidRequest: the cursor was not made here, or for another list.
    """
    match _unpack(cursor):
        case [str(name), *rest]:
            # type(), as True is an int to isinstance()
            numbers = [held for held in rest if type(held) is int]
            shaped = name == list_name and len(numbers) == len(rest) == len(most)
            if shaped and all(abs(held) <= top for held, top in zip(numbers, most, strict=True)):
                return tuple(numbers)
    raise InvalidRequest("expected a cursor as the list before it gave it, got another text")


def _unpack(cursor: str) -> object:
    """Return whatever is packed in `cursor`, None where that is nothing."""
    if len(cursor) > _MAX_CURSOR_CHARACTERS:
        return None
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        return json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        return None


def time_to_number(when: datetime) -> int:
    """Return the microseconds from 1970 to `when`."""
    return (when - _EPOCH) // _MICROSECOND


def number_to_time(microseconds: int) -> datetime:
    """Return the time that is so many microseconds from 1970.

    Raises:
        InvalidRequest: no calendar goes that far; the number came from a forged cursor.
    """
    try:
        return _EPOCH + microseconds * _MICROSECOND
    except OverflowError:
        raise InvalidRequest(
            "expected a cursor as the list before it gave it, got a time out of range"
        ) from None


def check_limit(limit: int) -> None:
    """Do nothing where so many items may be asked for at a time.

    Raises:
        InvalidRequest: `limit` is not in 1 … `MAX_SLICE`.
    """
    if not 1 <= limit <= MAX_SLICE:
        raise InvalidRequest(f"expected a limit from 1 to {MAX_SLICE}, got {limit}")


def slice_of(
    rows: Sequence[RowT],
    *,
    limit: int,
    item_of: Callable[[RowT], ItemT],
    cursor_of: Callable[[RowT], str],
) -> Slice[ItemT]:
    """Return the first `limit` of `rows`, of which one more was asked for to see if there is."""
    shown = rows[:limit]
    more = len(rows) > limit
    return Slice(tuple(map(item_of, shown)), cursor_of(shown[-1]) if more else None)
