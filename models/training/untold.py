"""Examples without answers, for a teacher to answer: parts of comments, texts about other targets.

A small network learns more from what a large one says of new texts than of those that both have
seen the answers to (Xie et al. 2020, "Self-training with noisy student").
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.asking import mentions_of, target_of
from app.domain.page import Span
from app.domain.reading import Query
from app.domain.stance import OF_CALLERS, TargetKind
from models.training.examples import Gold

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from models.training.examples import Example

_ENDS = re.compile(r"[.!?…][\"'”’)]*\s+|\n+")

_LETTERS = 5
"""Letters of a word by which a text finds topics: shorter ones are in every text."""


def parts_of(examples: Sequence[Example], share: float, chance: random.Random) -> Iterator[Example]:
    """Yield, for a share of the examples, a run of their sentences as a text of its own."""
    for own in examples:
        text = own.reading.text
        edges = [0, *(match.end() for match in _ENDS.finditer(text)), len(text)]
        edges = [edge for place, edge in enumerate(edges) if not place or edge > edges[place - 1]]
        if len(edges) > 2 and chance.random() < share:  # noqa: PLR2004 - one sentence has no part
            first, last = sorted(chance.sample(range(len(edges)), 2))
            if last - first < len(edges) - 1:
                yield _cut(own, edges[first], edges[last])


def _cut(own: Example, start: int, end: int) -> Example:
    queries = tuple(
        replace(
            query,
            mentions=tuple(
                Span(span.start - start, span.end - start)
                for span in query.mentions
                if start <= span.start and span.end <= end
            ),
        )
        for query in own.reading.queries
    )
    reading = replace(own.reading, text=own.reading.text[start:end], queries=queries)
    return replace(own, reading=reading, golds=(Gold(),) * len(queries))


class Topics:
    """The topics that the corpora ask about, found by the words of a text."""

    def __init__(self, examples: Sequence[Example]) -> None:
        by_word: dict[str, set[str]] = defaultdict(set)
        for own in examples:
            for query in own.reading.queries:
                if query.target.kind is TargetKind.TOPIC:
                    for word in _words(query.target.text):
                        by_word[word].add(query.target.text)
        self._by_word = {word: sorted(topics) for word, topics in sorted(by_word.items())}

    def another(self, own: Example, chance: random.Random) -> Example | None:
        """Return the example against another topic that its text has a word of, if it has one."""
        (query, *more) = own.reading.queries
        words = sorted(_words(own.reading.text) & self._by_word.keys())
        if more or query.target.kind not in OF_CALLERS or not words:
            return None
        topic = chance.choice(self._by_word[chance.choice(words)])
        if topic == query.target.text:
            return None
        asked = Query(target_of(topic), mentions=mentions_of(own.reading.text, topic))
        background = None if own.reading.background is None else topic
        reading = replace(own.reading, queries=(asked,), background=background)
        return replace(own, reading=reading, golds=(Gold(),))


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]+", text.lower()) if len(word) >= _LETTERS}
