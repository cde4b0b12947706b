"""Knows the words around a mark: which go on with the same name, and which no name has."""

from __future__ import annotations

import re

from app.domain.page import Span
from app.mining.names import MAX_WORDS, PREPOSITIONS, WORDS_TOO, fold_word, singular
from app.mining.parties import is_party, is_role

WORD = re.compile(r"[^\s‐‑–—/(){}\[\]<>“”\"…|]+")
_ABBREVIATION = re.compile(
    r"^(?:[A-Z]|St|Dr|Mr|Mrs|Ms|Fr|Sr|Jr|Prof|Gen|Maj|Col|Capt|Lt|Sgt|Rev)\.$"
)
_PAUSE = re.compile(r"[,;:.!?]$")
_GAP = re.compile(r"[^\s\-‐‑]")
_POSSESSIVE = re.compile(r"['’ʼ]s?$", re.IGNORECASE)
_NAME_JOINTS = frozenset("of for de del della di da du la von van der den bin ibn al el &".split())
DETERMINERS = frozenset("the a an this that these those some our their his her its my your".split())
NO_NAME = (
    DETERMINERS
    | PREPOSITIONS
    | frozenset(
        """
    i you he she it we they me him us them who whom whose which what when where why how if whether
    and so but or nor yet because since while although though as than then there here now still just
    also only even not never ever always maybe perhaps probably certainly clearly obviously
    is was are were be been being has have had do does did will would can could should may might
    must shall let lets got get say says said tell told ask asked think thinks thought know knew
    see saw seen blame blames blamed look looks looked make made take took give gave go goes went
    come came want wants wanted need needs believe guess suppose mean means meant called
    any every yes no ok okay well oh hey hi please thanks thank sorry sure right wrong true false
    agreed
    one two three four five six seven eight nine ten both all most many more much few several
    each either neither another such same other others own very too quite rather really
    after before during until between about into onto over under above below up down out off again
    against without within across through along among around beyond despite except per via
    today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december
    ps edit update re fwd lol btw imo imho fyi
    """.split()
    )
)
"""Words that are never part of a name beside the one that was marked, capitalised or not."""

_WITH_NAMES = frozenset("old young big little poor late former ex uncle aunt".split())
"""Words in lower case that people put before a name; behind them the name is still one."""

ROOM = 120
"""Code points on each side in which a name may go on, and of the longest mark that is read."""

_MOSTLY = 0.6
_FEW = 5
_LONG = 4
"""A line is a headline, whose capitals say nothing of names, where six in ten of its words of four
letters or more have them, five words at least."""


