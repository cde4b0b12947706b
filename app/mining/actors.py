"""Finds who is weighed as responsible on a page: actors, their names, and where they are named.

A tagger marks where somebody is named; rules gather the names of one actor under the fullest
form, find every further mention, and drop whom too little speaks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.mined import Actor, Mention
from app.domain.naming import NameFinder
from app.mining.aliases import group_names
from app.mining.canonical import canonical_names, count_forms
from app.mining.glosses import add_glossed_forms, glosses_between
from app.mining.ranking import MIN_SCORE, rank_candidates
from app.mining.sightings import (
    find_occurrences,
    gather_forms,
    passages_of,
    settle_partial_marks,
)
from app.mining.slugs import unique_slugs
from app.mining.states import StateNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.page import NamedActor, Page
    from app.mining.scorer import ActorTagger
    from app.mining.sightings import Passage


def gather_actors(
    page: Page, tagger: ActorTagger, *, min_score: float = MIN_SCORE
) -> tuple[Actor, ...]:
    """Return the actors of a page with all places where they are named, the likeliest first.

    Actors that the caller gave are used as given, in that order; the tagger is not asked then.
    Others need `min_score`.
    """
    passages = passages_of(page)
    if page.actors is not None:
        return _given_actors(page.actors, passages)
    marks = tagger.tag_actors([passage.text for passage in passages])
    forms = gather_forms(page, passages, marks)
    forms = settle_partial_marks(forms, find_occurrences(passages, forms))
    forms, glosses = add_glossed_forms(passages, forms, find_occurrences(passages, forms))
    occurrences = find_occurrences(passages, forms)
    glosses = (*glosses, *glosses_between(passages, forms, occurrences))
    states = StateNames()
    groups = group_names([form.name for form in forms], states, glosses)
    chosen = rank_candidates(groups, forms, occurrences, passages, min_score=min_score)
    counts = count_forms(passages, forms, occurrences)
    named = [
        canonical_names(candidate.forms, forms, counts, passages, states) for candidate in chosen
    ]
    owner = {form: at for at, candidate in enumerate(chosen) for form in candidate.forms}
    mentions: list[list[Mention]] = [[] for _ in chosen]
    for passage, found in zip(passages, occurrences, strict=True):
        for occurrence in found:
            if occurrence.form in owner and not passage.is_title:
                mentions[owner[occurrence.form]].append(
                    Mention(
                        passage.location, occurrence.span, occurrence.span.text_of(passage.text)
                    )
                )
    ids = unique_slugs(names[0] for names in named)
    return tuple(
        Actor(slug, names[0], names[1:], tuple(places))
        for slug, names, places in zip(ids, named, mentions, strict=True)
    )


def _given_actors(actors: Sequence[NamedActor], passages: Sequence[Passage]) -> tuple[Actor, ...]:
    finder = NameFinder({actor.id: actor.names for actor in actors})
    mentions: dict[str, list[Mention]] = {actor.id: [] for actor in actors}
    for passage in passages:
        if passage.is_title:
            continue
        for actor, spans in finder.find(passage.text).items():
            mentions[actor].extend(
                Mention(passage.location, span, span.text_of(passage.text)) for span in spans
            )
    return tuple(
        Actor(actor.id, actor.name, actor.aliases, tuple(mentions[actor.id])) for actor in actors
    )
