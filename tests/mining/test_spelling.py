"""Spellings of one name are told from names that look alike."""

import pytest

from app.mining.spelling import is_spelling_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("quds", "qods"),
        ("hezbollah", "hizbullah"),
        ("qaeda", "qaida"),
        ("houthis", "huthis"),
        ("orrin", "orin"),
        ("mahavir", "mahaveer"),
        ("salunke", "salunkhe"),
    ],
)
def test_transcriptions_and_slips_are_one_name(one, other):
    """Letters for one sound, doubled letters and a slip in a long word make no other name."""
    assert is_spelling_of(one, other)
    assert is_spelling_of(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("north", "south"),
        ("harper", "harker"),
        ("ross", "russ"),
        ("niger", "nigeria"),
        ("officer", "office"),
        ("2020", "2021"),
        ("ben", "bin"),
    ],
)
def test_short_or_differently_begun_words_are_two_names(one, other):
    """One letter makes another name in a short word, at its beginning, or in a number."""
    assert not is_spelling_of(one, other)
    assert not is_spelling_of(other, one)
