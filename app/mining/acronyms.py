"""Says whether a short name is the initials of a long one, and finds glosses that say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.page import Span
from app.mining.names import SMALL_WORDS, fold_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.mining.names import Name

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[\s\-‐‑–/&]+")
_MAX_LETTERS = 8
_MIN_CAPITALS = 2
_BRACKET = re.compile(r"\(\s*[“\"'‘]?(?:the )?([A-Z][\w&.\-]{1,9})[”\"'’]?\s*[);,]")
_CLAUSE_END = re.compile(r"[(),;:!?\n“”\"]|\.\s")
_WORD = re.compile(r"\S+")
_LOOK_BACK = 120
"""Code points before a bracket in which its long form is looked for: ten words of 12 letters."""


def looks_like_acronym(text: str) -> bool:
    """Whether `text` is one word with at least two capitals that make up half of it or more."""
    letters = [char for char in text if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    return (
        len(text.split()) == 1
        and _MIN_CAPITALS <= len(letters) <= _MAX_LETTERS
        and capitals >= _MIN_CAPITALS
        and capitals * 2 >= len(letters)
    )


def abbreviates(short: Name, long: Name) -> bool:
    """Whether `short` is made of the initials of `long`; small words may count or be left out.

    "AQI" abbreviates "al Qaeda in Iraq", "MoD" "Ministry of Defence", "BFE" "BrightField Events".
    """
    if not looks_like_acronym(short.text) or len(long.content) + len(long.words) < 3:  # noqa: PLR2004 - two words, or one with a small word before it
        return False
    letters = "".join(char for char in fold_word(short.text) if char.isalnum())
    parts = [part for part in _CAMEL.split(long.text) if fold_word(part)]
    return _are_initials(letters, [fold_word(part) for part in parts])


def _are_initials(letters: str, words: Sequence[str]) -> bool:
    # `ends` holds how many letters may be used up after each word; a small word may use none.
    ends = {0}
    for at, word in enumerate(words):
        used = {end + 1 for end in ends if end < len(letters) and word.startswith(letters[end])}
        skips = word in SMALL_WORDS or (at == 0 and word == "the")
        ends = used | ends if skips else used
    return len(letters) in ends and len(letters) > 1


@dataclass(frozen=True, slots=True)
class Bracket:
    """An acronym in brackets, and the long form that its letters find before it, if they do.

    `end_before` is where the words before the bracket end.
    """

    short: Span
    long: Span | None
    end_before: int


def find_brackets(text: str) -> Iterator[Bracket]:
    """Yield each acronym in brackets with the long form right before it.

    Source: Schwartz and Hearst 2003, "A simple algorithm for identifying abbreviation
    definitions in biomedical text": the letters of the short form are looked for from its end in
    the words before the bracket, the first one at the beginning of a word.
    """
    for match in _BRACKET.finditer(text):
        if looks_like_acronym(match.group(1)):
            before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
            end = match.start() - len(before) + len(before.rstrip())
            yield Bracket(Span(*match.span(1)), _long_form(text, match.group(1), end), end)


def _long_form(text: str, short: str, end: int) -> Span | None:
    letters = [char.lower() for char in short if char.isalnum()]
    clause = _CLAUSE_END.split(text[max(0, end - _LOOK_BACK) : end])[-1]
    words = list(_WORD.finditer(clause))[-min(len(letters) + 5, len(letters) * 2) :]
    at = len(clause)
    for position, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= 0 and not (
            clause[at].lower() == letter
            and (position > 0 or at == 0 or not clause[at - 1].isalnum())
        ):
            at -= 1
    if at < 0 or not words or at < words[0].start():
        return None
    # What has hardly more letters than its abbreviation explains nothing.
    if len(clause) - at <= len(letters) + 1:
        return None
    return Span(end - len(clause) + at, end)


def shares_initials(short: str, long: Name) -> bool:
    """Whether the initials of `long`, two at least, stand in this order in the acronym."""
    letters = iter(short.lower())
    return len(long.content) > 1 and all(word[0] in letters for word in long.content)
