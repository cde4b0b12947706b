"""Names the language of a text, offline."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_MOST_CHARACTERS = 10_000
"""More than this changes no answer, it only costs time."""

_LEAST_LETTERS = 24
"""Shorter texts are named at random ("hi lol" is Zulu to the identifier)."""

_NO_LANGUAGE = frozenset({"zxx", "und", "mul", "xx"})

_TAG = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_].*)?\s*\Z")


def declared_language(tag: str | None) -> str | None:
    """Return the primary language of a tag such as "en-US", or None if it is no tag."""
    match = _TAG.match(tag[:40]) if tag else None
    return match.group(1).lower() if match else None


def identify_language(text: str) -> str | None:
    """Return the language of `text` as an ISO 639 code, or None where there is too little of it."""
    head = text[:_MOST_CHARACTERS]
    if sum(map(str.isalpha, head)) < _LEAST_LETTERS:
        return None
    language = str(_identifier().classify(head)[0])
    return None if language in _NO_LANGUAGE else language


@cache
def _identifier() -> LanguageIdentifier:
    """Load the identifier at its first use: it takes a second, and JSON may never need it."""
    return LanguageIdentifier.from_model_file(MODEL_FILE)
