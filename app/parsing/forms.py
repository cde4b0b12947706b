"""The conventions by which people mark whose comment a text is, as patterns over one line.

A pattern sees a line's shape, in which a date is one character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Flag, auto
from functools import cache
from typing import TYPE_CHECKING

from app.parsing.lines import DATE_MARK
from app.parsing.vocabulary import (
    BUTTONS,
    BY,
    FIELDS,
    PARTICIPLES,
    POSTED,
    PREPOSITIONS,
    REPLYING_TO,
    SAYS,
    SAYS_CJK,
    SAYS_FIRST,
    WRITER,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

D = DATE_MARK
_VERB = rf"(?:\s+(?P<verb>{SAYS})(?!\w)|\s*(?P<verb2>{SAYS_CJK}))(?:\s+(?:this|that))?"
_PREP = rf"(?:\b{PREPOSITIONS}\b\.?\s+)*"
_N = rf"(?P<author>[^\s{D}](?:[^{D}]{{0,78}}?[^\s{D}])??)"
_TO = (
    rf"(?:\s*(?:→|➝|➔|▶|►|↪|⇒|->|=>|\(?{REPLYING_TO}\b)"
    rf"\s*@?(?P<to>[^\s{D}](?:[^{D}:|]{{0,58}}?[^\s{D}:|])?)\)?)"
)
_SEP = r"(?:\s*[—–|·•,;:/~@(\[‧∙、،]+\s*|\s+-+\s*|\s+|(?<=[)\]’'\"]))"
_NOTICE = r"(?:ping|track)back:\s"
_POINTS = r"(?:\s+(?:\[\w\]\s*)?[-+]?\d+\s*(?:points?|pts|likes?|votes?)\s*[·•,|]?)?"
_JUNK = (
    r"(?:\s*[|·•,;/(\[—–-]*\s*(?:edited|permalink|reply|link|report|flag|parent|next|prev"
    r"|#?\d+|\d+ (?:likes?|points?|votes?"
    rf"|replies)|likes?|new|{BUTTONS})\b[)\]]*)*\s*(?:\[[-–+]\])?\s*"
)
_BY = rf"(?:{BY}(?!\w))"
_POSTED = POSTED
_FIELD = FIELDS


class Place(Flag):
    """Where the line that names the author stands: before the comment's text or after it."""

    BEFORE = auto()
    AFTER = auto()
    EITHER = BEFORE | AFTER


class Patterns:
    """Patterns that are compiled when a line first needs them: all take half a second."""

    def __init__(self, *patterns: str) -> None:
        self._patterns = patterns
        self._compiled: tuple[re.Pattern[str], ...] | None = None

    @property
    def are_compiled(self) -> bool:
        """Whether a line has needed them."""
        return self._compiled is not None

    def __iter__(self) -> Iterator[re.Pattern[str]]:
        if self._compiled is None:
            self._compiled = tuple(re.compile(own, re.IGNORECASE) for own in self._patterns)
        return iter(self._compiled)


@dataclass(frozen=True, slots=True)
class Form:
    """A way to say who wrote a comment.

    `weight` is how rarely a line has this form by accident; `least` is how many there must be
    where no heading announces comments; `bare` is whether it may do without bullet or number.
    Lines in which `hint` is not found are passed over, to save time.
    """

    name: str
    patterns: Patterns
    place: Place = Place.BEFORE
    weight: float = 1.0
    least: int = 2
    bare: bool = True
    hint: re.Pattern[str] = re.compile("")


