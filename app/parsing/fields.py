"""Reads fields of untrusted JSON one by one; a problem names the field's path and what came."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn

from app.errors import InvalidPage, UnreadablePage
from app.parsing.instants import parse_rfc3339
from app.parsing.repair import repair_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

MAX_ID_CHARS = 200
"""Ids are keys in the store and stand in addresses; no platform's are half as long."""

_UNSAFE_IN_ID = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def load_json(text: str) -> object:
    """Return what a JSON text says, refusing what JSON leaves open: keys twice, NaN, infinity.

    Raises:
        UnreadablePage: it is no JSON, or is nested too deeply.
    """
    try:
        return json.loads(text, object_pairs_hook=_object_once, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise UnreadablePage(
            f"expected JSON, got a mistake at line {error.lineno} column {error.colno}: {error.msg}"
        ) from error
    except ValueError as error:  # Python refuses integers of thousands of digits
        raise UnreadablePage("expected JSON with numbers of ordinary length") from error
    except RecursionError as error:
        raise UnreadablePage("expected JSON of ordinary depth, got it nested too deeply") from error


def _object_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise UnreadablePage(f"expected each key of an object once, got {key[:60]!r} twice")
            seen.add(key)
    return found


def _refuse_constant(constant: str) -> NoReturn:
    raise UnreadablePage(f"expected JSON, got {constant}, which JSON does not know")


def refuse(path: str, expected: str, value: object) -> NoReturn:
    """Raise InvalidPage that says what was expected at `path`, and what came."""
    raise InvalidPage(f"{path}: expected {expected}, got {describe(value)}")


def describe(value: object) -> str:
    """Return a few words for a JSON value that do not repeat much of it."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return "a number"
        case str():
            return repr(value if len(value) <= 60 else value[:60] + "…")  # noqa: PLR2004 - an excerpt
        case list():
            return "a list"
        case _:
            return "an object"


def read_object(value: object, path: str) -> Mapping[str, object]:
    """Return `value` as an object."""
    if not isinstance(value, dict):
        refuse(path, "an object", value)
    return value


def read_list(value: object, path: str) -> Sequence[object]:
    """Return `value` as a list."""
    if not isinstance(value, list):
        refuse(path, "a list", value)
    return value


def read_text(value: object, path: str) -> str:
    """Return `value` as a repaired text."""
    if not isinstance(value, str):
        refuse(path, "a string", value)
    return repair_text(value)


def read_optional_text(value: object, path: str) -> str | None:
    """Return `value` as a repaired text; null and white space are None."""
    if value is None:
        return None
    text = read_text(value, path)
    return text if text.strip() else None


def read_optional_id(value: object, path: str) -> str | None:
    """Return `value` as an id, exactly as it was given."""
    if value is None:
        return None
    if not isinstance(value, str):
        refuse(path, "a string or null", value)
    if not value.strip() or len(value) > MAX_ID_CHARS:
        refuse(path, f"an id of 1 to {MAX_ID_CHARS} characters", value)
    if _UNSAFE_IN_ID.search(value):
        refuse(path, "an id without control characters or lone surrogates", value)
    return value


def read_optional_time(value: object, path: str) -> datetime | None:
    """Return `value` as a point in time."""
    if value is None:
        return None
    moment = parse_rfc3339(value) if isinstance(value, str) else None
    if moment is None:
        refuse(path, 'an RFC 3339 time such as "2024-05-17T08:30:00Z"', value)
    return moment
