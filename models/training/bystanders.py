"""Phrases of a page that name nobody who is weighed: what a model must learn to leave alone.

Mining finds candidates by a tagger that errs: places, things, commenters and passers-by come with
the actors. Asked about them, a text takes no stance.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.domain.naming import fold, without_article

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping, Sequence

_CAPITALS = re.compile(
    r"(?<![.!?:] )(?<!^)\b[A-Z][\w’'-]+(?: (?:of |de |and )?[A-Z][\w’'-]+)*", re.MULTILINE
)
_NOUNS = re.compile(
    r"\b(?:the|a|an|this|that|my|his|her|their|our|your|some)(?: [a-z][a-z-]+)? [a-z][a-z-]{2,}\b"
)


def draw_bystanders(
    texts: Sequence[str], known: Mapping[str, Sequence[str]], many: int, chance: random.Random
) -> list[str]:
    """Return up to `many` phrases of the texts that share no word with the names of `known`."""
    words = words_of(name for names in known.values() for name in names)
    found: dict[str, None] = {}
    for text in texts:
        for pattern in (_CAPITALS, _NOUNS):
            for match in pattern.finditer(text):
                own = words_of([match.group()])
                if own and not own & words:
                    found.setdefault(match.group())
    pool = list(found)
    return chance.sample(pool, min(many, len(pool)))


def words_of(names: Iterable[str]) -> frozenset[str]:
    """Return the words of names, folded: two names that share none are of different actors."""
    return frozenset(
        word for name in names for word in re.findall(r"\w+", fold(without_article(name)))
    )
