"""What a sentence of a caller asks a text: about an actor said to be responsible, or any claim.

"The council is responsible for the flood" is a hypothesis like those of a page, and is asked as
one, with the places where the council is named.
"""

from __future__ import annotations

import re

from app.domain.naming import NameFinder, hypothesis
from app.domain.reading import Query
from app.domain.stance import Target, TargetKind

_RESPONSIBLE = re.compile(
    r"\s*(?P<name>\S.{0,200}?)\s+(?:is|are|was|were)\s+(?:(?:solely|mainly|partly|also|really)\s+)?"
    r"(?:responsible|to\s+blame|at\s+fault)(?:(?:\s+for|\s*:)\s+(?P<event>\S.*?))?[\s.!]*",
    re.IGNORECASE,
)
"""The sentence that a hypothesis is, in the words in which people write it."""

_NOBODY = frozenset(
    "i you he she it we they who whoever what which that this these those there if nobody no none "
    "nothing neither someone somebody something anyone anybody everyone everybody everything "
    "not only".split()
)
"""First words of what is no actor's name: a question, a denial, a pronoun."""


def query_of(sentence: str, text: str, context: str | None) -> Query:
    """Return the query that a sentence makes of `text`, which answers `context` if anything."""
    found = None if "?" in sentence else _RESPONSIBLE.fullmatch(sentence)
    if found is None or found["name"].split()[0].lower() in _NOBODY:
        return Query(Target(TargetKind.SENTENCE, sentence))
    name = found["name"]
    finder = NameFinder({name: (name,)})
    return Query(
        hypothesis(name, name, found["event"]),
        mentions=finder.find(text).get(name, ()),
        context_mentions=finder.find(context or "").get(name, ()),
    )
