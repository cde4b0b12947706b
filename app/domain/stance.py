"""Stance: how a text stands to a target, and an attribution, its stance to "X is responsible".

The label set is RumourEval's (Derczynski et al. 2017), with PHEME's certainty beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.page import Span


class Label(StrEnum):
    """How a text stands to a target. The order here is the order of every array of labels."""

    SUPPORT = "support"
    DENY = "deny"
    QUERY = "query"
    COMMENT = "comment"


LABELS: tuple[Label, ...] = tuple(Label)


class Role(StrEnum):
    """What an actor is held responsible as. The order here is the order of every array of roles."""

    PERPETRATOR = "perpetrator"
    SPONSOR = "sponsor"
    ENABLER = "enabler"


ROLES: tuple[Role, ...] = tuple(Role)

CLAIMED_ROLES = frozenset({Role.PERPETRATOR, Role.SPONSOR})
"""Roles that make a supported actor a claimed perpetrator; an enabler only let it happen."""


class TargetKind(StrEnum):
    """What a stance is taken to.

    A caller's own target is a sentence, or a topic where it is too short to claim anything. A
    network reads both alike; how probable its answers are differs.
    """

    ACCOUNT = "account"
    HYPOTHESIS = "hypothesis"
    COMMENT = "comment"
    SENTENCE = "sentence"
    TOPIC = "topic"


OF_CALLERS = frozenset({TargetKind.SENTENCE, TargetKind.TOPIC})


@dataclass(frozen=True, slots=True)
class Target:
    """A claim that a text can support, deny or query.

    `text` is the claim as a sentence; for a hypothesis `actor` names the actor in it.
    """

    kind: TargetKind
    text: str
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """A text's stance to one target; `probabilities` follow the order of `LABELS` and sum to 1.

    `label` is the likeliest of support, deny and query where the three together reach the model's
    threshold for such a target, which may be less than an even chance, else `comment`.
    `certain` is true only where the author commits, and never on query or comment.
    """

    label: Label
    certain: bool
    probabilities: tuple[float, float, float, float]

    def __post_init__(self) -> None:
        if self.certain and self.label not in {Label.SUPPORT, Label.DENY}:
            raise ValueError(f"expected certain only on support or deny, got it on {self.label}")

    @property
    def probability(self) -> float:
        """The calibrated probability of the label."""
        return self.probability_of(self.label)

    def probability_of(self, label: Label) -> float:
        """Return the calibrated probability of `label`."""
        return self.probabilities[LABELS.index(label)]


@dataclass(frozen=True, slots=True)
class Attribution:
    """A comment's stance (support, deny or query) to the hypothesis that an actor is responsible.

    `evidence` is a span of the comment's own text. `inherited_from` is the comment whose
    attribution this one takes over by bare agreement or disagreement. `premises` are the spans of
    the comment's own text that it gives as reasons; null where nobody has looked for any.
    """

    actor: str
    label: Label
    certain: bool
    role: Role | None
    reported: bool
    probability: float
    evidence: Span
    inherited_from: str | None = None
    premises: tuple[Span, ...] | None = None

    def __post_init__(self) -> None:
        if self.label is Label.COMMENT:
            raise ValueError("expected support, deny or query, got comment: it has no row")
        if (self.role is None) != (self.label is Label.QUERY):
            raise ValueError(f"expected a role exactly on support and deny, got {self.role!r}")

    @property
    def unsupported(self) -> bool | None:
        """Whether it takes a side without a reason; null where nobody has looked for any."""
        return None if self.premises is None else self.role is not None and not self.premises

    @property
    def claims_perpetrator(self) -> bool:
        """Whether the row makes its actor a claimed perpetrator of the comment."""
        return self.label is Label.SUPPORT and self.role in CLAIMED_ROLES
