"""Examples with a part of what a text is understood from taken away, or asked one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.stance import TargetKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.training.examples import Example

ABLATIONS = ("background", "context", "parent")
"""What can be taken away: what the conversation is about; the words that a text answers; these
words and with them the question how the text stands to them."""


def ablated(example: Example, without: Sequence[str]) -> Example:
    """Return the example without the named parts."""
    reading, golds = example.reading, example.golds
    queries = reading.queries
    if "background" in without:
        queries = tuple(replace(own, background_mentions=()) for own in queries)
        reading = replace(reading, background=None)
    if "context" in without or "parent" in without:
        queries = tuple(replace(own, context_mentions=()) for own in queries)
        reading = replace(reading, context=None)
    if "parent" in without and len(queries) > 1:
        kept = [place for place, own in enumerate(queries) if _is_no_parent(own.target.kind)]
        queries = tuple(queries[place] for place in kept)
        golds = tuple(golds[place] for place in kept)
    return replace(example, reading=replace(reading, queries=queries), golds=golds)


def _is_no_parent(kind: TargetKind) -> bool:
    return kind is not TargetKind.COMMENT


def beside_text(example: Example) -> Example:
    """Return an example of one query with its target read beside the text, as a pair's is."""
    (query,) = example.reading.queries
    return replace(example, reading=replace(example.reading, background=query.target.text))


def marker_alone(example: Example) -> Example:
    """Return an example whose targets are known to the text by their markers only."""
    return ablated(example, ("background",))


def as_pairs(example: Example) -> list[Example]:
    """Return one example a query, each with its target read beside the text."""
    reading = example.reading
    return [
        replace(
            example,
            reading=replace(
                reading,
                queries=(replace(query, background_mentions=()),),
                background=query.target.text,
            ),
            golds=(gold,),
        )
        for query, gold in zip(reading.queries, example.golds, strict=True)
    ]
