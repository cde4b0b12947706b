"""Chooses the canonical name among an actor's forms: the fullest one in the article's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.mined import IN_ARTICLE
from app.mining.acronyms import looks_like_acronym

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.mining.sightings import Form, Occurrence, Passage
    from app.mining.states import StateNames

_ARTICLE_BEFORE = re.compile(r"(?<!\w)(the|a|an)\s+$", re.IGNORECASE)
_ROOM = 6
"""Code points before a name in which its article and white space stand."""


@dataclass(slots=True)
class FormCount:
    """How often a form occurs in the article and altogether, and where first (passage, offset)."""

    article: int = 0
    total: int = 0
    first: tuple[int, int] | None = None


def count_forms(
    passages: Sequence[Passage],
    forms: Sequence[Form],
    occurrences: Sequence[Sequence[Occurrence]],
) -> tuple[FormCount, ...]:
    """Return one count a form, title and article taken together."""
    counts = tuple(FormCount() for _ in forms)
    for at, (passage, found) in enumerate(zip(passages, occurrences, strict=True)):
        for occurrence in found:
            count = counts[occurrence.form]
            count.total += 1
            count.article += passage.location == IN_ARTICLE
            count.first = count.first or (at, occurrence.span.start)
    return counts


def canonical_names(
    group: Sequence[int],
    forms: Sequence[Form],
    counts: Sequence[FormCount],
    passages: Sequence[Passage],
    states: StateNames,
) -> tuple[str, ...]:
    """Return the actor's names, the canonical one first, then every other spelling by frequency.

    A described party keeps the article that the text gives it: "a local militia".
    """

    def merit(place: int) -> tuple[bool, bool, bool, bool, int, int, int, tuple[str, ...]]:
        name, count = forms[place].name, counts[place]
        return (
            name.is_proper,
            count.article > 0,
            " ".join(name.words) == states.state_of(name),
            not looks_like_acronym(name.text),
            len(name.content) if count.article else 0,
            count.total,
            len(name.content),
            name.words,
        )

    best = max(group, key=merit)
    bare = name = forms[best].spellings[0]
    first = counts[best].first
    if first is not None and not forms[best].name.is_proper:
        passage, start = first
        article = _ARTICLE_BEFORE.search(passages[passage].text[:start], max(0, start - _ROOM))
        name = f"{article.group(1).lower()} {name}" if article else name
    in_use = [place for place in group if counts[place].total or forms[place].sightings]
    by_use = sorted(in_use, key=lambda place: (-counts[place].total, forms[place].name.words))
    others = [spelling for place in by_use for spelling in forms[place].spellings]
    return (name, *dict.fromkeys(other for other in others if other != bare))
