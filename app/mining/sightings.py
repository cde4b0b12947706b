"""Turns a tagger's marks into the forms of names that a page uses, and where each stands.

A form is one wording of a name, whatever its case and hyphens. Which forms mean the same actor is
decided elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.mined import IN_ARTICLE
from app.domain.naming import NameFinder, without_article
from app.domain.page import Span
from app.mining.bystanders import author_names, is_bystander
from app.mining.names import read_name, trim_mention
from app.mining.states import StateNames
from app.mining.widening import NameWidener

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.domain.page import Page
    from app.domain.reading import ActorMention
    from app.mining.names import Name

_OWNED = re.compile(r"([^'’]+)['’]s?\s+(?=[A-Z])")

_PAIR = re.compile(r"([A-Z]\w+)[-‐‑–/]([A-Z].*)", re.DOTALL)

MAX_FORMS = 200
"""Forms that are compared with one another; a labelled page has 39 at most."""


_MAX_MARKS = 500
"""Marks read in one text, from its beginning; a labelled article has 14 at most. Further places
are found by the names that these give."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of the page; title and article are both `IN_ARTICLE`, only one `is_title`."""

    location: str
    text: str
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place, by its passage, that was marked as naming an actor."""

    passage: int
    span: Span
    probability: float


@dataclass(frozen=True, slots=True)
class Form:
    """A wording of a name with its spellings, the most usual first, and its sightings."""

    name: Name
    spellings: tuple[str, ...]
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A stretch of a passage that reads like a form, marked or not."""

    span: Span
    form: int


def passages_of(page: Page) -> tuple[Passage, ...]:
    """Return title, article and comments in page order."""
    return (
        Passage(IN_ARTICLE, page.article.title or "", is_title=True),
        Passage(IN_ARTICLE, page.article.text),
        *(Passage(comment.id, comment.text) for comment in page.comments),
    )


def gather_forms(
    page: Page, passages: Sequence[Passage], marks: Sequence[Sequence[ActorMention]]
) -> tuple[Form, ...]:
    """Return the forms that the tagger marked, the best attested first, at most `MAX_FORMS`.

    Commenters who are named by comments only, and news agencies as source, are left out.
    """
    states = StateNames()
    widener = NameWidener(passage.text for passage in passages)
    sightings: dict[tuple[str, ...], list[Sighting]] = defaultdict(list)
    for at, (passage, passage_marks) in enumerate(zip(passages, marks, strict=True)):
        for mark in passage_marks[:_MAX_MARKS]:
            span = widener.widen(passage.text, mark.span)
            span = trim_mention(passage.text, span) if span else None
            span = _without_state(passage.text, span, states) if span else None
            name = read_name(span.text_of(passage.text)) if span else None
            if span and name and not is_bystander(passage.text, span, name):
                sightings[name.words].append(Sighting(at, span, mark.probability))
    _part_pairs(passages, sightings)
    authors = author_names(page)
    forms = [
        form
        for words, seen in sightings.items()
        if not (
            words in authors and all(passages[each.passage].location != IN_ARTICLE for each in seen)
        )
        and (form := form_of(passages, seen))
    ]
    forms.sort(
        key=lambda form: (-sum(each.probability for each in form.sightings), form.name.words)
    )
    return tuple(forms[:MAX_FORMS])


def _part_pairs(
    passages: Sequence[Passage], sightings: dict[tuple[str, ...], list[Sighting]]
) -> None:
    # "a joint Qaeda-Special Groups operation" names two that are marked elsewhere, and no third.
    ends = {words[-1] for words in sightings}
    for words, seen in list(sightings.items()):
        kept = []
        for each in seen:
            pair = _PAIR.fullmatch(each.span.text_of(passages[each.passage].text))
            left = read_name(pair.group(1)) if pair else None
            right = read_name(pair.group(2)) if pair else None
            if not (
                pair and left and right and right.words in sightings and left.words[-1] in ends
            ):
                kept.append(each)
                continue
            start = each.span.start
            one, other = (
                Span(start, start + pair.end(1)),
                Span(start + pair.start(2), each.span.end),
            )
            sightings[left.words].append(replace(each, span=one))
            sightings[right.words].append(replace(each, span=other))
        if kept:
            sightings[words] = kept
        else:
            del sightings[words]


def _without_state(text: str, span: Span, states: StateNames) -> Span:
    # "Iran's Qods Force" names two: what belongs to a state is an actor of its own.
    owned = _OWNED.match(span.text_of(text))
    owner = read_name(owned.group(1)) if owned else None
    if owned is None or owner is None or states.state_of(owner) is None:
        return span
    return Span(span.start + owned.end(), span.end)


def form_of(passages: Sequence[Passage], seen: Iterable[Sighting]) -> Form | None:
    """Return the form of all places in `seen`, which differ in case and hyphens at most."""
    ordered = tuple(sorted(seen, key=lambda each: (each.passage, each.span)))
    spellings = Counter(
        without_article(each.span.text_of(passages[each.passage].text)) for each in ordered
    )
    # Of spellings as frequent, the one with more capitals: AQI rather than aqi.
    usual = sorted(
        spellings, key=lambda text: (-spellings[text], -sum(map(str.isupper, text)), text)
    )
    name = read_name(usual[0])
    return Form(name, tuple(usual), ordered) if name else None


def find_occurrences(
    passages: Sequence[Passage], forms: Sequence[Form]
) -> tuple[tuple[Occurrence, ...], ...]:
    """Return where each passage has any of the forms, in order, longer ones before those inside."""
    finder = NameFinder({str(at): form.spellings for at, form in enumerate(forms)})
    return tuple(
        tuple(
            sorted(
                (
                    Occurrence(span, int(form))
                    for form, spans in finder.find(passage.text).items()
                    for span in spans
                ),
                key=lambda occurrence: occurrence.span.start,
            )
        )
        for passage in passages
    )


def settle_partial_marks(
    forms: Sequence[Form], occurrences: Sequence[Sequence[Occurrence]]
) -> tuple[Form, ...]:
    """Give marks inside a longer form to that form; forms left without a mark fall away.

    So "Iraq" is not kept for a mark that covered only the end of "al Qaeda in Iraq".
    """
    kept: dict[int, list[Sighting]] = defaultdict(list)
    starts = [[occurrence.span.start for occurrence in found] for found in occurrences]
    for at, form in enumerate(forms):
        for seen in form.sightings:
            before = bisect_right(starts[seen.passage], seen.span.start) - 1
            around = occurrences[seen.passage][before] if before >= 0 else None
            is_part = around is not None and seen.span.end <= around.span.end
            kept[around.form if around and is_part else at].append(seen)
    return tuple(
        Form(form.name, form.spellings, tuple(sorted(kept[at], key=_place)))
        for at, form in enumerate(forms)
        if kept[at]
    )


def _place(seen: Sighting) -> tuple[int, Span]:
    return seen.passage, seen.span
