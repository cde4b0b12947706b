"""A scorer of plain word rules, for tests of everything around the model.

`from tests.fakes import FakeScorer`. It is quick, says the same every time, and its rules are
plain enough to predict what a page will give; it is no model and never ships.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.domain.mined import ModelIdentity
from app.domain.page import Span
from app.domain.reading import ActorMention, SentenceScore, TargetScore
from app.domain.stance import LABELS, ROLES, Label, Role, Stance, TargetKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain.reading import Query, Reading

_DENY = re.compile(r"\b(?:not|never|nonsense|wrong|disagree|innocent)\b|n't\b", re.IGNORECASE)
_AGREE = re.compile(r"\b(?:agree|exactly|true|indeed|right)\b", re.IGNORECASE)
_BLAME = re.compile(
    r"\b(?:did|behind|blame|work of|responsible|guilty|fault|armed|paid|failed)\b", re.IGNORECASE
)
_HEDGE = re.compile(r"\b(?:could|might|maybe|perhaps|probably|odds)\b", re.IGNORECASE)
_SPONSOR = re.compile(r"\b(?:armed|paid|ordered|sponsored)\b", re.IGNORECASE)
_ENABLER = re.compile(r"\b(?:failed|negligent|let it happen)\b", re.IGNORECASE)
_REPORTED = re.compile(r"\b(?:paper|report|police) says?\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w-]+(?: [A-Z][\w-]+)+|\b[A-Z]{3,}\b")
_HAPPENED = re.compile(r"\b(?:killed|attack\w*|fire|explosion|bomb\w*|burned)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?]*[.!?]?")


class FakeScorer:
    """Scores by words: "not" denies, "?" asks, "behind", "did" or "blame" support.

    A hypothesis is judged by the sentences that name its actor, anything else by the whole
    text. Actors are the `names` given and every run of two capitalised words or acronym.
    `on_call` runs whenever the scorer is asked for anything, as a test's eye on that moment.
    """

    def __init__(
        self, *, names: Sequence[str] = (), on_call: Callable[[], None] | None = None
    ) -> None:
        self.identity = ModelIdentity("fake", "1")
        self.readings: list[Reading] = []
        self._names = [re.compile(rf"\b{re.escape(name)}\b") for name in names]
        self._on_call = on_call or (lambda: None)

    def score(self, readings: Sequence[Reading]) -> list[tuple[TargetScore, ...]]:
        """Return one score a query of each reading, and remember the readings."""
        self._on_call()
        self.readings.extend(readings)
        return [
            tuple(_score(reading.text, query) for query in reading.queries) for reading in readings
        ]

    def tag_actors(self, texts: Sequence[str]) -> list[tuple[ActorMention, ...]]:
        """Return the names in each text, none overlapping another."""
        self._on_call()
        return [self._tag(text) for text in texts]

    def score_sentences(self, title: str | None, sentences: Sequence[str]) -> list[SentenceScore]:
        """Return high scores for the first sentence, and for every one in which something happens.

        The account is the first sentence, the event the first one with a word of harm.
        """
        self._on_call()
        del title
        return [
            SentenceScore(account=3.0 - position, event=2.0 if _HAPPENED.search(sentence) else -4.0)
            for position, sentence in enumerate(sentences)
        ]

    def _tag(self, text: str) -> tuple[ActorMention, ...]:
        spans: list[Span] = []
        for pattern in (*self._names, _NAME):
            for match in pattern.finditer(text):
                span = Span(*match.span())
                if all(span.end <= other.start or other.end <= span.start for other in spans):
                    spans.append(span)
        return tuple(ActorMention(span, 0.9) for span in sorted(spans))


def stance_of(label: Label, *, certain: bool = False) -> Stance:
    """Return a stance of that label at probability 0.85, the others at 0.05 each."""
    return Stance(
        label,
        certain and label in {Label.SUPPORT, Label.DENY},
        tuple(0.85 if each is label else 0.05 for each in LABELS),  # type: ignore[arg-type]
    )


def _score(text: str, query: Query) -> TargetScore:
    words = text
    if query.target.kind is TargetKind.HYPOTHESIS:
        words = " ".join(
            sentence.group()
            for sentence in _SENTENCE.finditer(text)
            if any(
                sentence.start() <= span.start < max(sentence.end(), 1) for span in query.mentions
            )
        )
    role = Role.PERPETRATOR
    if _SPONSOR.search(words):
        role = Role.SPONSOR
    elif _ENABLER.search(words):
        role = Role.ENABLER
    is_certain = not _HEDGE.search(words)
    return TargetScore(
        stance=stance_of(_label(words, query.target.kind), certain=is_certain),
        role=role,
        role_probabilities=tuple(0.8 if each is role else 0.1 for each in ROLES),  # type: ignore[arg-type]
        reported=0.9 if _REPORTED.search(words) else 0.05,
        certainty=0.9 if is_certain else 0.1,
    )


def _label(words: str, kind: TargetKind) -> Label:
    if _DENY.search(words):
        return Label.DENY
    if "?" in words:
        return Label.QUERY
    if _BLAME.search(words) if kind is TargetKind.HYPOTHESIS else _AGREE.search(words):
        return Label.SUPPORT
    return Label.COMMENT
