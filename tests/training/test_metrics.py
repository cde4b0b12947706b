"""Figures against examples counted by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.training.metrics import (
    Matched,
    accuracy,
    attribution_f1,
    bootstrap,
    calibration_error,
    chance_error,
    f1_by_label,
    f1_of_counts,
    macro_f1,
    matched_entities,
    matched_names,
    names_of_tags,
    normalized,
    reliability,
)

SUPPORT, DENY, QUERY, COMMENT = range(4)
GOLD = np.asarray([SUPPORT, SUPPORT, DENY, QUERY, COMMENT, COMMENT])
FOUND = np.asarray([SUPPORT, DENY, DENY, COMMENT, COMMENT, SUPPORT])


def test_f1_of_each_label() -> None:
    """Support has 1 right of 2 and 2, deny 1 of 2 and 1, query none, comment 1 of 2 and 2."""
    assert f1_by_label(GOLD, FOUND, range(4)) == pytest.approx([0.5, 2 / 3, 0.0, 0.5])


def test_macro_f1_is_the_mean_of_the_labels_asked_for() -> None:
    """Labels that are not asked for do not count."""
    assert macro_f1(GOLD, FOUND, (SUPPORT, DENY)) == pytest.approx((0.5 + 2 / 3) / 2)


def test_accuracy_is_the_share_of_right_answers() -> None:
    """Three of six are right; of nothing it is 0."""
    assert accuracy(GOLD, FOUND) == 0.5
    assert accuracy(GOLD[:0], FOUND[:0]) == 0.0


def test_attribution_f1_pools_the_rows_that_are_no_comment() -> None:
    """Two rows are right, four are given, four are true."""
    assert attribution_f1(GOLD, FOUND) == pytest.approx(2 * 2 / (4 + 4))


def test_attribution_f1_of_nothing_is_nothing() -> None:
    """A page where nobody is weighed and nobody found has no F1."""
    assert attribution_f1(np.asarray([COMMENT]), np.asarray([COMMENT])) == 0.0


def test_calibration_error_is_the_mean_gap() -> None:
    """Four answers at 0.9 of which three hold, one at 0.3 that holds: (4 x 0.15 + 0.7) / 5."""
    sure = np.asarray([0.9, 0.9, 0.9, 0.9, 0.3])
    right = np.asarray([True, True, True, False, True])
    assert calibration_error(sure, right) == pytest.approx((4 * 0.15 + 0.7) / 5)
    assert [own.many for own in reliability(sure, right)] == [1, 4]


def test_chance_alone_makes_an_error_of_few_answers() -> None:
    """One answer at 0.9 is off by 0.1 or by 0.9: 0.18 on average. Of many little is left."""
    assert chance_error(np.full(1, 0.9), draws=20_000) == pytest.approx(0.18, abs=0.01)
    assert chance_error(np.full(20_000, 0.9)) < 0.004
    assert chance_error(np.ones(3)) == 0.0


def test_reliability_takes_the_ends_of_the_scale() -> None:
    """Answers of probability 0 and 1 have their place in the first and the last bin."""
    table = reliability(np.asarray([0.0, 1.0]), np.asarray([False, True]), bins=2)
    assert [(own.sure, own.right) for own in table] == [(0.0, 0.0), (1.0, 1.0)]


def test_bootstrap_draws_whole_groups() -> None:
    """Rows of one page come together: two pages that are all right or all wrong give 0 to 1."""
    right = np.asarray([1.0, 1.0, 0.0, 0.0])
    interval = bootstrap(["a", "a", "b", "b"], lambda rows: float(right[rows].mean()))
    assert interval == (0.0, 1.0)


@given(st.integers(0, 5))
def test_bootstrap_repeats_itself(seed: int) -> None:
    """The same seed gives the same interval."""
    values = np.arange(20.0)

    def mean(rows: np.ndarray) -> float:
        return float(values[rows].mean())

    assert bootstrap(range(20), mean, draws=20, seed=seed) == bootstrap(
        range(20), mean, draws=20, seed=seed
    )


def test_mentions_are_normalized() -> None:
    """Case, punctuation, articles and spaces do not matter."""
    assert normalized("The  F.M.L.N. of a Front") == "fmln of front"


def test_entities_match_at_most_once() -> None:
    """Two found entities that fit the same true one count once."""
    gold = [("FMLN", "Farabundo Marti National Liberation Front")]
    assert matched_entities(gold, [("FMLN",), ("fmln",)]) == Matched(1, 2, 1)


def test_an_entity_with_a_wrong_mention_does_not_fit() -> None:
    """Every mention of a found entity must be among those of the true one."""
    assert matched_entities([("FMLN",)], [("FMLN", "guerrillas")]) == Matched(0, 1, 1)


def test_entities_match_in_the_best_way() -> None:
    """The entity that fits two gives way to the one that fits only the first."""
    gold = [("a1", "b1"), ("b1", "c1")]
    assert matched_entities(gold, [("b1",), ("a1",)]) == Matched(2, 2, 2)


def test_names_begin_and_go_on_as_conlleval_reads_them() -> None:
    """A change of kind begins a name, and so does an "I" after nothing."""
    tags = ["B-person", "I-person", "I-group", "O", "I-product", "B-product"]
    assert names_of_tags(tags) == [
        (0, 2, "person"),
        (2, 3, "group"),
        (4, 5, "product"),
        (5, 6, "product"),
    ]


def test_a_name_counts_with_its_words_and_its_kind_only() -> None:
    """One of two names has the wrong kind."""
    gold = ["B-person", "O", "B-location", "I-location"]
    found = ["B-person", "O", "B-group", "I-group"]
    assert matched_names(gold, found) == Matched(1, 2, 2)
    assert f1_of_counts(np.asarray([[1, 2, 2], [1, 1, 2]])) == pytest.approx(4 / 7)
