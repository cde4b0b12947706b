"""Calibration: probabilities that mean frequencies, each corpus counting alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.domain.reading import Query, Reading
from app.domain.stance import LABELS, Label, Target, TargetKind
from models.training.calibrate import fewer, fit
from models.training.examples import Example, Gold
from models.training.scored import Scored

if TYPE_CHECKING:
    from app.inference.calibration import Calibration
    from models.training.metrics import Floats

SUPPORT, COMMENT = LABELS.index(Label.SUPPORT), LABELS.index(Label.COMMENT)
PAGE_KINDS = (TargetKind.ACCOUNT, TargetKind.HYPOTHESIS, TargetKind.COMMENT)


def rows(kind: TargetKind, labels: list[int], *, told: float = 0.0) -> Scored:
    """Return one row a label, whose logits speak for it by `told` and are even otherwise."""
    many = len(labels)
    logits = np.zeros((many, 4))
    logits[np.arange(many), labels] = told
    gold = np.stack([labels, [1] * many, [0] * many, [0] * many], axis=-1)
    zeros = np.zeros(many)
    return Scored(
        [kind] * many,
        logits,
        zeros,
        np.zeros((many, 3)),
        zeros,
        gold,
        np.ones(many, np.bool_),
        np.arange(many),
    )


def together(*parts: Scored) -> Scored:
    """Return the rows of all parts."""
    kinds = [kind for part in parts for kind in part.kinds]
    names = ("label", "certain", "role", "reported", "gold", "named", "rows")
    return Scored(kinds, *(np.concatenate([getattr(own, name) for own in parts]) for name in names))


def asked(
    *, topics: Scored | None = None, sentences: Scored | None = None, shares: Floats | None = None
) -> dict[TargetKind, tuple[Scored, Floats]]:
    """Return what callers ask; a few rows of each label where nothing else is given."""
    given = {TargetKind.TOPIC: topics, TargetKind.SENTENCE: sentences}
    by_kind = {}
    for kind, own in given.items():
        scored = own or rows(kind, [0, 1, 2, 3] * 4, told=4.0)
        counted = shares if own is topics and shares is not None else np.ones(len(scored.kinds))
        by_kind[kind] = scored, counted
    return by_kind


PAGES = together(*(rows(kind, [0, 1, 2, 3] * 10, told=4.0) for kind in PAGE_KINDS))


def test_sentences_that_are_seldom_answered_are_likely_comments() -> None:
    """Where logits say nothing, a probability is the frequency among the development pairs."""
    sentences = rows(TargetKind.SENTENCE, [COMMENT] * 80 + [SUPPORT] * 20)

    fitted = fit(PAGES, PAGES, asked(sentences=sentences)).labels[TargetKind.SENTENCE]

    assert fitted.probabilities(np.zeros(4))[COMMENT] == pytest.approx(0.8, abs=0.03)
    assert fitted.probabilities(np.zeros(4))[SUPPORT] == pytest.approx(0.2, abs=0.03)


def test_each_corpus_counts_alike() -> None:
    """Ninety rows of one corpus weigh as much as ten of another."""
    topics = rows(TargetKind.TOPIC, [COMMENT] * 90 + [SUPPORT] * 10)
    shares = np.asarray([1 / 90] * 90 + [1 / 10] * 10)

    fitted = fit(PAGES, PAGES, asked(topics=topics, shares=shares)).labels[TargetKind.TOPIC]

    even = fitted.probabilities(np.zeros(4))
    assert even[COMMENT] == pytest.approx(even[SUPPORT], abs=0.02)


def test_of_equally_good_thresholds_some_kinds_have_the_highest_and_others_the_evenest() -> None:
    """Where every threshold tells all rows right, nothing is lost by either choice."""
    labels = fit(PAGES, PAGES, asked()).labels

    assert labels[TargetKind.HYPOTHESIS].side_threshold == 0.75
    assert labels[TargetKind.SENTENCE].side_threshold == 0.75
    assert labels[TargetKind.TOPIC].side_threshold == 0.5
    assert labels[TargetKind.ACCOUNT].side_threshold == 0.5
    assert labels[TargetKind.COMMENT].side_threshold == 0.5


def test_fewer_rows_are_drawn_from_all_of_a_corpus() -> None:
    """Evenly, no more than are asked for, and of each corpus; a small one stays whole."""
    target = Target(TargetKind.TOPIC, "tea")
    many = {"one": 100, "two": 3}
    pairs = [
        Example(Reading(f"{source} {at}", (Query(target),)), (Gold(label=0),), source)
        for source, size in many.items()
        for at in range(size)
    ]

    drawn = [own.reading.text for own in fewer(pairs, 40)]

    assert drawn == [f"one {at}" for at in range(0, 100, 3)] + ["two 0", "two 1", "two 2"]
    assert fewer(pairs, None) == pairs


def test_of_replies_and_roles_more_pages_count() -> None:
    """What tuning pages alone would say of them is outvoted; of hypotheses they say all."""
    replies = rows(TargetKind.COMMENT, [COMMENT] * 900)
    actors = rows(TargetKind.HYPOTHESIS, [COMMENT] * 900)
    actors.gold[:, 2] = np.tile([0, 1, 2], 300)
    actors.role[:, 0] = 3.0
    more = together(PAGES, replies, actors)

    of_pages, of_more = fit(PAGES, PAGES, asked()), fit(PAGES, more, asked())

    def evenly(fitted: Calibration, kind: TargetKind) -> float:
        return float(fitted.labels[kind].probabilities(np.zeros(4))[COMMENT])

    assert evenly(of_more, TargetKind.COMMENT) > evenly(of_pages, TargetKind.COMMENT) + 0.2
    assert of_more.role_scale < of_pages.role_scale / 2
    hypothesis = TargetKind.HYPOTHESIS
    assert of_more.labels[hypothesis] == of_pages.labels[hypothesis]
