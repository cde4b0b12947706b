"""Repairs what encoding did to a text (mojibake, ligatures, stray controls), and only that.

Curly quotes and dashes are what people typed and stay. Repairing twice changes nothing, so that
a page written as JSON and read again is the same page.
"""

from __future__ import annotations

import re

from ftfy import TextFixerConfig, fix_text

_CONFIG = TextFixerConfig(
    unescape_html=False,  # "&lt;" in a comment may be what its author meant
    uncurl_quotes=False,  # what authors typed
    fix_character_width=False,  # full width is how Chinese and Japanese punctuate
    explain=False,
)

_MOST_ROUNDS = 4
"""No text was seen to need more than two; the bound keeps a contrived one from looping."""

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


def repair_text(text: str, *, unescape: bool = False) -> str:
    """Return `text` without damage; with `unescape`, HTML entities become characters."""
    config = _CONFIG._replace(unescape_html="auto") if unescape else _CONFIG
    for _ in range(_MOST_ROUNDS):
        mended = fix_text(_SURROGATES.sub("\ufffd", text.replace("\x00", "")), config)
        if mended == text:
            break
        text = mended
    return text


def tidy_line(text: str) -> str:
    """Return `text` as one line: white space collapsed, soft hyphens and the like left out."""
    return " ".join(_INVISIBLE.sub("", text).split())


def tidy_lines(text: str) -> str:
    """Return `text` with tidy lines, none empty."""
    lines = (_SPACES.sub(" ", line).strip() for line in _INVISIBLE.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)
