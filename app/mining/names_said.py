"""Finds which earlier author a comment addresses or mentions by name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from app.domain.naming import fold
from app.domain.page import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]\w*(?:[-_.]\w+)*")
_HEAD = re.compile(r"[,(|/\[]|\s[–—-]\s|\bfrom\b|\bin\b|\bof\b")
_SPEAKS = re.compile(
    r"\s*(?:says?|said|mentions?|mentioned|writes?|wrote|posted|claims?|asks?|asked|points? out|"
    r"has (?:it|a point|got)|is (?:\w+ )?(?:right|wrong|correct|spot)|(?:'s|s') (?:point|post|"
    r"comment|question|link|list|theory|idea|remark))\b"
)
_BEFORE_VOCATIVE = re.compile(
    r"(?:^|[,.;!?…\n]\s*|\b(?:thanks?|thank you|thx|cheers|sorry|hey|hi|hello|dear|oh|ok|yes|no|"
    r"agree with|agreed|with|to|mr|mrs|ms|dr|well said|bravo|amen|exactly|same as|as|what|like|"
    r"uncle|you)\s+)$"
)
_AFTER_VOCATIVE = re.compile(r"^\s*(?:[,.;:!?…)\n]|$|[–—-]\s|[🀄-🫿☀-➿])")

_CAPITAL_BEFORE = re.compile(
    r"(?:^|[.!?…\"“:\n]|\b(?:in|at|from|of|the|near)\s|\b[A-Z][\w'’.]*[\s-])\s*$"
)
_CAPITAL_AFTER = re.compile(r"(?:['’]s?)?[\s-]+[A-Z]|[-]")

_SIGHT = 32
"""Code points around a name that are looked at: the longest pattern, with room."""

_COMMON = frozenset(
    "all and any anonymous are but can everyone former from guest how just mod mods moderator mom "
    "mum name nobody not now old one our please reader resident some someone that the this user "
    "what who why yes you".split()
)
"""Words that authors call themselves by and that everybody says."""

_SHORTEST_FORM = 3
"""Letters of a name that counts; shorter ones are initials, and words of every language."""

LONGEST_FORM = 4
"""Names of more words are known by their first four: longer ones are sentences in disguise."""


class Address(IntEnum):
    """How plainly a name is meant for its author, the plainest last."""

    NAMED = 1
    SPOKEN_OF = 2
    SPOKEN_TO = 3
    AT_SIGN = 4


@dataclass(slots=True)
class AuthorIndex:
    """The authors met so far, under every form by which others may call them.

    `taken` are words that name somebody else on the page already: a comment that says them
    does not speak to an author of that name.
    """

    taken: frozenset[str]
    _latest: dict[str, int] = field(default_factory=dict)
    _owner: dict[str, str] = field(default_factory=dict)
    _first_words: set[str] = field(default_factory=set)

    def add(self, author: str | None, position: int) -> None:
        """Remember that `author` posted at `position`."""
        if not author:
            return
        for form in _forms_of(author):
            self._latest[form] = position
            self._owner[form] = fold(author)
            self._first_words.add(form.partition(" ")[0])

    def find(self, text: str, *, own: str | None) -> tuple[int, Address] | None:
        """Return the latest position of the author named most plainly in `text`, if any."""
        best: tuple[Address, int] | None = None
        folded = fold(text)
        words = list(_WORD.finditer(folded))
        for index, word in enumerate(words):
            if word.group() not in self._first_words:
                continue
            for form, start, end in _starting_at(words, index):
                position = self._latest.get(form)
                if position is None or (own and self._owner[form] == fold(own)):
                    continue
                address = _address(text, Span(start, end), taken=form in self.taken)
                if address is not None and (best is None or (address, position) > best):
                    best = (address, position)
                break
        return None if best is None else (best[1], best[0])


def words_of(text: str) -> Iterator[str]:
    """Return the folded words of a text, as names are compared by them."""
    return (match.group() for match in _WORD.finditer(fold(text)))


def _forms_of(author: str) -> set[str]:
    bare = author.strip().lstrip("@")
    words = [match.group() for match in _WORD.finditer(fold(bare))][:LONGEST_FORM]
    if not words:
        return set()
    forms = {" ".join(words)}
    head = [m.group() for m in _WORD.finditer(fold(_HEAD.split(bare, maxsplit=1)[0]))][
        :LONGEST_FORM
    ]
    if head:
        forms.add(" ".join(head))
    first = re.split(r"[_.\d-]", words[0], maxsplit=1)[0]
    forms |= {words[0], first}
    if len(words) == 2:  # noqa: PLR2004 - a first name and a last one
        forms.add(words[1])
    return {
        form
        for form in forms
        if len(form) >= _SHORTEST_FORM and not form.isdigit() and form not in _COMMON
    }


def _starting_at(words: list[re.Match[str]], index: int) -> Iterator[tuple[str, int, int]]:
    """Yield the runs of words that begin at `index`, the longest first."""
    for length in range(min(LONGEST_FORM, len(words) - index), 0, -1):
        run = words[index : index + length]
        yield " ".join(word.group() for word in run), run[0].start(), run[-1].end()


def _address(text: str, name: Span, *, taken: bool) -> Address | None:
    """Return how plainly the words around a name mean its author; `taken` names need an @."""
    before = fold(text[max(0, name.start - _SIGHT) : name.start])
    after = fold(text[name.end : name.end + _SIGHT])
    if before.endswith(("@", "u/")):
        return Address.AT_SIGN
    if taken:
        return None
    if _SPEAKS.match(after):
        return Address.SPOKEN_OF
    if _AFTER_VOCATIVE.match(after) and _BEFORE_VOCATIVE.search(before):
        return Address.SPOKEN_TO
    if text[name.start].isupper() and not _part_of_longer_name(text, name):
        return Address.NAMED
    return None


def _part_of_longer_name(text: str, name: Span) -> bool:
    """Whether the word stands first in its sentence, beside another capital or after a place's."""
    before = text[max(0, name.start - _SIGHT) : name.start]
    after = text[name.end : name.end + _SIGHT]
    return bool(_CAPITAL_BEFORE.search(before) or _CAPITAL_AFTER.match(after))
