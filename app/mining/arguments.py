"""Reads the arguments of texts: their units, and which unit bears on which.

Each unit bears on one other at most, the likeliest; within a text no chain leads back to where it
began, so that arguments can be weighed from their ends.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.argument import (
    ARTICLE,
    BEARINGS,
    UNIT_KINDS,
    Arguments,
    Bearing,
    Relation,
    Unit,
    UnitKind,
)
from app.domain.page import CommentKind
from app.mining.relations import Text, choose_candidates
from app.mining.units import cut_clauses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.domain.mined import MinedComment
    from app.domain.page import Page, Span
    from app.mining.relations import Candidate
    from app.mining.scorer import ArgumentReader

RELATED_FROM = 0.5
"""Probability from which two units are related, whichever way; as it comes, not tuned."""


def read_arguments(
    texts: Sequence[Text], reader: ArgumentReader, *, language: str | None
) -> Arguments:
    """Return the units of texts, which are given without any, and the relations between them."""
    clauses = [cut_clauses(text.words, language=language) for text in texts]
    worded = [
        [span.text_of(text.words) for span in own] for text, own in zip(texts, clauses, strict=True)
    ]
    units: dict[str, tuple[Unit, ...]] = {}
    for text, spans, shares in zip(texts, clauses, reader.score_clauses(worded), strict=True):
        kinds = [(UNIT_KINDS[row.index(max(row))], max(row)) for row in map(list, shares)]
        units[text.id] = tuple(
            Unit(span, kind, probability)
            for span, (kind, probability) in zip(spans, kinds, strict=True)
            if kind is not UnitKind.NONE
        )
    held = {text.id: replace(text, units=units[text.id]) for text in texts}
    candidates = list(choose_candidates(held))
    shares = reader.score_pairs([candidate.pair for candidate in candidates])
    return Arguments(
        {text: own for text, own in units.items() if own},
        tuple(choose_relations(candidates, shares)),
    )


def choose_relations(
    candidates: Sequence[Candidate], shares: Sequence[Sequence[float]]
) -> Iterable[Relation]:
    """Return the relation of each unit that has one; `shares` [P, 4] are those of the pairs."""
    none = BEARINGS.index(Bearing.NONE)
    ordered = sorted(zip(shares, candidates, strict=True), key=lambda each: each[0][none])
    chosen: dict[tuple[str, int], Relation] = {}
    for own, candidate in ordered:
        if 1 - own[none] < RELATED_FROM:
            break
        if candidate.source in chosen or _leads_back(candidate, chosen):
            continue
        best = max(range(len(own)), key=lambda place: (place != none, own[place]))
        chosen[candidate.source] = Relation(
            candidate.source, candidate.target, BEARINGS[best], own[best]
        )
    sources = dict.fromkeys(candidate.source for candidate in candidates)
    return (chosen[source] for source in sources if source in chosen)


def _leads_back(candidate: Candidate, chosen: Mapping[tuple[str, int], Relation]) -> bool:
    """Whether the chain from the target comes to the source; across texts it cannot."""
    at: tuple[str, int] | None = candidate.target
    while at is not None and at[0] == candidate.source[0]:
        if at == candidate.source:
            return True
        at = chosen[at].target if at in chosen else None
    return False


def read_page_arguments(page: Page, reader: ArgumentReader) -> Arguments:
    """Return the arguments of the article and of every comment under it that is no pingback."""
    article = Text(ARTICLE, page.article.text, page.article.author, None, ())
    comments = (
        Text(comment.id, comment.text, comment.author, comment.reply_to, ())
        for comment in page.comments
        if comment.kind is not CommentKind.PINGBACK
    )
    return read_arguments([article, *comments], reader, language=page.language)


def with_premises(
    comments: Sequence[MinedComment], arguments: Arguments
) -> tuple[MinedComment, ...]:
    """Return the comments with the premises given for each attribution.

    Those are the premises of the same comment whose chain of support comes to a unit in the words
    that carry the attribution.
    """
    supports = {
        relation.source: relation.target
        for relation in arguments.relations
        if relation.bearing is Bearing.SUPPORTS and relation.source[0] == relation.target[0]
    }
    return tuple(
        _with_reasons(mined, arguments.units.get(mined.comment.id, ()), supports)
        for mined in comments
    )


def _with_reasons(
    mined: MinedComment,
    units: Sequence[Unit],
    supports: Mapping[tuple[str, int], tuple[str, int]],
) -> MinedComment:
    rows = (
        replace(row, premises=_premises_of(row.evidence, mined.comment.id, units, supports))
        for row in mined.attributions
    )
    return replace(mined, attributions=tuple(rows))


def _premises_of(
    evidence: Span,
    comment: str,
    units: Sequence[Unit],
    supports: Mapping[tuple[str, int], tuple[str, int]],
) -> tuple[Span, ...]:
    found = []
    for place, unit in enumerate(units):
        at = supports.get((comment, place)) if unit.kind is UnitKind.PREMISE else None
        # No chain within a comment leads back to itself.
        while at is not None and not _meet(units[at[1]].span, evidence):
            at = supports.get(at)
        if at is not None:
            found.append(unit.span)
    return tuple(found)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
