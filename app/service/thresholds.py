"""How often an attribute is right from a threshold on, by comments whose truth is known.

The truth comes from labelled pages, or from what moderators said of scores.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.service.attributes import ATTRIBUTES, STANCES, value_of
from app.service.moderation import Question
from app.service.places import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.domain.feedback import Feedback
    from app.service.labelled import LabelledPage, Truth
    from app.service.use_cases import Service

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Those that an operator may choose between; Coral's default is 0.8."""

_TRUE_FROM = 0.5
"""The value of feedback from which it says that the attribute holds."""

_JUDGED = tuple(name for name in ATTRIBUTES if name != "UNSUPPORTED_ACCUSATION")
"""Labelled pages do not say which accusations give a reason."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A comment's probability of an attribute, and whether that holds."""

    probability: float
    holds: bool


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """What is flagged from a threshold on: of `comments` `flagged`, of which `right` rightly.

    `missed` hold and lie below. Where nothing is flagged there is no precision, where nothing
    holds no recall.
    """

    threshold: float
    comments: int
    flagged: int
    right: int
    missed: int

    @property
    def precision(self) -> float | None:
        """The share of the flagged that is right."""
        return self.right / self.flagged if self.flagged else None

    @property
    def recall(self) -> float | None:
        """The share of what holds that is flagged."""
        holding = self.right + self.missed
        return self.right / holding if holding else None


def tabulate(outcomes: Sequence[Outcome]) -> tuple[ThresholdRow, ...]:
    """Return a row for each of the thresholds."""
    return tuple(_row(threshold, outcomes) for threshold in THRESHOLDS)


def _row(threshold: float, outcomes: Sequence[Outcome]) -> ThresholdRow:
    flagged = [each for each in outcomes if each.probability >= threshold]
    right = sum(each.holds for each in flagged)
    holding = sum(each.holds for each in outcomes)
    return ThresholdRow(threshold, len(outcomes), len(flagged), right, holding - right)


def judge_pages(
    service: Service, pages: Iterable[LabelledPage], *, alone: bool = False
) -> dict[str, list[Outcome]]:
    """Return the outcomes on labelled pages by attribute.

    Each comment is judged as one that comes in where its page is known; `alone` it is judged by
    its own words, as by clients that send nothing else; it then stands to nothing but whom it
    accuses.
    """
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    names = ("ACCUSATION",) if alone else _JUDGED
    for labelled in pages:
        story = None if alone else service.mine(labelled.page)
        for comment in labelled.page.comments:
            judgement = (
                service.moderation.judge(Question(comment.text))
                if story is None
                else service.moderation.judge_on(story, comment.text, comment.reply_to)
            )
            for name in names:
                holds = _holds(name, labelled.truths[comment.id])
                outcomes[name].append(Outcome(value_of(name, judgement), holds))
    return outcomes


def judge_feedback(service: Service, labels: Iterable[Feedback]) -> dict[str, list[Outcome]]:
    """Return the outcomes on feedback by attribute, as the model in use judges it now."""
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    for label in labels:
        if label.attribute not in ATTRIBUTES:
            continue
        question = Question(label.text, article=label.article or "", parent=label.parent)
        judgement = service.moderation.judge(question, place_of(label.context))
        value = value_of(label.attribute, judgement)
        outcomes[label.attribute].append(Outcome(value, label.value >= _TRUE_FROM))
    return outcomes


def _holds(attribute: str, truth: Truth) -> bool:
    if attribute in STANCES:
        return truth.stance is STANCES[attribute]
    return truth.accuses if attribute == "ACCUSATION" else truth.commits
