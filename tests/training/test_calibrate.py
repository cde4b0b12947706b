"""Calibration: probabilities that mean frequencies, each corpus of topics counting alike."""

from __future__ import annotations

import numpy as np
import pytest

from app.domain.stance import LABELS, Label, TargetKind
from models.training.calibrate import fit
from models.training.scored import Scored

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


PAGES = together(*(rows(kind, [0, 1, 2, 3] * 10, told=4.0) for kind in PAGE_KINDS))


def test_sentences_that_are_seldom_answered_are_likely_comments() -> None:
    """Where logits say nothing, a probability is the frequency among the development pairs."""
    sentences = rows(TargetKind.SENTENCE, [COMMENT] * 80 + [SUPPORT] * 20)
    topics = rows(TargetKind.TOPIC, [SUPPORT] * 10)

    fitted = fit(PAGES, topics, sentences, np.ones(10)).labels[TargetKind.SENTENCE]

    assert fitted.probabilities(np.zeros(4))[COMMENT] == pytest.approx(0.8, abs=0.03)
    assert fitted.probabilities(np.zeros(4))[SUPPORT] == pytest.approx(0.2, abs=0.03)


def test_each_corpus_of_topics_counts_alike() -> None:
    """Ninety rows of one corpus weigh as much as ten of another, and the threshold stays even."""
    topics = rows(TargetKind.TOPIC, [COMMENT] * 90 + [SUPPORT] * 10)
    shares = np.asarray([1 / 90] * 90 + [1 / 10] * 10)
    sentences = rows(TargetKind.SENTENCE, [COMMENT] * 10)

    fitted = fit(PAGES, topics, sentences, shares).labels[TargetKind.TOPIC]

    even = fitted.probabilities(np.zeros(4))
    assert even[COMMENT] == pytest.approx(even[SUPPORT], abs=0.02)
    assert fitted.side_threshold == 0.5


def test_of_equally_good_thresholds_blame_has_the_highest_and_the_rest_the_evenest() -> None:
    """Where every threshold tells all rows right, nothing is lost by either choice."""
    topics, sentences = (
        rows(kind, [COMMENT] * 4) for kind in (TargetKind.TOPIC, TargetKind.SENTENCE)
    )

    labels = fit(PAGES, topics, sentences, np.ones(4)).labels

    assert labels[TargetKind.HYPOTHESIS].side_threshold == 0.75
    assert labels[TargetKind.ACCOUNT].side_threshold == 0.5
    assert labels[TargetKind.COMMENT].side_threshold == 0.5
