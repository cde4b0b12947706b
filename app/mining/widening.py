"""Widens a tagger's mark to the whole name around it, and cuts off what is no part of a name.

A name is a run of capitalised words; a described party is a noun with what stands between it and
its article. There is no grammar behind this: what is unclear stays out.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from app.mining.names import fold_word
from app.mining.parties import is_body, is_party
from app.mining.surroundings import DETERMINERS, NO_NAME, ROOM, WORD, Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.page import Span

_MAX_MODIFIERS = 3
"""Words between an article and a noun that are taken for its description."""


class NameWidener:
    """Knows the word pairs of a page: what stands together twice is one name.

    `texts` are all its texts; `widen` reads no further than a fixed room around a mark.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._places: Counter[tuple[str, str]] = Counter()
        for text in texts:
            words = [fold_word(match.group()) for match in WORD.finditer(text)]
            self._pairs.update(pairwise(words))
            self._places.update(
                (one, other)
                for one, joint, other in zip(words, words[1:], words[2:], strict=False)
                if joint == "in"
            )

    def widen(self, text: str, span: Span) -> Span | None:
        """Return the span of the whole name or description around `span`; None if it is neither."""
        if span.end - span.start > ROOM:
            return None
        words = Surroundings(text, span)
        words.cut()
        if words.first > words.last:
            return None
        if any(words.is_capital(at) for at in range(words.first, words.last + 1)):
            if not words.is_headline:
                self._widen_name(words)
        else:
            self._widen_description(words)
        return words.span()

    def _widen_name(self, words: Surroundings) -> None:
        words.take_run()
        if words.is_role_before_name():
            words.first -= 1
        place = (words.word(words.last), words.word(words.last + 2))
        if (
            words.word(words.last + 1) == "in"
            and self._places[place] > 1
            and words.is_capital(words.last)
            and words.is_capital(words.last + 2)
        ):
            # "al Qaeda in Iraq" is a name where it is said again; "police in Amarah" is none.
            words.last += 2
        if words.is_open_behind and is_body(words.word(words.last + 1)):
            words.last += 1

    def _widen_description(self, words: Surroundings) -> None:
        if words.is_open_behind and not is_party(words.word(words.last)):
            words.last += is_party(words.word(words.last + 1))
        if words.word(words.last + 1) == "of" and is_party(words.word(words.last)):
            words.take_complement()
        for modifiers in range(_MAX_MODIFIERS + 1):
            at = words.first - modifiers - 1
            before = words.word(at)
            if before in DETERMINERS:
                words.first -= modifiers
                return
            if not before or before in NO_NAME or words.pauses(at) or words.is_owner(at):
                break
        at = words.first - 1
        before = words.word(at)
        if before and before not in NO_NAME and not (words.pauses(at) or words.is_owner(at)):
            is_people = words.is_capital(at) and not words.starts_sentence(at)
            if is_people or self._pairs[before, words.word(words.first)] > 1:
                words.first -= 1
