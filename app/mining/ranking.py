"""Ranks candidate actors by what speaks for them, and drops whom too little speaks for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.mined import IN_ARTICLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from app.mining.sightings import Form, Occurrence, Passage

MAX_ACTORS = 15
"""Actors kept of a page: the labelled ones have 8 at most, and each costs a target a comment."""

_ARTICLE_WEIGHT = 1.5
"""What a mark in the article counts against one in a comment: bystanders are marked there less."""

_NAMED_WEIGHT = 0.2
"""What a comment counts that names the actor unmarked: the name is known, the blame is not."""

_MIN_SCORE = 0.8
"""Below it an actor falls away. With marks drawn at random from the labelled names of 77 pages
(28 % missed, 22 % of other names marked) 0.6 keeps 89 % of the actors weighed among 1.9 times as
many, 0.8 keeps 81 % among 1.4 times as many. To be measured again with each tagger."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Forms of one actor, by their places, and how much speaks for it."""

    forms: tuple[int, ...]
    score: float


def rank_candidates(
    groups: Sequence[tuple[int, ...]],
    forms: Sequence[Form],
    occurrences: Sequence[Sequence[Occurrence]],
    passages: Sequence[Passage],
) -> tuple[Candidate, ...]:
    """Return at most `MAX_ACTORS` candidates, the likeliest first.

    The score adds up, over the article and each comment, the highest probability of a mark there,
    and a little for each comment that names the actor unmarked; a loud comment counts once.
    """
    marked: dict[int, dict[str, float]] = defaultdict(dict)
    named: dict[int, set[str]] = defaultdict(set)
    owner = {form: at for at, group in enumerate(groups) for form in group}
    for at, form in enumerate(forms):
        best = marked[owner[at]]
        for seen in form.sightings:
            location = passages[seen.passage].location
            best[location] = max(best.get(location, 0.0), seen.probability)
    for passage, found in zip(passages, occurrences, strict=True):
        for occurrence in found:
            named[owner[occurrence.form]].add(passage.location)
    candidates = [
        Candidate(group, _score_of(marked[at], named[at])) for at, group in enumerate(groups)
    ]
    kept = [candidate for candidate in candidates if candidate.score >= _MIN_SCORE]
    kept.sort(key=lambda each: (-each.score, forms[each.forms[0]].name.words))
    return tuple(kept[:MAX_ACTORS])


def _score_of(marked: Mapping[str, float], named: AbstractSet[str]) -> float:
    in_article = _ARTICLE_WEIGHT * marked.get(IN_ARTICLE, 0.0)
    in_comments = sum(best for location, best in marked.items() if location != IN_ARTICLE)
    return in_article + in_comments + _NAMED_WEIGHT * len(named - marked.keys() - {IN_ARTICLE})
