"""Which language a comment is in, as far as that can be told of so few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import parsing
from app.service.cautions import ENOUGH_LETTERS, READ

if TYPE_CHECKING:
    from collections.abc import Sequence

_LAST_LATIN = "\u024f"


def find_language(text: str) -> str | None:
    """Return the language of `text`, or None where nobody can tell.

    Few words in Latin letters count as English: to refuse them would refuse most short replies.
    """
    letters = [char for char in text if char.isalpha()]
    if len(letters) >= ENOUGH_LETTERS:
        return parsing.language.identify_language(text)
    is_latin = sum(char <= _LAST_LATIN for char in letters) * 2 > len(letters)
    return READ if letters and is_latin else None


def is_read(languages: Sequence[str]) -> bool:
    """Whether all the languages, tags such as "en" or "en-GB", are read here."""
    return all(parsing.language.declared_language(language) == READ for language in languages)
