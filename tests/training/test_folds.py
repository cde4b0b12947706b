"""Folds of a corpus without a split."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.reading import Reading
from models.training.examples import Example
from models.training.folds import FOLDED, FOLDS, fold_of, without_fold


@given(st.text())
def test_a_fold_is_that_of_the_comment_answered(parent: str) -> None:
    """Every comment has one fold, whatever its case and spaces."""
    assert fold_of(parent) == fold_of(f"  {parent.lower()} ")
    assert 0 <= fold_of(parent) < FOLDS


def test_a_held_text_is_read_from_no_corpus() -> None:
    """Training without a fold reads neither its rows nor copies of their texts elsewhere."""
    parent = "It rains."
    held = Example(Reading("It does not", (), context=parent), (), FOLDED)
    copy = Example(Reading("it does  not", (), context="other"), (), "subreddit_agree")
    other = Example(Reading("Yes", (), context="other"), (), "subreddit_agree")
    fold = fold_of(parent)
    assert without_fold([held, copy, other], fold) == [other]
    assert without_fold([held, copy, other], (fold + 1) % FOLDS) == [held, copy, other]
