"""Reads the files that the command line names, standard input among them."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

from app.errors import PageTooLarge

STDIN = "-"


def read_bytes(name: str, *, limit: int) -> bytes:
    """Return what the file `name` holds, or standard input if it is "-".

    Raises:
        PageTooLarge: it holds more than `limit` bytes.
    """
    with nullcontext(sys.stdin.buffer) if name == STDIN else Path(name).open("rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise PageTooLarge(f"expected at most {limit} bytes, got more")
    return data


def say_why(error: Exception) -> str:
    """Return in a few words why a file could not be read or mined."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
