"""Judges whether a text was read in the right charset, by the words with letters beyond ASCII.

Read in a wrong one, words mix scripts, are all accents, or have signs for letters.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+")
_SIGN_INSIDE = re.compile(r"[^\W\d_][¡-©«-´¶-¹»-¿×÷‚„†‡‰‹›˜€™][^\W\d_]")
_REPLACED = re.compile("[\ufffd\x80-\x9f]")
_MOST_CHARS = 200_000
_MOST_WORDS = 2_000
"""Beyond so much the judgement does not change."""

_WRONG = 0.3
"""Share of odd words. Of 22 languages none read rightly has any; read in the charset of another
script most have more than half (of 38 texts in 24 charsets each)."""

_LEAST_WORDS = 3


def looks_misread(text: str) -> bool:
    """Return whether `text` was in all likelihood read in a wrong charset."""
    head = text[:_MOST_CHARS]
    found = (word for word in _WORD.findall(head) if not word.isascii())
    words = [word for _, word in zip(range(_MOST_WORDS), found, strict=False)]
    wrong = len(_REPLACED.findall(head)) + len(_SIGN_INSIDE.findall(head))
    odd = sum(map(_is_odd, words)) + wrong
    return odd >= _LEAST_WORDS and odd >= _WRONG * (len(words) + wrong)


def _is_odd(word: str) -> bool:
    """Whether a word mixes scripts, changes case within, or is nearly all accents."""
    beyond = [char for char in word if char > "\x7f"]
    scripts = {_script_of(char) for char in word}
    if len(scripts) > 1:
        return not scripts <= _EASTERN
    if scripts == {"LATIN"} and len(word) > 3:  # noqa: PLR2004 - "été" is a word
        if len(beyond) > 0.6 * len(word):
            return True
        return not (word.islower() or word.isupper() or word[1:].islower())
    if scripts in ({"CYRILLIC"}, {"GREEK"}) and len(word) > 3:  # noqa: PLR2004 - as above
        return not (word.islower() or word.isupper() or word[1:].islower())
    return False


_EASTERN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL"})


def _script_of(char: str) -> str:
    if char < "\x80":
        return "LATIN"
    return unicodedata.name(char, "UNNAMED").partition(" ")[0]
