"""Reads values as exports write them: times of several kinds, text that may be missing.

What is not as expected counts as missing: one odd date is no reason to lose a comment.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from app.parsing.instants import parse_html_time
from app.parsing.repair import repair_text, tidy_line

_YEAR_10000 = 253_402_300_800
"""The first second that datetime cannot hold."""


def read_epoch(value: object) -> datetime | None:
    """Return the time of seconds since 1970, given as a number or in digits."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        return None
    if not math.isfinite(seconds) or not 0 < seconds < _YEAR_10000:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def read_time(value: object) -> datetime | None:
    """Return the time that an ISO 8601 date and time names; one without a zone is UTC."""
    if not isinstance(value, str) or value.startswith("0000"):
        return None
    return parse_html_time(value)


def read_mail_date(value: str | None) -> datetime | None:
    """Return the time of a date as in RSS and mail: "Thu, 05 Jan 2012 14:30:46 +0000"."""
    try:
        moment = parsedate_to_datetime(value[:100]) if value else None
    except (ValueError, TypeError, OverflowError):
        return None
    if moment is None:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_name(value: object) -> str | None:
    """Return a name or a title on one line, or None where there is none."""
    return tidy_line(repair_text(value[:2_000])) or None if isinstance(value, str) else None


def read_str(value: object) -> str | None:
    """Return a value that is a string and holds something, or None."""
    return value if isinstance(value, str) and value.strip() else None
