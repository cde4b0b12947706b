"""Tag probabilities become mentions that are whole words and never overlap."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.inference.spans import decode_mentions


def shares_of(tags):
    """Return sure tag probabilities for tags 0 (outside), 1 (begin), 2 (inside)."""
    return np.eye(3)[tags]


def mentions_in(encoder, text, tags, threshold=0.5):
    """Return the words that are decoded from `tags`."""
    (tokens,) = encoder.tokenize([text])
    found = decode_mentions(text, tokens, shares_of(tags), threshold)
    return [text[start:end] for start, end, _ in found]


def test_a_run_of_tokens_is_one_mention(encoder):
    """Tokens tagged begin and inside are one mention."""
    assert mentions_in(encoder, "the Red Brigade did it", [0, 1, 2, 0, 0]) == ["Red Brigade"]


def test_a_new_beginning_cuts_a_run(encoder):
    """Two mentions side by side are two."""
    assert mentions_in(encoder, "the army the police", [1, 2, 1, 2]) == ["the army", "the police"]


def test_a_part_of_a_word_becomes_the_word(encoder):
    """A tag on one piece of a long word marks the whole word."""
    text = "It was Qodsforcers again"
    (tokens,) = encoder.tokenize([text])
    tags = [0] * len(tokens)
    tags[3] = 1
    assert mentions_in(encoder, text, tags) == ["Qodsforcers"]


@given(st.text(max_size=60), st.integers(0, 2**32 - 1), st.floats(0.05, 0.95))
def test_mentions_are_in_order_and_apart(text, seed, threshold):
    """Whatever the tags, mentions stand in order, do not overlap, and lie within the text."""
    from tests.inference.test_encode import _encoder  # noqa: PLC0415 - fixtures do not mix with given

    (tokens,) = _encoder().tokenize([text])
    shares = np.random.default_rng(seed).random((len(tokens), 3)) + 1e-6
    end_before = 0
    for start, end, probability in decode_mentions(text, tokens, shares, threshold):
        assert end_before <= start < end <= len(text)
        assert 0 <= probability <= 1
        end_before = end
