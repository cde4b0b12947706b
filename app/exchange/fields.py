"""Reads fields of others' JSON one by one; a refusal names the field's path and what came."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, NoReturn

from app.errors import UnreadablePage
from app.exchange.attributes import MAX_ID_CHARS
from app.exchange.times import parse_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

_MAX_ID_BITS = 3 * MAX_ID_CHARS
"""A number of so many bits has fewer digits than an id may have; Python refuses to write out
numbers of more than 4,300 digits."""


def load_json(data: bytes) -> object:
    """Return what bytes of JSON say.

    Raises:
        UnreadablePage: they are no JSON, not in UTF-8, nested too deeply, or hold NaN.
    """
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise UnreadablePage("expected JSON in UTF-8, got other bytes") from error
    except json.JSONDecodeError as error:
        raise UnreadablePage(
            f"expected JSON, got a mistake at line {error.lineno} column {error.colno}: {error.msg}"
        ) from error
    except ValueError as error:  # Python refuses integers of thousands of digits
        raise UnreadablePage("expected JSON with numbers of ordinary length") from error
    except RecursionError as error:
        raise UnreadablePage("expected JSON of ordinary depth, got it nested too deeply") from error


def _refuse_constant(constant: str) -> NoReturn:
    raise UnreadablePage(f"expected JSON, got {constant}, which JSON does not know")


def as_object(value: object, path: str) -> Mapping[str, object]:
    """Return the value as an object."""
    if not isinstance(value, dict):
        refuse(path, "an object", value)
    return value


def as_list(value: object, path: str) -> Sequence[object]:
    """Return the value as a list."""
    if not isinstance(value, list):
        refuse(path, "a list", value)
    return value


def as_id(value: object, path: str) -> str:
    """Return an id as text, whether it came as a number or as text."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        refuse(path, "a number or text", value)
    if isinstance(value, int) and value.bit_length() > _MAX_ID_BITS:
        raise UnreadablePage(f"{path}: expected an id of at most {MAX_ID_CHARS} digits, got more")
    text = str(value)
    if len(text) > MAX_ID_CHARS:
        raise UnreadablePage(
            f"{path}: expected an id of at most {MAX_ID_CHARS} characters, got {len(text)}"
        )
    return text


def as_text(value: object, path: str) -> str:
    """Return the value as text."""
    if not isinstance(value, str):
        refuse(path, "text", value)
    return value


def as_optional_text(value: object, path: str) -> str | None:
    """Return the value as text, null as None."""
    return None if value is None else as_text(value, path)


def as_optional_time(value: object, path: str) -> datetime | None:
    """Return the value as a point in time, null as None."""
    if value is None:
        return None
    try:
        return parse_time(as_text(value, path))
    except ValueError as error:
        raise UnreadablePage(f"{path}: expected an RFC 3339 time, got {value!r:.100}") from error


def as_number(value: object, path: str) -> float:
    """Return the value as a number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        refuse(path, "a number", value)
    try:
        number = float(value)
    except OverflowError as error:
        raise UnreadablePage(f"{path}: expected a number that a float can hold") from error
    if not math.isfinite(number):  # JSON's 1e999
        raise UnreadablePage(f"{path}: expected a number that a float can hold")
    return number


def as_optional_number(value: object, path: str) -> float | None:
    """Return the value as a number, null as None."""
    return None if value is None else as_number(value, path)


def as_truth(value: object, path: str) -> bool:
    """Return the value as true or false."""
    if not isinstance(value, bool):
        refuse(path, "true or false", value)
    return value


def as_optional_truth(value: object, path: str) -> bool | None:
    """Return the value as true or false, null as None."""
    return None if value is None else as_truth(value, path)


def refuse(path: str, expected: str, value: object) -> NoReturn:
    """Raise UnreadablePage that says what was expected at `path`, and what came."""
    raise UnreadablePage(f"{path}: expected {expected}, got {_few_words(value)}")


def _few_words(value: object) -> str:
    match value:
        case list():
            return "a list"
        case dict():
            return "an object"
        case int() if not isinstance(value, bool):  # it may have too many digits to be written
            return "a number"
        case _:
            return f"{value!r:.100}"
