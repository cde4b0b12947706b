"""A node's attributes by name and type, for forms that hold names and values: one table for all."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from app.domain.graph import About, Node, NodeKind
from app.errors import UnreadablePage
from app.exchange.times import parse_time, rfc3339

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Value = str | float | bool
"""What an attribute holds; a time is text by RFC 3339."""

MAX_ID_CHARS = 1_000
"""Ids of nodes are made of ids of comments and actors, of up to 200 characters each, some escaped
to three times their length; a longer one was not made here and would only fill the memory."""

TRUTHS = {"true": True, "false": False}
"""Truth values as XML Schema writes them, which every form here takes over."""

_Word = TypeVar("_Word", bound=StrEnum)


class ValueType(StrEnum):
    """What an attribute's text means, by the names that GraphML has for it."""

    TEXT = "string"
    NUMBER = "double"
    TRUTH = "boolean"


ATTRIBUTES: Mapping[str, ValueType] = {
    "kind": ValueType.TEXT,
    "text": ValueType.TEXT,
    "about": ValueType.TEXT,
    "scheme": ValueType.TEXT,
    "ref": ValueType.TEXT,
    "author": ValueType.TEXT,
    "created_at": ValueType.TEXT,
    "probability": ValueType.NUMBER,
    "certain": ValueType.TRUTH,
    "role": ValueType.TEXT,
}
"""Everything that a node holds beside its id, in the order in which it is written."""


def attributes_of(node: Node) -> dict[str, Value]:
    """Return the node's attributes; those that it lacks are left out."""
    values: dict[str, Value | None] = {
        "kind": node.kind.value,
        "text": node.text,
        "about": node.about.value,
        "scheme": node.scheme,
        "ref": node.ref,
        "author": node.author,
        "created_at": None if node.created_at is None else rfc3339(node.created_at),
        "probability": node.probability,
        "certain": node.certain,
        "role": node.role,
    }
    return {name: value for name, value in values.items() if value is not None}


def text_of(value: Value) -> str:
    """Return an attribute's value as text that `node_of_texts` reads back."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case _:
            return repr(float(value))


def node_of_texts(node_id: str, texts: Mapping[str, str], path: str) -> Node:
    """Return the node that these texts describe; what is no attribute is passed over.

    Raises:
        UnreadablePage: an attribute is missing or not of its type; `path` says where.
    """
    return Node(
        id=checked_id(node_id, path),
        kind=word(NodeKind, texts.get("kind"), f"{path}.kind"),
        text=texts.get("text", ""),
        about=word(About, texts.get("about"), f"{path}.about"),
        scheme=texts.get("scheme"),
        ref=texts.get("ref"),
        author=texts.get("author"),
        created_at=_time(texts.get("created_at"), f"{path}.created_at"),
        probability=_number(texts.get("probability"), f"{path}.probability"),
        certain=_truth(texts.get("certain"), f"{path}.certain"),
        role=texts.get("role"),
    )


def checked_id(value: str | None, path: str) -> str:
    """Return the id of a node, refusing one that is missing or too long."""
    if value is None:
        raise UnreadablePage(f"{path}: expected an id, got none")
    if len(value) > MAX_ID_CHARS:
        raise UnreadablePage(
            f"{path}: expected an id of at most {MAX_ID_CHARS} characters, got {len(value)}"
        )
    return value


def word(words: type[_Word], value: object, path: str) -> _Word:
    """Return the member of that value, refusing one that is none."""
    for each in words:
        if each.value == value:
            return each
    known = " or ".join(each.value for each in words)
    raise UnreadablePage(f"{path}: expected {known}, got {value!r:.100}")


def _time(text: str | None, path: str) -> datetime | None:
    if text is None:
        return None
    try:
        return parse_time(text)
    except ValueError as error:
        raise UnreadablePage(f"{path}: expected an RFC 3339 time, got {text!r:.100}") from error


def _number(text: str | None, path: str) -> float | None:
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError as error:
        raise UnreadablePage(f"{path}: expected a number, got {text!r:.100}") from error
    if not math.isfinite(number):
        raise UnreadablePage(f"{path}: expected a number, got {text!r:.100}")
    return number


def _truth(text: str | None, path: str) -> bool | None:
    if text is None:
        return None
    if text not in TRUTHS:
        raise UnreadablePage(f"{path}: expected true or false, got {text!r:.100}")
    return TRUTHS[text]
