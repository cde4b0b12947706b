"""Finds which earlier comment a comment quotes.

Quotations are lines that begin with ">" and words between quotation marks; they are compared
by runs of words.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from app.domain.naming import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LINE = re.compile(r"^[ \t]*((?:>[ \t]?)+)(.*)$", re.MULTILINE)
_MARKED = re.compile(r"[“\"„«]([^“”\"„«»\n]{8,600})[”\"“»]")
_WORD = re.compile(r"[\w']+")

RUN = 4
"""Words in the runs that are compared: four words in a row are seldom chance, and a quotation
between marks of fewer words is more often a figure of speech. A line that begins with ">" is
plainly a quotation, however short."""

ENOUGH = 0.5
"""Share of a quotation's runs that must stand in the comment it is taken from; the rest allows
for words left out or mended."""


class QuoteIndex:
    """What earlier comments said, as far as any comment quotes it.

    Only runs of words that some text of `texts` quotes are remembered, each with the latest
    comment that says them in words of its own.
    """

    def __init__(self, texts: Sequence[str], *, article: str) -> None:
        self._quoted = [tuple(_runs_of_quotes(text)) for text in texts]
        wanted = {run for quotes in self._quoted for runs in quotes for run in runs}
        self._wanted = wanted
        self._sizes = sorted({len(run) for run in wanted})
        self._said_at: dict[tuple[str, ...], int] = {}
        self._in_article = set(self._wanted_in(article))

    def add(self, text: str, position: int) -> None:
        """Remember what `text` says outside its own quotations."""
        if not self._wanted:
            return
        for run in self._wanted_in(without_quotes(text)):
            self._said_at[run] = position

    def find(self, position: int) -> int | None:
        """Return the position of the earlier comment that the comment at `position` quotes."""
        for runs in self._quoted[position]:
            places = Counter(self._said_at[run] for run in runs if run in self._said_at)
            from_article = sum(run in self._in_article for run in runs)
            if not places:
                continue
            place, count = max(places.items(), key=lambda item: (item[1], item[0]))
            if count >= ENOUGH * len(runs) and count > from_article:
                return place
        return None

    def _wanted_in(self, text: str) -> Iterator[tuple[str, ...]]:
        words = _words(text)
        for size in self._sizes:
            for start in range(len(words) - size + 1):
                run = tuple(words[start : start + size])
                if run in self._wanted:
                    yield run


def without_quotes(text: str) -> str:
    """Return `text` without its lines that quote."""
    return _LINE.sub("", text)


def _runs_of_quotes(text: str) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield each quotation of `text` as its runs of words; quotations within others come last."""
    lines = [(match.group(1).count(">"), match.group(2)) for match in _LINE.finditer(text)]
    for _, line in sorted(lines, key=lambda item: item[0]):
        words = _words(line)
        if words:
            yield tuple(_runs(words, min(RUN, len(words))))
    for match in _MARKED.finditer(without_quotes(text)):
        words = _words(match.group(1))
        if len(words) >= RUN:
            yield tuple(_runs(words, RUN))


def _runs(words: Sequence[str], size: int) -> Iterable[tuple[str, ...]]:
    return (tuple(words[start : start + size]) for start in range(len(words) - size + 1))


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
