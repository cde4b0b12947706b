"""Promises about telling what language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.parsing.language import declared_language, identify_language
from tests.parsing.charsets import PARAGRAPHS


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_paragraphs_in_many_languages_are_told_apart(language: str):
    """A paragraph is named by the code that BCP 47 has for its language today."""
    assert identify_language(PARAGRAPHS[language][0]) == language.partition("-")[0]


@pytest.mark.parametrize("text", ["", "hi lol", "12345 67890 12345 67890 12345 67890", "+1 " * 40])
def test_too_little_is_no_language(text: str):
    """Few letters, and none, are left unnamed."""
    assert identify_language(text) is None


@given(st.text(alphabet=st.characters(), min_size=30), st.integers(0, 0x10FFFF).map(chr))
def test_any_characters_are_survived(text: str, odd: str):
    """No text is refused, whatever characters stand in it, lone surrogates among them."""
    language = identify_language(f"{odd}{text}{odd} nobody signed the papers for the bolts")
    assert language is None or language.isalpha()


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en-US", "en"), ("DE", "de"), (" pt_BR ", "pt"), ("", None), ("x1", None)],
)
def test_declared_tags_are_read_by_their_primary_language(tag: str, language: str | None):
    """Regions and scripts do not matter, and what is no tag says nothing."""
    assert declared_language(tag) == language
