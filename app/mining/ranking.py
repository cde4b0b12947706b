"""Ranks candidate actors by what speaks for them, and drops whom too little speaks for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.mined import IN_ARTICLE
from app.mining.bearings import Bearing
from app.mining.parties import is_party

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from app.mining.names import Name
    from app.mining.sightings import Form, Occurrence, Passage

MAX_ACTORS = 15
"""Actors kept of a page: the labelled ones have 8 at most, and each costs a target a comment."""

_ARTICLE_WEIGHT = 1.5
"""What a mark in the article counts against one in a comment: bystanders are marked there less."""

_NAMED_WEIGHT = 0.2
"""What a comment counts that names the actor unmarked: the name is known, the blame is not."""

_BEARING_WEIGHT = 0.2
_MOST_BEARINGS = 2
"""What each place counts where the name is blamed ("by X") or acts ("X knew"), of either kind two
at most: a habit of the language, not of the page."""

_NO_PARTY = 0.7
"""Factor for a common noun that means nobody: "petrol", "the river"."""

_LOCATED = 0.3
"""Share of the score that a name loses that stands behind "in" or "near" everywhere."""

MIN_SCORE = 0.45
"""Below it an actor falls away.

All weights measured with the marks of the first trained tagger on 42 pages that it was not
trained on; without bearings, nouns and places the candidates are much the same. The bar was
measured again with a model that had learnt to leave candidates alone whom nobody weighs: at 0.65,
0.55, 0.5, 0.45, 0.4 and 0.3 attribution F1 on these pages is .392, .402, .404, .402, .405 and .395,
and .76 to .89 of the actors are found."""


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
    *,
    min_score: float = MIN_SCORE,
) -> tuple[Candidate, ...]:
    """Return at most `MAX_ACTORS` candidates from that score on, the likeliest first.

    The score adds up, over the article and each comment, the highest probability of a mark there,
    and a little for each comment that names the actor unmarked; a loud comment counts once. A name
    that is never marked is nobody's.
    """
    marked: dict[int, dict[str, float]] = defaultdict(dict)
    named: dict[int, set[str]] = defaultdict(set)
    owner = {form: at for at, group in enumerate(groups) for form in group}
    for at, form in enumerate(forms):
        best = marked[owner[at]]
        for seen in form.sightings:
            location = passages[seen.passage].location
            best[location] = max(best.get(location, 0.0), seen.probability)
    bearings: dict[int, Bearing] = defaultdict(Bearing)
    for passage, found in zip(passages, occurrences, strict=True):
        for occurrence in found:
            named[owner[occurrence.form]].add(passage.location)
            bearings[owner[occurrence.form]].add(passage.text, occurrence.span)
    candidates = [
        Candidate(group, _score_of(marked[at], named[at], bearings[at], forms[group[0]].name))
        for at, group in enumerate(groups)
    ]
    kept = [candidate for candidate in candidates if candidate.score >= min_score]
    kept.sort(key=lambda each: (-each.score, forms[each.forms[0]].name.words))
    return tuple(kept[:MAX_ACTORS])


def _score_of(
    marked: Mapping[str, float], named: AbstractSet[str], bearing: Bearing, name: Name
) -> float:
    if not marked:
        return 0.0
    in_article = _ARTICLE_WEIGHT * marked.get(IN_ARTICLE, 0.0)
    in_comments = sum(best for location, best in marked.items() if location != IN_ARTICLE)
    unmarked = _NAMED_WEIGHT * len(named - marked.keys() - {IN_ARTICLE})
    shown = min(bearing.blamed, _MOST_BEARINGS) + min(bearing.acts, _MOST_BEARINGS)
    score = in_article + in_comments + unmarked + _BEARING_WEIGHT * shown
    if not (name.is_proper or is_party(name.head_word)):
        score *= _NO_PARTY
    return score * (1 - _LOCATED * bearing.share_located)
