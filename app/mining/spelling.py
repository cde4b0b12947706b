"""Says whether two words are spellings of one name: Quds and Qods, Hagemans and Hagermans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Sequence

_TRANSLITERATIONS = (
    (re.compile(r"^(?:al|el|ash|as|ad|ar|at|an)(?=[bcdfghjklmnpqrstvwxyz]{2}|[qh])"), ""),
    (re.compile(r"ou|oo|u|o|w(?![aeiou])"), "u"),
    (re.compile(r"ee|ei|ie|ai|ae|ay|e|i|y"), "i"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh|q|ck|c(?![hei])"), "k"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"dh|dj"), "d"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=[aiu])h$"), ""),
)
"""Letters that transcriptions from Arabic, Persian, Hebrew and Cyrillic scripts use for one sound,
in the order in which they are put into one: Hezbollah and Hizbullah both become hizbula."""

_MIN_SOUND = 4
"""Letters that a word has to keep for its sound to tell it from others: Quds, but not Ben."""

_MIN_HEARD = 7
"""Sounds from which one may be another: Jundallah, Jondollah."""

_MIN_TYPED = 6
"""Letters from which one added, dropped or swapped letter is a slip: Orrin, Takemori."""

_MIN_CHANGED = 8
"""Letters from which one exchanged letter is a slip: at 6 it is Harper and Harker."""

_MAX_LONGER = 3
"""Letters by which one spelling is longer: "kh", "ou" and "ll" add one each."""

_DIGIT = re.compile(r"\d")


def sound_of(word: str) -> str:
    """Return the folded `word` as it sounds, whichever way it was transcribed."""
    for pattern, letter in _TRANSLITERATIONS:
        word = pattern.sub(letter, word)
    return word


def is_spelling_of(one: str, other: str) -> bool:
    """Whether two folded words are spellings of the same name; different numbers never are."""
    if one == other:
        return True
    if one[:1] != other[:1] or _DIGIT.search(one) or _DIGIT.search(other):
        return False
    if abs(len(one) - len(other)) > _MAX_LONGER:
        return False
    sound, other_sound = sound_of(one), sound_of(other)
    if sound == other_sound:
        return len(sound) >= _MIN_SOUND
    if min(len(sound), len(other_sound)) >= _MIN_HEARD and sound[-1] == other_sound[-1]:
        return OSA.distance(sound, other_sound, score_cutoff=1) <= 1
    return _is_slip(one, other)


def _is_slip(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < _MIN_TYPED - 1 or OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    # One letter at the end is a plural, a case ending or another name: Houthi, Houthis.
    if one[:-1] == other or other[:-1] == one:
        return shorter >= _MIN_CHANGED and max(one, other, key=len)[-1] != "n"
    is_exchange = len(one) == len(other) and sorted(one) != sorted(other)
    return shorter >= (_MIN_CHANGED if is_exchange else _MIN_TYPED)


def are_spellings(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two names are spelt alike word for word."""
    return len(some) == len(others) and all(map(is_spelling_of, some, others))
