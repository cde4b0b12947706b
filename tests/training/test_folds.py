"""Folds of a corpus without a split."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.reading import Reading
from models.training.examples import Example
from models.training.folds import (
    FOLDED,
    FOLDS,
    PAGE_FOLDS,
    fold_of,
    pages_of_fold,
    pages_without_fold,
    without_fold,
)
from models.training.pages import REPORT_DOMAINS, TUNE_DOMAINS


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


def test_folds_of_pages_are_whole_domains() -> None:
    """Every page is held or read; a page written later, "je-…", is of no domain that is held."""
    pages = [{"id": name} for name in ("j-mill", "e-dam", "je-barn", "s-bank")]
    assert [own["id"] for own in pages_of_fold(pages, 0)] == ["j-mill"]
    assert [own["id"] for own in pages_without_fold(pages, 0)] == ["e-dam", "je-barn", "s-bank"]
    assert [own["id"] for own in pages_without_fold(pages, 1)] == ["j-mill", "je-barn", "s-bank"]


def test_every_domain_has_one_part() -> None:
    """The nineteen of the labelled pages are each in a fold, or tune, or report."""
    domains = "".join((*PAGE_FOLDS, REPORT_DOMAINS, TUNE_DOMAINS))
    assert sorted(domains) == list("abcdefghijklmnoqrst")
