"""Marks piled on one letter, as no writing has them: to put them in order is what costs.

Normalization (NFC, NFKC) sorts the marks of a letter, in a time that grows with their square:
80,000 of them take five seconds, 400,000 minutes.

Source: Unicode's stream-safe text format (UAX 15), which has at most 30 marks a letter.
"""

from __future__ import annotations

import re
from unicodedata import combining

MOST_MARKS = 30
"""Marks of one letter that any writing needs, by UAX 15."""

_SIGNS = re.compile(rf"[^\w\s]{{{MOST_MARKS + 1},}}")
"""Where a pile stands, if anywhere: no mark is a letter, a digit or white space."""


def has_piles(text: str) -> bool:
    """Whether a letter of the text has more marks than any writing needs."""
    return any(_marks_in(found[0]) > MOST_MARKS for found in _SIGNS.finditer(text))


def without_piles(text: str) -> str:
    """Return the text without the marks of letters that have more than any writing needs."""
    return _SIGNS.sub(_without_pile, text)


def _without_pile(found: re.Match[str]) -> str:
    signs = found[0]
    if _marks_in(signs) <= MOST_MARKS:
        return signs
    return "".join(char for char in signs if not combining(char))


def _marks_in(signs: str) -> int:
    return 0 if signs.isascii() else sum(map(bool, map(combining, signs)))
