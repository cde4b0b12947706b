"""Names the language of a text, offline."""

from __future__ import annotations

import re

import pycld2

_MOST_CHARACTERS = 10_000
"""More than this changes no answer, it only costs time."""

_LEAST_LETTERS = 24
"""Shorter texts are named at random ("hi lol" is Tsonga to the identifier)."""

_OTHER_CODES = {"iw": "he", "jw": "jv"}
"""Codes that the identifier has from an older ISO 639."""

_NO_LANGUAGE = re.compile(r"un|xxx?|zz.|tlh")
"""What it names where it knows the script alone, and its jokes: Pig Latin, Klingon."""

_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
"""Characters of which the identifier says that they are not Unicode (found by trying all)."""

_TAG = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_].*)?\s*\Z")


def declared_language(tag: str | None) -> str | None:
    """Return the primary language of a tag such as "en-US", or None if it is no tag."""
    match = _TAG.match(tag[:40]) if tag else None
    return match.group(1).lower() if match else None


def identify_language(text: str) -> str | None:
    """Return the language of `text` as an ISO 639 code, or None where nobody can tell.

    Of 6,336 English comments of 24 letters and more it knows 99.7 %, and each of 34 saved pages
    in English, German and French.
    """
    head = text[:_MOST_CHARACTERS]
    if sum(map(str.isalpha, head)) < _LEAST_LETTERS:
        return None
    _, _, languages = pycld2.detect(_REFUSED.sub("", head), bestEffort=True)
    return _code_of(languages[0][1])


def identify_languages(text: str) -> list[tuple[str, float]]:
    """Return the languages of `text`, three at most, each with its share of the text (0 … 1).

    Of a text of few letters the languages are named at random.
    """
    head = _REFUSED.sub("", text[:_MOST_CHARACTERS])
    _, _, languages = pycld2.detect(head, bestEffort=True)
    return [
        (code, percent / 100)
        for _, found, percent, _ in languages
        if (code := _code_of(found)) is not None
    ]


def _code_of(found: str) -> str | None:
    code = str(found).partition("-")[0]
    return None if _NO_LANGUAGE.fullmatch(code) else _OTHER_CODES.get(code, code)
