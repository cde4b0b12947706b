"""Reads JSONL: one page of the contract a line, as `POST /v1/pages` takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from app.errors import InputError, UnreadableArchive
from app.parsing.archives.lines import read_lines
from app.parsing.archives.records import Entry, failure_of
from app.parsing.page import MAX_PAGE_BYTES, parse_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.parsing.archives.records import Record


def read(stream: BinaryIO) -> Iterator[Record]:
    """Yield the page of each line, and what could not be read; blank lines are passed over."""
    for number, line in read_lines(stream):
        position = f"line {number}"
        if line is None:
            problem = f"expected lines of at most {MAX_PAGE_BYTES} bytes, got a longer one"
            yield failure_of(position, UnreadableArchive(problem))
        elif line.strip():
            try:
                yield Entry(position, parse_page(line, content_type="application/json"))
            except InputError as error:
                yield failure_of(position, error)
