"""Cuts a stream into lines of bounded length, and lines of JSON into objects."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app.errors import UnreadableArchive
from app.parsing.archives.records import Failure, failure_of
from app.parsing.page import MAX_PAGE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_BOM = b"\xef\xbb\xbf"


def read_lines(
    stream: BinaryIO, *, limit: int = MAX_PAGE_BYTES
) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line with its number from 1; None in place of one of more than `limit` bytes."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit + 1)
            yield number, None
        else:
            yield number, line.removeprefix(_BOM) if number == 1 else line


def read_objects(stream: BinaryIO) -> Iterator[tuple[str, dict[str, object]] | Failure]:
    """Yield the JSON object of each line with its position; blank lines are passed over."""
    for number, line in read_lines(stream):
        position = f"line {number}"
        if line is not None and not line.strip():
            continue
        try:
            if line is None:
                raise UnreadableArchive(  # noqa: TRY301 - one way to report what is wrong with a line
                    f"expected lines of at most {MAX_PAGE_BYTES} bytes, got a longer one"
                )
            yield position, _load_object(line)
        except UnreadableArchive as error:
            yield failure_of(position, error)


def _load_object(line: bytes) -> dict[str, object]:
    try:
        value = json.loads(line.decode("utf-8", "replace"))
    except json.JSONDecodeError as error:
        raise UnreadableArchive(
            f"expected a JSON object a line, got a mistake at column {error.colno}: {error.msg}"
        ) from error
    except ValueError as error:  # Python refuses integers of thousands of digits
        raise UnreadableArchive("expected JSON with numbers of ordinary length") from error
    except RecursionError as error:
        raise UnreadableArchive("expected JSON of ordinary depth, got it nested deeper") from error
    if not isinstance(value, dict):
        raise UnreadableArchive(f"expected a JSON object a line, got a {type(value).__name__}")
    return value
