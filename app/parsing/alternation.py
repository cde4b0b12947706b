"""Writes many words as one pattern that looks at each letter of a text once, whatever their number.

A plain `a|b|c` tries word after word; here words that begin alike share their beginning.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of `words`, the longest where several do.

    A space in a word stands for any white space; all else is taken literally.
    """
    return _pattern_of(sorted(set(words)))


def _pattern_of(words: list[str]) -> str:
    """The pattern of sorted words, none twice; the empty word makes the others optional."""
    optional = words[0] == ""
    branches = []
    for char, group in groupby(words[optional:], key=lambda word: word[0]):
        rest = _pattern_of([word[1:] for word in group])
        branches.append((r"\s+" if char == " " else re.escape(char)) + rest)
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{joined})?" if optional else joined
