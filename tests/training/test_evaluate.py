"""The story of an evaluation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from models.training.evaluate import Material, fold_figures, measure, page_fold_figures
from models.training.pages import read_pages
from models.training.tasks.pages import page_figures
from models.training.tasks.pairs import DEBAGREEMENT, pair_figures

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shared_rows(tmp_path: Path, page) -> Path:
    """Write a few rows of our own form where the evaluation looks for them."""
    stance = tmp_path / "data" / "stance"
    stance.mkdir(parents=True)
    (tmp_path / "pages" / "train").mkdir(parents=True)
    (tmp_path / "pages" / "train" / "s-mill.json").write_text(json.dumps(page), "utf-8")
    row = {"text": "No", "context": "It rains.", "target": "rain", "source": "vast:seen=0"}
    rows = [{**row, "id": str(number), "label": "against"} for number in range(9)]
    (stance / "vast_dev.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    replies = [
        {
            **row,
            "id": str(number),
            "label": "agree" if number % 3 else "disagree",
            "text": f"No {number}",
            "context": f"Parent {number}",
        }
        for number in range(30)
    ]
    (stance / "debagreement_train.jsonl").write_text("\n".join(map(json.dumps, replies)), "utf-8")
    return tmp_path


def test_only_what_is_named_is_measured(reader, shared_rows) -> None:
    """Two tasks give the figures of these two."""
    material = Material(shared_rows, {}, None)
    figures, tables = measure(reader, material, ["vast", "pages"], ())
    assert {own.name.partition(".")[0] for own in figures} == {"vast", "pages"}
    assert "vast" in tables


def test_a_release_takes_the_place_of_our_rows(reader, shared_rows) -> None:
    """One corpus is read from a csv file, in its own form."""
    release = shared_rows / "vast_dev.csv"
    release.write_text("post,new_topic,label,type_idx,topic_str\nYes,tea,1,1,tea\n", "utf-8")
    material = Material(shared_rows, {"vast": str(release)}, None)
    _, tables = measure(reader, material, ["vast"], ())
    assert sum(own.many for own in tables["vast"]) == 1


def test_every_row_is_answered_once_over_the_folds(reader, shared_rows) -> None:
    """Five models, each on its own fold, give the figures that one gives on all rows."""
    material = Material(shared_rows, {}, None)
    pairs = DEBAGREEMENT.read(material.path(DEBAGREEMENT.name))

    folded = fold_figures([reader] * 5, material)

    whole, _ = pair_figures(reader, DEBAGREEMENT, pairs)
    values = {own.name: own.value for own in whole}
    assert folded[0].name == "debagreement.accuracy"
    assert {own.name: own.value for own in folded} == {own.name: values[own.name] for own in folded}


def test_every_page_that_trains_is_read_once_over_the_folds(reader, page, shared_rows) -> None:
    """One model for both folds gives what it gives on their pages; those that report are not read.

    The first domain of each fold has a page here, and the report part one.
    """
    for domain in "je":
        own = json.dumps({**page, "id": f"{domain}-mill"})
        (shared_rows / "pages" / "train" / f"{domain}-mill.json").write_text(own, "utf-8")

    figures, tables = page_fold_figures([reader] * 2, Material(shared_rows, {}, None))

    pages = read_pages(shared_rows / "pages" / "train")
    whole, whole_tables = page_figures(reader, [own for own in pages if own["id"] != "s-mill"])
    values = {own.name.partition(".")[2]: own.value for own in figures}
    each = [values.pop(f"attribution_f1_in_threads.{domain}") for domain in "ej"]
    assert each == [values["attribution_f1_in_threads"]] * 2
    assert values == pytest.approx({own.name.partition(".")[2]: own.value for own in whole})
    assert [own.many for own in tables["account"]] == [own.many for own in whole_tables["account"]]


def test_a_limit_takes_rows_from_all_over(shared_rows) -> None:
    """The first and the last are among them."""
    assert Material(shared_rows, {}, 3).some(list(range(9))) == [0, 4, 8]


def test_an_unknown_corpus_is_refused(shared_rows) -> None:
    """The message names those that are known."""
    with pytest.raises(SystemExit, match=r"expected --read with one of vast, .* got vest"):
        Material(shared_rows, {"vest": "x"}, None)
