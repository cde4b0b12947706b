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
_ENDS = frozenset({"end_map", "end_array"})
_MAX_DEPTH = 200
"""No export is nested a tenth as deep."""

_MAX_PATH = 3
"""Exports hold their items in an array at the top, or one below."""


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
    at, depth_of_item = "", 0
    for path, depth, event, value in _walk(guarded):
        if builder is None and path in paths and event not in _ENDS and event != "map_key":
            builder, at, depth_of_item = ObjectBuilder(), path, depth
        if builder is not None:
            builder.event(event, value)
            if depth == depth_of_item and event not in _BEGINNINGS and event != "map_key":
                yield at, builder.value
                builder = None


def _walk(guarded: _Guarded) -> Iterator[tuple[str, int, str, object]]:
    """Yield the parser's events with their depth, and with their path where it is short.

    ijson's own paths are as long as the nesting is deep, for every event: hostile input would
    fill memory with them.
    """
    path: list[str] = []
    for event, value in ijson.basic_parse(guarded, use_float=True):
        if event == "map_key":
            path[-1] = str(value)
        elif event in _ENDS:
            path.pop()
        short = ".".join(path) if len(path) <= _MAX_PATH else ""
        yield short, len(path), event, value
        if event in _BEGINNINGS:
            path.append("item" if event == "start_array" else "")
            if len(path) > _MAX_DEPTH:
                raise UnreadableArchive(
                    f"expected JSON at most {_MAX_DEPTH} deep, got it nested deeper"
                )


def read_members(stream: BinaryIO) -> Iterator[tuple[str, Any]]:
    """Yield the keys and values of a JSON document that is one object.

    Raises:
        UnreadableArchive: it is no JSON, or a value is larger than is read.
    """
    guarded = _Guarded(stream)
    builder: ObjectBuilder | None = None
    key = ""
    try:
        for _, depth, event, value in _walk(guarded):
            if event == "map_key" and depth == 1:
                builder, key = ObjectBuilder(), str(value)
            elif builder is not None:
                builder.event(event, value)
                if depth == 1 and event not in _BEGINNINGS:
                    guarded.passed = 0
                    yield key, builder.value
                    builder = None
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
