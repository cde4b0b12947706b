"""Spans, units and relations as JSON that a column holds: they are read whole, never searched."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.domain.argument import ARTICLE, Arguments, Bearing, Relation, Unit, UnitKind
from app.domain.page import Span
from app.storage.tables import PageArgumentsRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from app.domain.mined import MinedPage
    from app.storage.checks import Parts


_ARTICLE_AT = -1
"""The place of the article, where comments have theirs."""


def pack_spans(spans: Sequence[Span] | None) -> str | None:
    """Return spans as pairs of offsets; None of none looked for."""
    return None if spans is None else json.dumps([[span.start, span.end] for span in spans])


def unpack_spans(text: str | None) -> tuple[Span, ...] | None:
    """Return the spans of that JSON."""
    return None if text is None else tuple(Span(start, end) for start, end in json.loads(text))


def argument_rows(mined: MinedPage) -> Parts:
    """Return the row of a page's arguments, texts by their place: -1 is the article."""
    if mined.arguments is None:
        return {}
    places = {held.comment.id: place for place, held in enumerate(mined.comments)}
    held = {
        "units": [
            [
                places.get(text, _ARTICLE_AT),
                [[each.span.start, each.span.end, each.kind, each.probability] for each in units],
            ]
            for text, units in mined.arguments.units.items()
            if units
        ],
        "relations": [
            [
                [places.get(each.source[0], _ARTICLE_AT), each.source[1]],
                [places.get(each.target[0], _ARTICLE_AT), each.target[1]],
                each.bearing,
                each.probability,
            ]
            for each in mined.arguments.relations
        ],
    }
    return {PageArgumentsRow: [{"held": json.dumps(held)}]}


def read_arguments(
    session: Session, page_number: int, comment_ids: Sequence[str]
) -> Arguments | None:
    """Return the arguments of a page, None where it was mined without."""
    text = session.scalar(
        select(PageArgumentsRow.held).where(PageArgumentsRow.page_number == page_number)
    )
    if text is None:
        return None
    held = json.loads(text)
    names = {_ARTICLE_AT: ARTICLE, **dict(enumerate(comment_ids))}
    return Arguments(
        {
            names[place]: tuple(
                Unit(Span(start, end), UnitKind(kind), probability)
                for start, end, kind, probability in units
            )
            for place, units in held["units"]
        },
        tuple(
            Relation(
                (names[source[0]], source[1]),
                (names[target[0]], target[1]),
                Bearing(bearing),
                probability,
            )
            for source, target, bearing, probability in held["relations"]
        ),
    )
