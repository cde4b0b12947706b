"""Figures of labelled pages."""

from __future__ import annotations

import numpy as np
import pytest

from app.domain.stance import TargetKind
from models.training.pages import page_examples
from models.training.tasks.onepass import page_comparison
from models.training.tasks.pages import heads, page_figures


def test_every_figure_of_the_pages_is_there(reader, page) -> None:
    """Each attribution, stance and head has its figure, floors and a reliability table."""
    figures, tables = page_figures(reader, [page])
    by_name = {own.name: own for own in figures}
    assert set(by_name) >= {
        "pages.attribution_f1",
        "pages.attribution_f1_in_threads",
        "pages.role_accuracy_in_threads",
        "pages.attribution_macro_f1",
        "pages.claimed_f1",
        "pages.certain_accuracy",
        "pages.role_accuracy",
        "pages.account_macro_f1",
        "pages.reply_macro_f1",
        "pages.ece_hypothesis",
        "pages.ece_certain",
        "pages.ece_role",
    }
    assert all(0 <= own.value <= 1 for own in figures)
    assert set(tables) >= {"hypothesis", "account", "comment", "role", "certain", "reported"}


def test_the_floor_blames_whoever_is_named(reader, page) -> None:
    """Both blamed actors are named, and so is the one only asked about: 2 of 3 claims hold."""
    figures, _ = page_figures(reader, [page])
    (claimed,) = [own for own in figures if own.name == "pages.claimed_f1"]
    assert claimed.floors["named"] == pytest.approx(2 * 2 / (3 + 2))


def test_sureness_is_that_of_the_likeliest_answer(reader, page) -> None:
    """A head of two answers is never less sure than an even chance, one of four than a quarter."""
    scored = reader.score(page_examples(page))
    least = {name: float(sure.min()) for name, sure, _ in heads(reader, scored) if len(sure)}
    assert least["certain"] >= 0.5
    assert least["hypothesis"] >= 0.25


def test_scores_know_the_example_they_are_of(reader, page) -> None:
    """Whatever the order of reading, every query has its example's place."""
    examples = page_examples(page)
    scored = reader.score(examples)
    many = [len(own.golds) for own in examples]
    assert np.bincount(scored.rows).tolist() == many
    kinds = [kind for kind, row in zip(scored.kinds, scored.rows, strict=True) if row == 1]
    assert kinds[:2] == [TargetKind.ACCOUNT, TargetKind.COMMENT]


def test_one_pass_and_pairs_are_told_apart(reader, page) -> None:
    """Both ways have their figures, and the ratio of their times is positive."""
    values = {own.name: own.value for own in page_comparison(reader, [page])}
    assert values["onepass.speed_ratio"] > 0
    assert {"onepass.attribution_f1_onepass", "onepass.attribution_f1_pairs"} <= set(values)
