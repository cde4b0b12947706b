"""Reads a file that is one saved page: HTML, text or the contract's JSON; folders hold many."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from app.errors import InputError
from app.parsing.archives.records import Entry, failure_of
from app.parsing.page import MAX_PAGE_BYTES, parse_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.parsing.archives.records import Record

_WHOLE = "whole file"


def read(stream: BinaryIO) -> Iterator[Record]:
    """Yield the page that the stream holds, or why it holds none."""
    try:
        yield Entry(_WHOLE, parse_page(stream.read(MAX_PAGE_BYTES + 1)))
    except InputError as error:
        yield failure_of(_WHOLE, error)
