"""Clauses: where a sentence is cut, what is left whole, and that spans stay true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mining.units import MOST_CLAUSES, cut_clauses


def words(text):
    """Return the clauses of a text."""
    return [span.text_of(text) for span in cut_clauses(text)]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        (
            "It was the harbour office because they had the only key.",
            ["It was the harbour office", "because they had the only key."],
        ),
        (
            "The guards slept, so the gate stood open; nobody was asked about it.",
            ["The guards slept", "so the gate stood open", "nobody was asked about it."],
        ),
        ("But why?", ["But why?"]),
        ("Nobody knows, but I do.", ["Nobody knows, but I do."]),
        ("> It was the mayor of the town.\nNo, he was away.", ["No, he was away."]),
        ("", []),
    ],
)
def test_sentences_are_cut_where_a_reason_or_a_turn_begins(text, clauses):
    """Three words on either side make a cut; what is quoted is somebody else's."""
    assert words(text) == clauses


@given(st.text(alphabet="ab ,.;>\n(-", max_size=200) | st.text(max_size=80))
def test_clauses_stand_in_order_and_do_not_overlap(text):
    """Whatever is written, every clause is a stretch of it behind the one before."""
    end = 0
    for span in cut_clauses(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end


def test_a_hostile_text_has_so_many_clauses_and_no_more():
    """Ten thousand sentences cost as much as sixty."""
    assert len(cut_clauses("It was the mayor. " * 10_000)) == MOST_CLAUSES


class Watched(str):  # noqa: SLOT000 - it keeps a count
    """A text that counts the characters that are copied out of it."""

    copied = 0

    def __getitem__(self, key):
        part = super().__getitem__(key)
        self.copied += len(part)
        return part


def test_a_text_of_marks_is_not_read_again_at_each_of_them():
    """What is copied grows with the text and not with its square."""
    text = Watched("We say " + "; " * 2_000 + "so what is it to you?")

    cut_clauses(text)

    assert text.copied <= len(text)
