"""Reads the objects of a JSON stream one by one: a line each, or the items of a large array.

A mistake in a line loses that line; a mistake inside an array loses what follows it, since there
is no telling where the next item begins.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

import ijson
from ijson.common import ObjectBuilder

from app.errors import UnreadableArchive
from app.parsing.archives.lines import read_objects
from app.parsing.archives.records import Failure, failure_of

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

_MAX_ITEM_BYTES = 64 * 1024 * 1024
"""What may pass between two items: as much as four pages at their largest."""


_BEGINNINGS = frozenset({"start_map", "start_array"})
_ENDS = frozenset({"end_map", "end_array", "map_key"})


def read_json(stream: io.BufferedReader) -> Iterator[tuple[str, dict[str, object]] | Failure]:
    """Yield the objects of NDJSON, or of one JSON array, with their positions."""
    if stream.peek(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        yield from read_items(stream, "item")
    else:
        yield from read_objects(stream)


def read_items(stream: BinaryIO, *paths: str) -> Iterator[tuple[str, dict[str, object]] | Failure]:
    """Yield the objects at any of `paths` (as ijson has them) of one JSON document.

    The position begins with the path: "comments.item 12".
    """
    counts = dict.fromkeys(paths, 0)
    last = "the beginning"
    guarded = _Guarded(stream)
    try:
        for path, item in _build(guarded, frozenset(paths)):
            counts[path] += 1
            last = f"{path} {counts[path]}"
            guarded.passed = 0
            if isinstance(item, dict):
                yield last, item
            else:
                what = UnreadableArchive(f"expected an object, got a {type(item).__name__}")
                yield failure_of(last, what)
    except UnreadableArchive as error:
        yield failure_of(f"after {last}", error)
    except (ijson.JSONError, ValueError, RecursionError) as error:
        yield failure_of(f"after {last}", _broken(error))


def _build(guarded: _Guarded, paths: frozenset[str]) -> Iterator[tuple[str, object]]:
    """Yield what stands at the paths, built from the events of the parser."""
    builder: ObjectBuilder | None = None
    at = ""
    for prefix, event, value in ijson.parse(guarded, use_float=True):
        if builder is None and prefix in paths and event not in _ENDS:
            builder, at = ObjectBuilder(), prefix
        if builder is not None:
            builder.event(event, value)
            if prefix == at and event not in _BEGINNINGS and event != "map_key":
                yield at, builder.value
                builder = None


def read_members(stream: BinaryIO, path: str) -> Iterator[tuple[str, Any]]:
    """Yield the keys and values of the object at `path` of one JSON document.

    Raises:
        UnreadableArchive: it is no JSON, or a value is larger than is read.
    """
    guarded = _Guarded(stream)
    try:
        for key, value in ijson.kvitems(guarded, path, use_float=True):
            guarded.passed = 0
            yield str(key), value
    except (ijson.JSONError, ValueError, RecursionError) as error:
        raise _broken(error) from error


def _broken(error: Exception) -> UnreadableArchive:
    words = json.dumps(" ".join(str(error).split())[:80])
    return UnreadableArchive(f"expected JSON, got a mistake: {words}")


class _Guarded:
    """Lets only so many bytes pass until somebody has taken an item and set `passed` to 0."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.passed = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.passed += len(data)
        if self.passed > _MAX_ITEM_BYTES:
            raise UnreadableArchive(
                f"expected items of at most {_MAX_ITEM_BYTES} bytes, got a larger one"
            )
        return data
