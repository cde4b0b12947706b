"""Chooses which units may bear on which, by the thread: so many a unit at most, never all pairs.

A unit may bear on those near it in its text, and on those of the text that its own answers: the
ones that are quoted, then the first of the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.argument import ARTICLE, UnitPair
from app.domain.naming import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.domain.argument import Unit

NEAR = 4
"""How many units before and after it in its text a unit may bear on."""

ANSWERED = 8
"""How many units of the answered text a unit may bear on."""

_QUOTED = re.compile(r"^[ \t]*>+(.*)$|[“\"„«]([^“”\"„«»\n]{8,600})[”\"“»]", re.MULTILINE)
_WORD = re.compile(r"[\w']+")

_RUN = 3
"""Words in a row that are seldom the same by chance."""

_ENOUGH = 0.5
"""Share of a unit's runs of words that a quotation must hold; it may be cut or mended."""


@dataclass(frozen=True, slots=True)
class Text:
    """A comment or the article with its units; what answers no other answers the article."""

    id: str
    words: str
    author: str | None
    answers: str | None
    units: Sequence[Unit]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair of units, each named by its text's id and its place there, as a reader sees it."""

    source: tuple[str, int]
    target: tuple[str, int]
    pair: UnitPair


def choose_candidates(texts: Mapping[str, Text]) -> Iterator[Candidate]:
    """Yield the pairs of units that may be related, text by text in the order given."""
    for text in texts.values():
        for place in range(len(text.units)):
            for other in range(max(0, place - NEAR), min(len(text.units), place + NEAR + 1)):
                if other != place:
                    yield _candidate(text, place, text, other, quoted=False)
        answered = texts.get(ARTICLE if text.answers is None else text.answers)
        if answered is None or answered is text or not text.units:
            continue
        quoted = _quoted_in(text.words)
        held = [_is_held(unit.span.text_of(answered.words), quoted) for unit in answered.units]
        chosen = sorted(range(len(held)), key=lambda place: not held[place])[:ANSWERED]
        for place in range(len(text.units)):
            for other in chosen:
                yield _candidate(text, place, answered, other, quoted=held[other])


def _candidate(text: Text, place: int, other: Text, at: int, *, quoted: bool) -> Candidate:
    source, target = text.units[place], other.units[at]
    within = other is text
    return Candidate(
        (text.id, place),
        (other.id, at),
        UnitPair(
            source.span.text_of(text.words),
            target.span.text_of(other.words),
            source.kind,
            target.kind,
            same_comment=within,
            same_author=text.author is not None and text.author == other.author,
            answers=not within,
            quoted=quoted,
            apart=place - at if within else 0,
        ),
    )


def _quoted_in(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of words that a text quotes."""
    found = (match.group(1) or match.group(2) or "" for match in _QUOTED.finditer(text))
    return frozenset(run for words in found for run in _runs_of(words))


def _is_held(text: str, quoted: frozenset[tuple[str, ...]]) -> bool:
    runs = _runs_of(text) if quoted else []
    return bool(runs) and sum(run in quoted for run in runs) >= _ENOUGH * len(runs)


def _runs_of(text: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(fold(text))
    return [tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]