class Surroundings:
    """The words around a mark, of which `first` to `last` make up the name."""

    def __init__(self, text: str, span: Span) -> None:
        start = max(
            text.rfind("\n", max(0, span.start - ROOM), span.start) + 1, span.start - ROOM, 0
        )
        end = text.find("\n", span.end, span.end + ROOM)
        end = min(span.end + ROOM, len(text)) if end < 0 else end
        self._text = text
        self._words = [
            Span(start + match.start(), start + match.end())
            for match in WORD.finditer(text[start:end])
        ]
        inside = [
            at
            for at, word in enumerate(self._words)
            if word.start < span.end and word.end > span.start and self.word(at)
        ]
        self.first, self.last = (inside[0], inside[-1]) if inside else (1, 0)

    @property
    def is_headline(self) -> bool:
        """Whether most long words around are capitalised, as in titles."""
        long = [at for at in range(len(self._words)) if len(self._raw(at)) >= _LONG]
        return sum(map(self.is_capital, long)) >= max(_FEW, _MOSTLY * len(long))

    @property
    def is_open_behind(self) -> bool:
        """Whether the name may take in the next word, as far as signs and length go."""
        return self._has_room and not self.pauses(self.last) and not self.is_owner(self.last)

    def word(self, at: int) -> str:
        """Return a word as it is compared, "" where there is none."""
        return fold_word(self._raw(at))

    def is_capital(self, at: int) -> bool:
        """Whether a word begins with a capital letter, or joins one on: "al-Sadr"."""
        letters = self._raw(at).lstrip("'‘’\"*_@#").removeprefix("al-")
        return letters[:1].isupper()

    def pauses(self, at: int) -> bool:
        """Whether a sign behind a word parts it from the next; "St." and "R." are no such words."""
        raw = self._raw(at)
        if 0 <= at < len(self._words) - 1 and _GAP.search(
            self._text[self._words[at].end : self._words[at + 1].start]
        ):
            return True
        return bool(_PAUSE.search(raw)) and not _ABBREVIATION.match(raw)

    def is_owner(self, at: int) -> bool:
        """Whether a word is a possessive, behind which another name begins."""
        return bool(_POSSESSIVE.search(self._raw(at)))

    def starts_sentence(self, at: int) -> bool:
        """Whether a word is the first of a line or sentence, where capitals say nothing."""
        return at <= 0 or self.pauses(at - 1)

    def cut(self) -> None:
        """Drop words at either end that no name has there, and what is no noun beside a name."""
        while self.first <= self.last and self._is_small(self.first):
            self.first += 1
        while self.first <= self.last and self._is_small(self.last):
            self.last -= 1
        capitals = [at for at in range(self.first, self.last + 1) if self.is_capital(at)]
        if not capitals or self.starts_sentence(capitals[-1]):
            return
        # "absolve Iran", "Board met", "Quds force op": only roles and groups go with a name.
        while self.first < capitals[0] and not (
            is_role(self.word(capitals[0] - 1)) or self.word(self.first) in _WITH_NAMES
        ):
            self.first += 1
        while self.last > capitals[-1] and not is_party(self.word(self.last)):
            self.last -= 1

    def take_run(self) -> None:
        """Take in the whole run of capitalised words, with what joins them: "Guards of Ossa"."""
        while steps := self._steps_before():
            self.first -= steps
        while steps := self._steps_behind():
            self.last += steps

    def _steps_before(self) -> int:
        at = self.first - 1
        if not self._has_room or not self.is_capital(self.first) or self.pauses(at):
            return 0
        if self.word(at) in _NAME_JOINTS:
            at -= 1
            if self.pauses(at):
                return 0
        raw = self._raw(at)
        is_first = self.starts_sentence(at) and not _ABBREVIATION.match(raw)
        goes_on = self._is_name_word(at) and not is_first and not self.is_owner(at)
        return self.first - at if goes_on else 0

    def _steps_behind(self) -> int:
        if not self.is_open_behind or not self.is_capital(self.last):
            return 0
        at = self.last + 1
        if self.word(at) in _NAME_JOINTS and not self.pauses(at):
            at += 1
        return at - self.last if self._is_name_word(at) else 0

    def is_role_before_name(self) -> bool:
        """Whether the name is called what it is right before it: "bookmaker Solly Marks"."""
        at = self.first - 1
        return (
            self._has_room
            and self.is_capital(self.first)
            and not self.pauses(at)
            and is_role(self.word(at))
            and singular(self.word(at)) == self.word(at)
            and not self.starts_sentence(at)
        )

    def take_complement(self) -> None:
        """Take in what stands behind "of": "chief of police", "owners of the Magnolia Rest"."""
        end = self.last + 2 + (self.word(self.last + 2) in DETERMINERS)
        is_several = singular(self.word(self.last)) != self.word(self.last)
        if is_several and not self.is_capital(end):
            return
        if not self.word(end) or self.word(end) in NO_NAME or self.pauses(end - 1):
            return
        self.last = end
        while steps := self._steps_behind():
            self.last += steps

    def span(self) -> Span:
        """Return where the name stands, with the signs around it."""
        return Span(self._words[self.first].start, self._words[self.last].end)

    @property
    def _has_room(self) -> bool:
        return self.last - self.first + 1 < MAX_WORDS - 1

    def _is_name_word(self, at: int) -> bool:
        is_shout = self._raw(at).isupper() and len(self._raw(at)) > _LONG
        is_alike = not is_shout or self._raw(self.last).isupper()
        return self.is_capital(at) and is_alike and not self._is_small(at)

    def _is_small(self, at: int) -> bool:
        return self.word(at) in NO_NAME and not WORDS_TOO.match(self._raw(at))

    def _raw(self, at: int) -> str:
        return self._words[at].text_of(self._text) if 0 <= at < len(self._words) else ""
