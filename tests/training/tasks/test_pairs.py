"""Figures of pairs of a text and a target."""

from __future__ import annotations

import numpy as np
import pytest

from app.domain.stance import Label
from models.training.formats.pairs import Pair
from models.training.tasks.pairs import (
    RUMOUREVAL,
    SEMEVAL,
    VAST,
    PairAnswers,
    figures_of_answers,
    pair_figures,
)

PAIRS = [
    Pair("1", "No way", "tea", Label.DENY, "a"),
    Pair("2", "Yes, exactly", "tea", Label.SUPPORT, "a"),
    Pair("3", "It is noon", "tea", Label.COMMENT, "b"),
]


def answers(*found: int) -> PairAnswers:
    """Return answers to the pairs."""
    gold = np.asarray([1, 0, 3])
    return PairAnswers(gold, np.asarray(found), np.asarray(found), np.eye(4)[list(found)])


def test_a_corpus_has_its_metric_and_floors() -> None:
    """One of three labels is right; the majority's is right once, the words always."""
    (figure, *_) = figures_of_answers(VAST, PAIRS, answers(1, 1, 1))
    assert figure.name == "vast.macro_f1"
    assert figure.value == pytest.approx(0.5 / 3)
    assert figure.floors == {"majority": pytest.approx(0.5 / 3), "lexicon": pytest.approx(1.0)}


def test_semeval_is_judged_by_favour_and_against_alone() -> None:
    """A wrong "none" costs nothing of its own."""
    (figure, *_) = figures_of_answers(SEMEVAL, PAIRS, answers(1, 0, 3))
    assert figure.value == 1.0
    (figure, *_) = figures_of_answers(SEMEVAL, PAIRS, answers(1, 0, 0))
    assert figure.value == pytest.approx((1 + 2 / 3) / 2)


def test_small_parts_have_no_figure() -> None:
    """A handful of replies says nothing."""
    names = [own.name for own in figures_of_answers(RUMOUREVAL, PAIRS, answers(1, 0, 3))]
    assert "rumoureval2019.replies.macro_f1" not in names


def test_a_network_answers_with_the_corpus_labels_only(reader) -> None:
    """VAST knows no questions: their share goes to the other labels."""
    figures, tables = pair_figures(reader, VAST, PAIRS)
    assert {own.name for own in figures} >= {"vast.macro_f1", "vast.ece", "vast.macro_f1_shipped"}
    assert sum(own.many for own in tables["vast"]) == len(PAIRS)
