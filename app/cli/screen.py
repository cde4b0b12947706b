"""What reaches the screen: hostile text made plain, JSON that a pipe can read, one-line errors."""

from __future__ import annotations

import json
import re
import sys
import unicodedata

import typer

_BLANKS = re.compile(r"\s+")
_BEYOND_ASCII_CONTROLS = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_HIDDEN = {"Cc", "Cs", "Co", "Cn"}
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str, *, limit: int | None = None) -> str:
    """Return the text on one line without what could move a cursor or turn the writing around.

    Longer than `limit` characters it is cut and ends in "…".
    """
    if limit is not None:
        text = text[: 4 * limit]  # white space shrinks; the rest cannot matter
    one_line = _BLANKS.sub(" ", text).strip()
    shown = "".join("\ufffd" if _moves(char) else char for char in one_line)
    if limit is not None and len(shown) > limit:
        return shown[: limit - 1].rstrip() + "…"
    return shown


def write_json(content: object, *, indent: int | None = None) -> None:
    """Write a JSON value and a line break to standard output, in UTF-8 whatever the locale."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=indent)
    # JSON escapes the controls of ASCII by itself; a terminal obeys these as well.
    text = _BEYOND_ASCII_CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    try:
        data = text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair: JSON can only hold it escaped
        data = json.dumps(content, allow_nan=False, indent=indent).encode()
    typer.echo(data)


def complain(message: str) -> None:
    """Write one line about what went wrong to standard error."""
    typer.echo(f"fingerpost: {plain(message)}", err=True)


def on_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout.isatty()


def _moves(char: str) -> bool:
    return char in _DIRECTIONS or unicodedata.category(char) in _HIDDEN
