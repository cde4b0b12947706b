"""Reasons: what announces one counts, what denies having one does not."""

from __future__ import annotations

import pytest

from app.service.reasons import find_reasons


@pytest.mark.parametrize(
    "text",
    [
        "It was the militia, because nobody else has rockets.",
        "Who else would have had the keys?",
        "The audit showed it: the firm was paid twice.",
        "See https://example.org/report for what they did.",
        "There is evidence against the harbour office.",
    ],
)
def test_reasons_are_found(text):
    """A sentence that says why, or points at what shows it, gives a reason."""
    assert [span.text_of(text) for span in find_reasons(text)] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "It was the militia.",
        "It has been the militia since 1990.",
        "They have no evidence at all.",
        "Where is the proof?",
        "> It was them, because they always do it.\n\nThe militia.",
        "",
    ],
)
def test_what_is_no_reason_is_none(text):
    """Bare claims, times, missing evidence and quoted reasons are none of the author's."""
    assert find_reasons(text) == ()
