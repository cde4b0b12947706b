"""Logits become probabilities and decisions as the calibration says, and it survives its file."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.stance import LABELS, Label, TargetKind
from app.errors import ModelUnusable
from app.inference.calibration import (
    PLAIN,
    Calibration,
    LabelCalibration,
    YesCalibration,
    calibration_as_json,
    read_calibration,
)

LOGITS = st.lists(st.floats(-30, 30), min_size=4, max_size=4)


@given(LOGITS, st.floats(0.1, 3))
def test_probabilities_sum_to_one(logits, scale):
    """Any logits give four probabilities that sum to one."""
    own = LabelCalibration(scale=scale, bias=(0.1, -0.2, 0.3, 0.0)).probabilities(np.array(logits))
    assert own.sum() == pytest.approx(1.0)
    assert (own >= 0).all()


def test_a_side_is_taken_from_the_threshold_on():
    """Below the threshold the label is comment, from it on the likeliest side."""
    cautious = LabelCalibration(side_threshold=0.7)
    bold = LabelCalibration(side_threshold=0.3)
    probabilities, named = np.array([[0.3, 0.2, 0.1, 0.4]]), np.array([True])
    assert [LABELS[own] for own in cautious.decide(probabilities, named)] == [Label.COMMENT]
    assert [LABELS[own] for own in bold.decide(probabilities, named)] == [Label.SUPPORT]


def test_an_actor_that_is_not_named_needs_more():
    """Where the text does not name the actor, the other threshold decides."""
    own = LabelCalibration(side_threshold=0.3, unnamed_threshold=0.7)
    probabilities = np.array([[0.3, 0.2, 0.1, 0.4]] * 2)
    labels = [LABELS[own] for own in own.decide(probabilities, np.array([True, False]))]
    assert labels == [Label.SUPPORT, Label.COMMENT]


@given(LOGITS, st.floats(-30, 30))
def test_certain_only_where_a_side_is_taken(logits, certain):
    """No logits make a query or a comment certain."""
    outputs = np.array([[*logits, certain, 0.0, 0.0, 0.0, 0.0]])
    (score,) = PLAIN.scores([TargetKind.ACCOUNT], np.array([True]), outputs)
    assert not score.stance.certain or score.stance.label in {Label.SUPPORT, Label.DENY}


OUTPUTS = st.lists(st.lists(st.floats(-9, 9), min_size=9, max_size=9), min_size=1, max_size=9)


@given(OUTPUTS, st.data())
def test_rows_are_scored_together_as_each_alone(rows, data):
    """Kinds may be mixed: each row has its own kind's calibration and threshold."""
    own = replace(
        PLAIN,
        labels={
            kind: LabelCalibration(0.5 + place, (0.1 * place, 0.2, 0.3, 0.4), 0.3, 0.6)
            for place, kind in enumerate(TargetKind)
        },
        role_scale=0.7,
    )
    many = len(rows)
    kinds = data.draw(st.lists(st.sampled_from(TargetKind), min_size=many, max_size=many))
    named = np.array(data.draw(st.lists(st.booleans(), min_size=many, max_size=many)))
    outputs = np.array(rows)

    together = own.scores(kinds, named, outputs)

    for row, score in enumerate(together):
        (alone,) = own.scores([kinds[row]], named[row : row + 1], outputs[row : row + 1])
        assert alone.stance.label is score.stance.label
        assert alone.stance.probabilities == pytest.approx(score.stance.probabilities, abs=1e-12)
        assert alone.role_probabilities == pytest.approx(score.role_probabilities, abs=1e-12)
        taken = 1 - score.stance.probabilities[LABELS.index(Label.COMMENT)]
        assert taken == pytest.approx(own.sides([kinds[row]], outputs[row : row + 1])[0])


def test_a_calibration_reads_back_as_written(tmp_path):
    """What is written is what is read."""
    own = Calibration(
        labels={
            kind: LabelCalibration(0.5 + place, (0.1, 0.2, 0.3, 0.4), 0.3, 0.4)
            for place, kind in enumerate(TargetKind)
        },
        certain=YesCalibration(0.5, -0.1),
        reported=YesCalibration(2.0, 0.3),
        role_scale=0.7,
        mention_threshold=0.2,
    )
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps(calibration_as_json(own)))
    assert read_calibration(path) == own


def test_topics_of_an_older_file_are_read_as_its_sentences(tmp_path):
    """Before topics were told apart, a calibration had four kinds; it still serves."""
    value = calibration_as_json(PLAIN)
    labels = value["labels"]
    del labels["topic"]
    labels["sentence"]["side_threshold"] = 0.3
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps(value))

    assert read_calibration(path).labels[TargetKind.TOPIC].side_threshold == 0.3


@pytest.mark.parametrize("text", ["", "[]", '{"labels": {}}', "{"])
def test_a_broken_calibration_is_refused(tmp_path, text):
    """A file that is no calibration is refused as an unusable model, naming the file."""
    path = tmp_path / "calibration.json"
    path.write_text(text)
    with pytest.raises(ModelUnusable, match=r"calibration\.json"):
        read_calibration(path)
