"""Markers: one target over one window, with the tokens there that name its actor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.page import Span
from app.domain.stance import TargetKind
from app.inference.layout import NO_MENTION_POSITION, PLACES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.reading import Query
    from app.inference.tokens import Tokens

KINDS = (TargetKind.ACCOUNT, TargetKind.HYPOTHESIS, TargetKind.COMMENT, TargetKind.SENTENCE)
"""The kinds that a network tells apart, in the order of its vectors for them."""

_KIND_AT = {kind: at for at, kind in enumerate(KINDS)} | {
    TargetKind.TOPIC: KINDS.index(TargetKind.SENTENCE)
}
_PLACE_AT = {place: at for at, place in enumerate(PLACES)}


@dataclass(frozen=True, slots=True)
class Marker:
    """One target over one window: its row of the target table and the tokens that name it."""

    target_row: int
    kind: int
    place: int
    position: int
    mention: tuple[int, ...]
    context_mention: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WindowParts:
    """The parts of one window, and where background and context begin in it."""

    text: Tokens
    background: Tokens
    context: Tokens
    background_at: int
    context_at: int


def mark(query: Query, parts: WindowParts, target_rows: Mapping[str, int]) -> Marker:
    """Return the marker of a query, whose mentions are `in_order`, over one window."""
    mention = tuple(index + 1 for index in parts.text.inside(query.mentions))
    in_context = tuple(
        index + parts.context_at for index in parts.context.inside(query.context_mentions)
    )
    in_background = tuple(
        index + parts.background_at for index in parts.background.inside(query.background_mentions)
    )
    if mention:
        place, position = "text", mention[0]
    elif in_context:
        place, position = "context", in_context[0]
    elif in_background:
        place, position = "background", in_background[0]
    else:
        place, position = "nowhere", NO_MENTION_POSITION
    return Marker(
        target_row=target_rows[query.target.text],
        kind=_KIND_AT[query.target.kind],
        place=_PLACE_AT[place],
        position=position,
        mention=mention,
        context_mention=in_context or in_background,
    )


def in_order(query: Query) -> Query:
    """Return the query with its mentions apart and in order, as `mark` takes them."""
    most = max(map(len, (query.mentions, query.context_mentions, query.background_mentions)))
    if most <= 1:  # as nearly all
        return query
    return replace(
        query,
        mentions=_apart(query.mentions),
        context_mentions=_apart(query.context_mentions),
        background_mentions=_apart(query.background_mentions),
    )


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans in order, those that overlap as one."""
    apart: list[Span] = []
    for span in sorted(spans):
        if apart and span.start < apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return tuple(apart)
