"""What the filters of several lists share: what may be searched for, and who bears a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import InvalidRequest
from app.storage.columns import is_storable, name_key

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from app.storage.tables import ActorNameRow

MAX_FILTER_CHARACTERS = 2_000
"""Longer than any address in use; SQLite gives up on patterns above 50,000 bytes."""


def check_filter(name: str, value: str) -> None:
    """Do nothing where a database can search for `value`.

    Raises:
        InvalidRequest: it is too long, or holds what no stored text can.
    """
    if len(value) > MAX_FILTER_CHARACTERS:
        raise InvalidRequest(
            f"expected at most {MAX_FILTER_CHARACTERS} characters in {name}, got {len(value)}"
        )
    if not is_storable(value):
        raise InvalidRequest(f"expected {name} without NUL characters and lone surrogates, got one")


def names_actor(name: str, names: type[ActorNameRow]) -> ColumnElement[bool]:
    """Return the condition that a row of `names` holds `name`, in any case."""
    return names.name_key == name_key(name)