FORMS: tuple[Form, ...] = (
    Form(
        "says",
        hint=re.compile(rf"^[^:{D}]{{0,140}}[:{D}]"),
        patterns=Patterns(
            rf"{_N}{_TO}?{_VERB}\s*:?\s*{_PREP}{D}\s*:?",
            rf"{_N}{_TO}?{_VERB}(?:\s+to\s+(?P<to2>[^{D}:]{{1,60}}?))?(?:[,،]?\s*[(\[]"
            rf"?{_PREP}{D}[)\]]?)?{_JUNK}:(?:\s+(?P<rest>\S.*))?",
            rf"{_N}{_SEP}{_PREP}{D}[)\]|]*,?{_VERB}\s*:(?:\s+(?P<rest>\S.*))?",
            rf"{_PREP}[(\[]?{D}[)\]]?[,،]?\s*{_N}{_VERB}\s*:(?:\s+(?P<rest>\S.*))?",
            rf"(?:{_PREP}{D}[,،]?\s+)?(?P<verb>{SAYS_FIRST})\s+{_N}\s*:(?:\s+(?P<rest>\S.*))?",
            rf"{_N}\s+(?:hat|heeft)\s+{_PREP}{D},?\s+(?P<verb>{PARTICIPLES})\s*:",
            rf"{_N}{_TO}?{_VERB},?\s*[(\[—–|-]*\s*{_PREP}{D}[)\]]?\s*\.?",
        ),
    ),
    Form(
        "posted",
        hint=re.compile(rf"^[^{D}]{{0,140}}{D}|^\W*{_POSTED}\s*{_BY}", re.IGNORECASE),
        patterns=Patterns(
            rf"\W*{_POSTED}(?:\s+#?\d+)?\s*{_BY}\s*:?\s*{_N}{_TO}?(?:{_SEP}{_PREP}{D}[)\]]*\.?)"
            rf"?(?:\s*[|·•]\s*[^{D}]{{0,40}})?\s*:?",
            rf"{_POSTED}\s*{_BY}\s*:?\s*{_N}(?:{_SEP}{_PREP}{D}[)\]]*)?\s*:\s+(?P<rest>\S.*)",
            rf"\W*(?:{_POSTED}\s*)?(?:{PREPOSITIONS}\b)?\s*:?\s*[(\[]?{D}[)\]]?,?\s*["
            rf"|·•—–-]?\s*{_BY}\s+{_N}\s*[.:]?",
            rf"\W*{_BY}\s+{_N}{_SEP}{_PREP}{D}[)\]]*{_JUNK}[.:]?",
            rf"{WRITER}\s*:?\s*{_N}{_SEP}{D}",
        ),
        place=Place.EITHER,
    ),
    Form(
        "field",
        hint=re.compile(rf"^{_FIELD}\s*[:=]", re.IGNORECASE),
        patterns=Patterns(
            rf"{_FIELD}\s*[:=]\s*{_N}(?:\s*[|,;(\[—–-]\s*(?:date\s*[:=]\s*)?{_PREP}{D}[)\]]?)?"
        ),
        place=Place.EITHER,
        weight=1.05,
    ),
    Form(
        "dated",
        hint=re.compile(rf"^[^{D}]{{0,140}}{D}"),
        patterns=Patterns(
            rf"{_N}{_TO}?{_POINTS}{_SEP}{_PREP}{D}[)\]]*{_JUNK}:?",
            rf"{_N}{_TO}?{_SEP}{_PREP}{D}[)\]]*\s*(?:[:|]|\s[—–-])\s+(?P<rest>\S.*)",
            rf"[(\[]?{D}[)\]]?\s*[—–|,·-]?\s*<?(?P<author>(?!{_NOTICE})[^\s{D}<>:|](?:[^{D}<>:"
            rf"|]{{0,58}}[^\s{D}<>:|])?|{_NOTICE}[^:{D}]{{1,60}})>?\s*[:|]\s+(?P<rest>\S.*)",
            rf"[(\[]?{D}[)\]]?(?:\s*[—–|·•,:/-]+\s*|\s+)(?:{_BY}\s+)?<?{_N}>?{_TO}?\s*:?",
            rf"[(\[]?{D}[)\]]?\s*<(?P<author>[^<>{D}]{{1,40}})>\s+(?P<rest>\S.*)",
        ),
        place=Place.EITHER,
        weight=0.97,
    ),
    Form(
        "chat",
        hint=re.compile(r"^[<\[]"),
        patterns=Patterns(
            rf"<(?P<author>[^<>/{D}][^<>{D}]{{0,39}})>:?\s+(?P<rest>\S.*)",
            rf"\[(?P<author>[^\[\]{D}]{{1,40}})\]:?\s+(?P<rest>\S.*)",
        ),
        weight=0.7,
        least=3,
    ),
    Form(
        "inline",
        hint=re.compile(r"^[^:]{1,70}:"),
        patterns=Patterns(
            rf"(?P<author>{_NOTICE}[^:{D}]{{1,60}}"
            rf"|[^\s:{D}](?:[^:{D}]{{0,48}}[^\s:{D}])?)\s*:\s+(?P<rest>\S.*)"
        ),
        weight=0.6,
        least=3,
    ),
    Form(
        "dashed",
        hint=re.compile(r"\s[—–-]"),
        patterns=Patterns(
            rf"(?P<author>[^\s—–{D}](?:[^—–{D}]{{0,48}}?[^\s—–{D}])?)\s+(?:[—–]|--"
            r"|-)\s+(?P<rest>\S.*)"
        ),
        weight=0.4,
        least=3,
    ),
    Form("named", hint=re.compile(r":$"), patterns=Patterns(rf"{_N}\s*:"), weight=0.55, least=3),
    Form("titled", patterns=Patterns(rf"{_N}"), weight=0.5, least=2, bare=False),
    Form(
        "signed",
        hint=re.compile(r"^[—–~-]"),
        patterns=Patterns(rf"(?:[—–~]+|-{{1,3}})\s*{_N}(?:{_SEP}{_PREP}{D}[)\]]*)?"),
        place=Place.AFTER,
        weight=0.9,
    ),
)


@cache
def belongs_to_others() -> re.Pattern[str]:
    """Return what a name before a date ends or begins with where a line has a more telling form."""
    return re.compile(rf".*{_VERB}|\W*(?i:{_POSTED}\s*{_BY}).*|(?i:{PREPOSITIONS})")
