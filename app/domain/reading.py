"""What mining asks of a model and what a model answers: texts, targets, mentions, scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.page import Span
    from app.domain.stance import Role, Stance, Target


@dataclass(frozen=True, slots=True)
class Query:
    """One target of a reading, with the places where its actor is named.

    `mentions` are spans of the reading's text, `context_mentions` of its context and
    `background_mentions` of its background.
    """

    target: Target
    mentions: tuple[Span, ...] = ()
    context_mentions: tuple[Span, ...] = ()
    background_mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A text to be read once against all its targets.

    `context` is what it answers, if anything; `background` what the whole conversation is about.
    """

    text: str
    queries: tuple[Query, ...]
    context: str | None = None
    background: str | None = None


@dataclass(frozen=True, slots=True)
class TargetScore:
    """A text's stance to one target, with the role it would give the actor there.

    `role_probabilities` follow the order of `ROLES`; `reported` is the probability that the
    text passes on somebody else's claim, `certainty` that its author commits to a side, if any.
    """

    stance: Stance
    role: Role
    role_probabilities: tuple[float, float, float]
    reported: float
    certainty: float


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A stretch of text that names somebody who may be weighed as responsible."""

    span: Span
    probability: float


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """How well one sentence of an article tells its account, and its event (logits)."""

    account: float
    event: float
