"""Promises about patterns of many words."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from app.parsing.alternation import any_of

_WORDS = st.lists(st.text(alphabet="abc.*\\é", min_size=1, max_size=5), min_size=1, max_size=12)


@given(_WORDS, st.text(alphabet="abc.*\\é", max_size=5))
def test_exactly_the_words_match(words: list[str], text: str):
    """The pattern matches each word, and no text that is none of them."""
    pattern = re.compile(any_of(words))
    assert all(pattern.fullmatch(word) for word in words)
    assert bool(pattern.fullmatch(text)) == (text in words)


@given(_WORDS)
def test_the_longest_word_is_taken(words: list[str]):
    """Where one word begins another, the longer one matches."""
    longest = max(words, key=len)
    found = re.match(any_of(words), longest)
    assert found
    assert found.group() == longest


def test_a_space_is_any_white_space():
    """Words of several parts match across tabs and no-break spaces."""
    assert re.fullmatch(any_of(["in reply to"]), "in\u00a0 reply\tto")
