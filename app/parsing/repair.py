"""Repairs what encoding did to a text (mojibake, ligatures, stray controls), and only that.

Curly quotes and dashes are what people typed and stay. Repairing twice changes nothing, so that
a page written as JSON and read again is the same page. Only lines that look damaged are handed
to the library that mends them: nearly all text is sound, and to see so takes a hundredth of the
time.
"""

from __future__ import annotations

import re
from functools import partial
from unicodedata import is_normalized

from ftfy import TextFixerConfig, fix_text
from ftfy.badness import is_bad

from app.domain.marks import has_piles

_CONFIG = TextFixerConfig(
    unescape_html=False,  # "&lt;" in a comment may be what its author meant
    uncurl_quotes=False,  # what authors typed
    fix_character_width=False,  # full width is how Chinese and Japanese punctuate
    explain=False,
)

_MOST_ROUNDS = 4
"""No text was seen to need more than two; the bound keeps a contrived one from looping."""

_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u206a-\u206f\ufeff\ufff9-\ufffc"  # controls
    "\u0132\u0133\u0149\u01c4-\u01cc\u01f1-\u01f3\ufb00-\ufb06"  # ligatures
    "\ud800-\udfff]|\n[ÃÂ] "  # mojibake that only the beginning of a line betrays
)
_QUIET = re.compile("[\n\t -~‘’“”–—…]*")
"""What no mojibake is made of without other characters beside it."""

_BEYOND = "\x80-\u058f\u1e00-\u2fff\ue000-\U0010ffff"
_PAIR = re.compile(f"[{_BEYOND}]{{2}}|[Œœ][^A-Za-z]|[ÃÂ] ")
"""Without one of these ftfy sees nothing bad, and to look takes a tenth of the time: what it
looks for are characters beyond ASCII that stand together, and a few before a space."""

_LINE_BREAKS = re.compile("\r\n?|[\u2028\u2029]")
_ENTITY = re.compile(r"&#?\w")
_NESTED_AMPERSAND = re.compile(r"&(?:(?:amp|#0{0,9}38|#x0{0,9}26);){2,}", re.IGNORECASE)
"""An ampersand escaped again and again, which would cost a round of unescaping each."""

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


def repair_text(text: str, *, unescape: bool = False) -> str:
    """Return `text` without damage; with `unescape`, HTML entities become characters."""
    text = _LINE_BREAKS.sub("\n", text)
    if unescape:
        text = _NESTED_AMPERSAND.sub("&amp;", text)
    if _is_sound(text, unescape=unescape):
        return text
    return "\n".join(map(partial(_repair_line, unescape=unescape), text.split("\n")))


def _repair_line(line: str, *, unescape: bool) -> str:
    config = _CONFIG._replace(unescape_html="auto") if unescape else _CONFIG
    if has_piles(line):
        config = config._replace(normalization=None)
    for _ in range(_MOST_ROUNDS):
        if _is_sound(line, unescape=unescape):
            break
        mended = fix_text(_SURROGATES.sub("\ufffd", line.replace("\x00", "")), config)
        if mended == line:
            break
        line = mended
    return line


def _is_sound(text: str, *, unescape: bool) -> bool:
    """Whether nothing in `text` is of the kind that repairing changes."""
    if unescape and _ENTITY.search(text):
        return False
    if _QUIET.fullmatch(text):
        return True
    if _SUSPECT.search(text) or (_PAIR.search(text) and is_bad(text)):
        return False
    return is_normalized("NFC", text)


def tidy_line(text: str) -> str:
    """Return `text` as one line: white space collapsed, soft hyphens and the like left out."""
    return " ".join((text if text.isascii() else _INVISIBLE.sub("", text)).split())


def tidy_lines(text: str) -> str:
    """Return `text` with tidy lines, none empty."""
    lines = (_SPACES.sub(" ", line).strip() for line in _INVISIBLE.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)
