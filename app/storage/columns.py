"""What a column can hold: times as instants with the writer's offset, texts, keys to search by.

Times are compared as instants, in UTC; the offset at which a time was written is kept beside
it, so that a page comes back with the clock readings it went in with.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, overload

from sqlalchemy import DateTime
from sqlalchemy.types import TypeDecorator

from app.domain.naming import fold, without_article

if TYPE_CHECKING:
    from sqlalchemy import Dialect

KEY_LENGTH = 200
"""Characters of a name or an address that are indexed: PostgreSQL's B-trees take up to 2,704
bytes an entry, and a character takes up to four."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL refuses NUL in text, and lone surrogates have no UTF-8."""


class Instant(TypeDecorator[datetime]):
    """A moment, in UTC on the way in and on the way out, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return `value` in UTC; SQLite drops the zone and keeps the reading."""
        del dialect
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored moment with its zone."""
        del dialect
        if value is None or value.tzinfo is not None:
            return value if value is None else value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


@overload
def split_time(when: datetime) -> tuple[datetime, int | None]: ...
@overload
def split_time(when: None) -> tuple[None, None]: ...
@overload
def split_time(when: datetime | None) -> tuple[datetime | None, int | None]: ...
def split_time(when: datetime | None) -> tuple[datetime | None, int | None]:
    """Return the instant of `when` and its offset from UTC in seconds, None where it has none.

    A time without an offset is taken as UTC and comes back without one.

    Raises:
        ValueError: in UTC, `when` is not within the years 1 to 9999.
    """
    if when is None:
        return None, None
    offset = when.utcoffset()
    reading = when.replace(tzinfo=UTC)
    if offset is None:
        return reading, None
    try:
        return reading - offset, int(offset.total_seconds())
    except OverflowError:
        raise ValueError(
            f"expected a time within the years 1 to 9999 in UTC, got {when.isoformat()}"
        ) from None


@overload
def join_time(instant: datetime, offset_s: int | None) -> datetime: ...
@overload
def join_time(instant: datetime | None, offset_s: int | None) -> datetime | None: ...
def join_time(instant: datetime | None, offset_s: int | None) -> datetime | None:
    """Return the time that `split_time` took apart."""
    if instant is None:
        return None
    if offset_s is None:
        return instant.replace(tzinfo=None)
    return instant.astimezone(timezone(timedelta(seconds=offset_s)) if offset_s else UTC)


def is_storable(text: str) -> bool:
    """Whether every database can hold `text`: no NUL and no lone surrogate in it."""
    return _UNSTORABLE.search(text) is None


def name_key(name: str) -> str:
    """Return what a name is found by: any case, without a leading article."""
    return fold(without_article(name))[:KEY_LENGTH]


def url_key(url: str | None) -> str | None:
    """Return what an address is found by."""
    return None if url is None else url[:KEY_LENGTH]
