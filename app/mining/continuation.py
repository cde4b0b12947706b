"""Weighs whether a comment goes on from the one right above it, without naming or quoting it.

Each cue has the weight that a logistic regression gives it (`bench/reply_cues.py`, on the
labelled pages outside the domains a, c, n and s); the sum of the weights says how likely the
comment answers the one above. Words are English; shared rare words work in any language.
"""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.naming import fold
from app.mining.agreement import opening_agreement
from app.mining.quotes import without_quotes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_WORD = re.compile(r"[\w']+")
_SECOND_PERSON = re.compile(
    r"\b(?:you|your|yours|you're|youre|you've|you'd|you'll|yourself|u|ur|ya)\b"
)
_ANSWER = re.compile(r"\W*(?:yes|yeah|yep|no|nope|nah|not)\b")
_THANKS = re.compile(r"\W*(?:thanks?|thx|cheers|sorry)\b")
_REACTION = re.compile(r"\W*(?:oh|ok|okay|fair|ah|hm+|lol|haha+|good|well)\b")
_ANAPHOR = re.compile(
    r"\W*(?:he|she|they|it|that|this|those|which|same|him|her|then|there)(?:'?s)?\b"
)
_CONNECTIVE = re.compile(r"\W*(?:and|but|so|or|because|except|unless|still)\b")

_RARE_LENGTH = 4
"""Letters from which on a word that two neighbours share tells anything; shorter ones are
mostly function words."""


_CHANCE = 900
"""Different words of one text times those of the other from which the two share a rare word by
chance. Without this, links from texts so long were right in 60 %, others in 74 %."""


class Cue(StrEnum):
    """What speaks for or against a comment's going on from the one above."""

    SEEN_BEFORE = "the author has posted before"
    SHARES_OWN_WORDS = "two or more rare words shared, which the article lacks"
    SHARES_OWN_WORD = "one rare word shared, which the article lacks"
    SHARES_STORY_WORDS = "two or more rare words shared, which the article has"
    SHARES_STORY_WORD = "one rare word shared, which the article has"
    SHARES_NUMBER = "a number shared that no comment before has"
    THREE_WORDS = "three words or fewer"
    SIX_WORDS = "four to six words"
    TWELVE_WORDS = "seven to twelve words"
    TWENTY_FIVE_WORDS = "thirteen to twenty-five words"
    OVER_FORTY_WORDS = "more than forty words"
    OPENS_AGREEING = "its first clause only agrees or disagrees"
    SECOND_PERSON = "it says you"
    ANSWERS = "it begins with yes or no"
    THANKS = "it begins with thanks or an apology"
    REACTS = "it begins with oh, ok, fair …"
    ANAPHOR = "it begins with a pronoun"
    CONNECTS = "it begins with and, but, so …"
    SMALL_START = "it begins with a small letter"
    ABOVE_ASKS = "the one above asks something"
    ABOVE_IS_SHORT = "the one above has fewer than eight words"
    ABOVE_ANSWERS = "the one above answers another comment itself"


