"""What a caller's target asks of a text: about an actor, a topic, what it answers, or any claim.

"The council is responsible for the flood" is a hypothesis like those of a page, and is asked as
one, with the places where the council is named. The very words that the text answers are asked as
a comment that it replies to. Training and the service both go through here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from app.domain.naming import NameFinder, fold, hypothesis
from app.domain.page import Span
from app.domain.reading import Query, Reading
from app.domain.stance import Target, TargetKind

if TYPE_CHECKING:
    from app.domain.caution import Caution
    from app.domain.stance import Stance

TOPIC_WORDS = 5
"""Words of a target that is a topic ("gun control") at most; longer ones claim something."""

_VERBS = frozenset(
    "am is are was were be been has have had do does did can could shall should will would may "
    "might must ought cannot isn't aren't wasn't weren't don't doesn't didn't can't shouldn't "
    "won't it's that's let's".split()
)
"""Words that make few words a claim ("homework should be limited"): 28 of the 33 claims of so few
words in the development sets have one, and none of VAST's 489 topics."""

_SHARED, _ENDING = 4, 2
"""Letters at a word's beginning that its forms share (all, of a shorter word), and letters at its
end that may differ: "bookshelf" and "bookshelves" share "bookshe"."""

_SMALL = frozenset("the and for".split())
"""Words of three letters that say nothing; of shorter ones only those in capitals (EU) do."""

_WORD = re.compile(r"\w+")

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


@dataclass(frozen=True, slots=True)
class StanceQuestion:
    """A caller's text, the targets that it may take a stance to, and what it answers."""

    text: str
    targets: tuple[str, ...]
    context: str | None = None

    @property
    def chars(self) -> int:
        """How many code points there are to read."""
        return len(self.text) + len(self.context or "") + sum(map(len, self.targets))

    def as_reading(self) -> Reading:
        """Return it as a scorer reads it."""
        queries = tuple(query_of(target, self.text, self.context) for target in self.targets)
        return Reading(self.text, queries, context=self.context)


@dataclass(frozen=True, slots=True)
class StanceAnswer:
    """The text's stance to each target, in their order, and why these may be wrong."""

    stances: tuple[Stance, ...]
    cautions: tuple[Caution, ...] = ()


def query_of(sentence: str, text: str, context: str | None) -> Query:
    """Return the query that a caller's target makes of `text`, which answers `context` if anything.

    A target that is what the text answers is a comment; "X is responsible for Y" a hypothesis.
    """
    if context is not None and _folded(sentence) == _folded(context):
        return Query(Target(TargetKind.COMMENT, context))
    target, finder = _read(sentence)
    if finder is None or target.actor is None:
        topic = target.kind is TargetKind.TOPIC
        return Query(target, mentions=mentions_of(text, sentence) if topic else ())
    return Query(
        target,
        mentions=finder.find(text).get(target.actor, ()),
        context_mentions=finder.find(context or "").get(target.actor, ()),
    )


@lru_cache(maxsize=1_024)
def _read(sentence: str) -> tuple[Target, NameFinder | None]:
    """Return the target that a sentence is, and what finds its actor: many ask the same."""
    found = None if "?" in sentence else _RESPONSIBLE.fullmatch(sentence)
    if found is None or found["name"].split()[0].lower() in _NOBODY:
        return target_of(sentence), None
    name = found["name"]
    return hypothesis(name, name, found["event"]), NameFinder({name: (name,)})


def target_of(sentence: str) -> Target:
    """Return a caller's target: a topic, or a sentence where it is one or long enough."""
    return Target(TargetKind.TOPIC if _is_topic(sentence) else TargetKind.SENTENCE, sentence)


def mentions_of(text: str, topic: str) -> tuple[Span, ...]:
    """Return where a text speaks of a topic, as a named actor would stand there; one place at most.

    That is where it first has the topic's last word in any form, or else the word before. A
    sentence claims something, and stands nowhere.
    """
    if not _is_topic(topic):
        return ()
    folded = fold(text)
    words = [own for own in _WORD.findall(topic) if len(own) > 2 or own.isupper()]  # noqa: PLR2004
    for word in map(fold, reversed(words)):
        if word not in _SMALL and (match := _form_of(word).search(folded)) is not None:
            return (Span(*match.span()),)
    return ()


def _is_topic(target: str) -> bool:
    words = target.split()
    return len(words) <= TOPIC_WORDS and _VERBS.isdisjoint(map(fold, words))


def _form_of(word: str) -> re.Pattern[str]:
    """Return what finds a folded word with any ending; of a short word only its plural."""
    stem = word[: max(_SHARED, len(word) - _ENDING)]
    ending = r"(?:e?s)?" if stem == word else rf"\w{{0,{len(word) - len(stem) + _ENDING + 1}}}"
    return re.compile(rf"(?<!\w){re.escape(stem)}{ending}(?!\w)")


def _folded(text: str) -> str:
    return " ".join(fold(text).split())
