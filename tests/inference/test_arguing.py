"""Heads that read arguments: loaded where they are, refused where broken, alike in any company."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import save_file

from app.domain.argument import BEARINGS, UNIT_KINDS, Bearing, UnitKind, UnitPair
from app.domain.mined import ModelIdentity
from app.errors import ModelUnusable
from app.inference.arguing import (
    HEADS,
    HeadReader,
    pair_inputs,
    settle_sides,
    unit_inputs,
    with_arguments,
)
from app.mining.scorer import reader_of

WIDTH = 6
CLAUSES = ["It was the mayor", "because he had the key.", "Was it?"]
PAIR = UnitPair(
    CLAUSES[1],
    CLAUSES[0],
    UnitKind.PREMISE,
    UnitKind.CLAIM,
    same_comment=True,
    same_author=True,
    answers=False,
    quoted=False,
    apart=1,
)


class PlainScorer:
    """A scorer of which only the vectors are asked: those of a text's letters."""

    identity = ModelIdentity("plain", "1")

    def encode(self, texts):
        """Return a vector a text."""
        return [np.array([*text.encode()[:WIDTH]], np.float32) / 128 for text in texts]


def heads():
    """Return weights of both heads, drawn the same each time."""
    chance = np.random.default_rng(1)
    vectors = PlainScorer().encode(CLAUSES)
    widths = {
        "units": (unit_inputs(CLAUSES, vectors).shape[1], len(UNIT_KINDS)),
        "pairs": (
            pair_inputs([PAIR], np.stack(vectors[1:2]), np.stack(vectors[:1])).shape[1],
            len(BEARINGS),
        ),
    }
    made = {}
    for name, (width, classes) in widths.items():
        made |= {
            f"{name}.first.weight": chance.normal(size=(5, width)).astype(np.float32),
            f"{name}.first.bias": chance.normal(size=5).astype(np.float32),
            f"{name}.last.weight": chance.normal(size=(classes, 5)).astype(np.float32),
            f"{name}.last.bias": chance.normal(size=classes).astype(np.float32),
        }
    return made


def test_probabilities_do_not_depend_on_what_is_asked_beside():
    """Each text's clauses and each pair have shares that sum to one, alone and in company."""
    reader = HeadReader(PlainScorer().encode, heads())

    alone, pair_alone = reader.score_clauses([CLAUSES]), reader.score_pairs([PAIR])
    (beside, none, other) = reader.score_clauses([CLAUSES, [], CLAUSES[:1]])

    assert beside == pytest.approx(np.array(alone[0]), rel=1e-4)
    assert (len(none), len(other)) == (0, 1)
    assert np.array(alone[0]).sum(1) == pytest.approx(1)
    assert np.array(reader.score_pairs([PAIR, PAIR]))[1] == pytest.approx(
        np.array(pair_alone[0]), rel=1e-4
    )
    assert list(reader.score_pairs([])) == []


@pytest.mark.parametrize(
    ("author", "words", "side"),
    [
        ("same", "Nobody else had the key.", Bearing.SUPPORTS),
        ("another", "He was at sea that week.", Bearing.ATTACKS),
        ("another", "You are right, he had it.", Bearing.SUPPORTS),
        ("another", "Exactly this.", Bearing.SUPPORTS),
        ("another", "True, but he was at sea.", Bearing.ATTACKS),
        ("another", "That isn\u2019t right.", Bearing.ATTACKS),
    ],
)
def test_who_speaks_and_whether_they_agree_tells_the_side(author, words, side):
    """What is related, and what restates, stays as likely as the head has it."""
    pair = replace(PAIR, source=words, same_author=author == "same")
    shares = np.array([[0.5, 0.1, 0.1, 0.3]])

    (told,) = settle_sides([pair], shares)

    assert BEARINGS[int(told[:2].argmax())] is side
    assert told[:2].sum() == pytest.approx(0.6)
    assert list(told[2:]) == [0.1, 0.3]


def test_a_folder_with_heads_reads_arguments_under_a_revision_of_its_own(tmp_path):
    """Without the file all is as before; with it the model is another one."""
    plain = PlainScorer()
    assert with_arguments(plain, tmp_path) is plain
    assert reader_of(plain) is None

    save_file(heads(), tmp_path / HEADS)
    arguing = with_arguments(plain, tmp_path)

    assert isinstance(reader_of(arguing), HeadReader)
    assert arguing.identity.name == "plain"
    assert arguing.identity.revision != "1"


@pytest.mark.parametrize("broken", ["bytes", "lacking"])
def test_broken_heads_are_refused(tmp_path, broken):
    """No head is guessed where the file is cut or lacks an array."""
    if broken == "bytes":
        (tmp_path / HEADS).write_bytes(b"no heads")
    else:
        left = heads()
        del left["pairs.last.bias"]
        save_file(left, tmp_path / HEADS)

    with pytest.raises(ModelUnusable, match="expected heads"):
        with_arguments(PlainScorer(), tmp_path)
