"""Names in user text."""

from __future__ import annotations

import pytest

from models.training.formats.wnut17 import TaggedText
from models.training.tasks.names import TAG_NAMES, name_figures, tags_of_words

TEXTS = [
    TaggedText(("Ann", "Lee", "ran"), ("B-person", "I-person", "O")),
    TaggedText(("Oslo",), ("B-location",)),
]


def test_every_word_has_a_tag(reader) -> None:
    """Also a word that the tokenizer does not know, and one of many tokens."""
    words = ("Incomprehensibilities", "\u200b", "of", "Oslo")
    (tags,) = tags_of_words(reader, [words])
    assert len(tags) == len(words)
    assert set(tags) <= set(TAG_NAMES)


def test_the_floor_lists_names_of_training(reader) -> None:
    """Of two names one stood in training with its kind: precision 1, recall 1/2."""
    train = [TaggedText(("Ann", "Lee"), ("B-person", "I-person"))]
    figure = name_figures(reader, TEXTS, train)[0]
    assert figure.floors["names of the training texts"] == 2 / 3


def test_the_floor_takes_capitals_for_people(reader) -> None:
    """The first word begins no name: of "Ann Lee" the half is wrong, the other name is missed."""
    figure = name_figures(reader, [*TEXTS, TaggedText(("so", "Bo"), ("O", "B-person"))], [])[0]
    assert figure.floors == {"capitals": pytest.approx(2 * 1 / (2 + 3))}
