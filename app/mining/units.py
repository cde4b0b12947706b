"""Cuts texts into the clauses that may be argumentative units.

A clause is a sentence, or a part of one that a connective begins. What a clause is, claim or
premise or neither, a reader of arguments says; without one a text has no units.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from app.domain.page import Span
from app.mining.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

MIN_WORDS = 3
"""Words on either side of a cut: "but why?" and "so what" are no units of their own."""

MOST_CLAUSES = 60
"""Clauses of one text that are read. The longest of the labelled comments has 40 sentences; the
bound keeps a text of one-letter sentences from costing as much as a page."""

_OPENING = (
    "because|since|therefore|thus|hence|given that|so that|so|but|although|though|whereas|while|"
    "unless|if|which means|otherwise|yet|however|and|or"
)
"""Words that begin a reason, a conclusion, a condition, a concession or one more claim after a
comma. Of the annotated units of CMV-modes 83 % overlap one of these clauses by more than half, and
70 % a whole sentence; the list was chosen by hand and by that count."""

_JOINING = "because|since|therefore|given that|but|so"
"""Those that begin one without a comma as well."""

_CUT = re.compile(
    rf"(?:[,;:(]|\s[-–—]{{1,2}})\s*(?=(?:{_OPENING})\b)|;\s+|\s(?=(?:{_JOINING})\b)",
    re.IGNORECASE,
)
_BETWEEN = " \t\n\r,;:(-–—"
"""What parts two clauses and belongs to neither."""

_WORD = re.compile(r"\w+")


def cut_clauses(text: str, *, language: str | None = None) -> tuple[Span, ...]:
    """Return the clauses of a text in order, at most `MOST_CLAUSES`; what it quotes is left out."""
    clauses: list[Span] = []
    for sentence in split_sentences(text, language=language or "en"):
        if not text.startswith(">", sentence.start):
            clauses += _parts_of(text, sentence)
        if len(clauses) >= MOST_CLAUSES:
            break
    return tuple(clauses[:MOST_CLAUSES])


def _parts_of(text: str, sentence: Span) -> Iterator[Span]:
    # Words are found once: a text of marks alone has a place to cut at every second character.
    words = [word.start() for word in _WORD.finditer(text, sentence.start, sentence.end)]
    start, before = sentence.start, 0
    for match in _CUT.finditer(text, sentence.start, sentence.end):
        place = bisect_left(words, match.end())
        if place - before >= MIN_WORDS and len(words) - place >= MIN_WORDS:
            yield Span(start, start + len(text[start : match.end()].rstrip(_BETWEEN)))
            start, before = match.end(), place
    yield Span(start, sentence.end)
