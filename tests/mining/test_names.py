"""Marks of a tagger are turned into whole names, and names into their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.page import Span
from app.mining.names import read_name, trim_mention


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("It was the landlord who did it", "the landlord who", "landlord"),
        ("blame al Qaeda in Iraq.", "Qaeda in Iraq.", "al Qaeda in Iraq"),
        ("the Mahdi Army's men", "hdi Ar", "Mahdi Army"),
        ("“Qods Force,” he said", "“Qods Force,”", "Qods Force"),
        ("Kessara's health ministry", "Kessara's health ministry", "Kessara's health ministry"),
        ("They did it", "They", None),
        ("... !!", "...", None),
    ],
)
def test_a_mark_is_trimmed_to_a_name(text, marked, expected):
    """Half words are completed; articles, possessives, quotes and pronouns fall away."""
    start = text.index(marked)
    span = trim_mention(text, Span(start, start + len(marked)))
    assert (span.text_of(text) if span else None) == expected


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("the chief of police", "chief"),
        ("Tri-Borough Holdings, the landlord", "holdings"),
        ("Iranian-backed Special Groups", "groups"),
        ("al Qaeda in Iraq", "qaeda"),
    ],
)
def test_the_head_is_what_the_name_says_it_is(text, head):
    """The head stands last, but before a preposition or a comma."""
    name = read_name(text)
    assert name is not None
    assert name.head_word == head


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_trimming_stays_within_the_text(text, one, other):
    """A trimmed mark is never empty and lies within its text, wherever the mark was."""
    span = trim_mention(text, Span(min(one, other), max(one, other)))
    assert span is None or span.text_of(text).strip()