class Conversation:
    """The comments read so far, as far as the cues need them."""

    def __init__(self, article: str) -> None:
        self._article = frozenset(_words(article))
        self._said_in: Counter[str] = Counter()
        self._authors: list[str | None] = []
        self._known: set[str] = set()
        self._above: frozenset[str] = frozenset()
        self._above_text = ""
        self._above_answers: int | None = None

    def add(self, text: str, author: str | None, *, answers: int | None) -> None:
        """Remember a comment; `answers` is the position of the one that it answers."""
        words = frozenset(_words(text))
        self._said_in.update(words)
        self._above, self._above_text, self._above_answers = words, text, answers
        self._authors.append(author)
        if author:
            self._known.add(author)

    def takes_turns(self, author: str | None) -> bool:
        """Whether the comment above stands between two of `author`, or answers one of them."""
        if not author or not self._authors or self._authors[-1] == author:
            return False
        answered = self._above_answers
        before = self._authors[-2] if len(self._authors) > 1 else None
        return before == author or (answered is not None and self._authors[answered] == author)

    def cues(self, text: str, author: str | None) -> Iterator[Cue]:
        """Yield what speaks for or against `text` going on from the last comment added."""
        if author in self._known:
            yield Cue.SEEN_BEFORE
        yield from self._cues_of_shared_words(text)
        yield from _cues_of_length(len(_words(text)))
        yield from _cues_of_wording(text)
        if "?" in self._above_text:
            yield Cue.ABOVE_ASKS
        if len(_words(self._above_text)) < 8:  # noqa: PLR2004 - the cue's name says it
            yield Cue.ABOVE_IS_SHORT
        if self._above_answers is not None:
            yield Cue.ABOVE_ANSWERS

    def _cues_of_shared_words(self, text: str) -> Iterator[Cue]:
        words = set(_words(text))
        shared = {word for word in self._above & words if self._said_in[word] == 1}
        if any(word.isdigit() for word in shared):
            yield Cue.SHARES_NUMBER
        rare = {word for word in shared if len(word) >= _RARE_LENGTH}
        by_chance = len(words) * len(self._above) // _CHANCE
        own = len(rare - self._article) - by_chance
        story = len(rare & self._article) - by_chance
        if own > 0:
            yield Cue.SHARES_OWN_WORDS if own > 1 else Cue.SHARES_OWN_WORD
        if story > 0:
            yield Cue.SHARES_STORY_WORDS if story > 1 else Cue.SHARES_STORY_WORD


def _cues_of_length(words: int) -> Iterator[Cue]:
    for most, cue in (
        (3, Cue.THREE_WORDS),
        (6, Cue.SIX_WORDS),
        (12, Cue.TWELVE_WORDS),
        (25, Cue.TWENTY_FIVE_WORDS),
    ):
        if words <= most:
            yield cue
            return
    if words > 40:  # noqa: PLR2004 - the cue's name says it
        yield Cue.OVER_FORTY_WORDS


def _cues_of_wording(text: str) -> Iterator[Cue]:
    said = fold(without_quotes(text)).strip()
    if opening_agreement(text):
        yield Cue.OPENS_AGREEING
    if _SECOND_PERSON.search(said):
        yield Cue.SECOND_PERSON
    for pattern, cue in (
        (_ANSWER, Cue.ANSWERS),
        (_THANKS, Cue.THANKS),
        (_REACTION, Cue.REACTS),
        (_ANAPHOR, Cue.ANAPHOR),
        (_CONNECTIVE, Cue.CONNECTS),
    ):
        if pattern.match(said):
            yield cue
    if text[:1].islower():
        yield Cue.SMALL_START


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


WEIGHTS: Mapping[Cue, float] = {
    Cue.SEEN_BEFORE: 1.41,
    Cue.SHARES_OWN_WORDS: 2.69,
    Cue.SHARES_OWN_WORD: 1.54,
    Cue.SHARES_STORY_WORDS: 1.84,
    Cue.SHARES_STORY_WORD: 1.46,
    Cue.SHARES_NUMBER: 1.76,
    Cue.THREE_WORDS: 2.20,
    Cue.SIX_WORDS: 1.74,
    Cue.TWELVE_WORDS: 1.09,
    Cue.TWENTY_FIVE_WORDS: 0.57,
    Cue.OVER_FORTY_WORDS: -0.87,
    Cue.OPENS_AGREEING: 1.54,
    Cue.SECOND_PERSON: 1.02,
    Cue.ANSWERS: 0.94,
    Cue.THANKS: 0.42,
    Cue.REACTS: 0.52,
    Cue.ANAPHOR: 0.83,
    Cue.CONNECTS: 0.90,
    Cue.SMALL_START: 0.30,
    Cue.ABOVE_ASKS: 0.21,
    Cue.ABOVE_IS_SHORT: -0.55,
    Cue.ABOVE_ANSWERS: -1.16,
}
"""Log-odds of each cue."""

BASE = -2.40
"""Log-odds where no cue speaks."""


def log_odds(cues: Iterable[Cue]) -> float:
    """Return the log-odds that a comment with these cues answers the one above."""
    return BASE + sum(WEIGHTS[cue] for cue in cues)
