"""Writes and reads points in time as RFC 3339."""

from __future__ import annotations

from datetime import UTC, datetime


def rfc3339(value: datetime) -> str:
    """Return the time in UTC with Z; a time without a zone is taken to be UTC."""
    try:
        return in_utc(value).replace(tzinfo=None).isoformat() + "Z"
    except OverflowError:  # the first or last day that datetime knows, in a zone off UTC
        return value.isoformat()


def parse_time(text: str) -> datetime:
    """Return the time that a text in RFC 3339 or ISO 8601 gives; one without a zone is in UTC.

    Raises:
        ValueError: it is none.
    """
    value = datetime.fromisoformat(text)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value


def in_utc(value: datetime) -> datetime:
    """Return the time in UTC; one without a zone is taken to be UTC.

    Raises:
        OverflowError: it has no equal in UTC between the years 1 and 9999.
    """
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
