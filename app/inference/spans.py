"""Tag probabilities of tokens to spans of text: where a mention begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.inference.layout import TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from app.inference.tokens import Tokens

_OUTSIDE, _BEGIN = TAGS.index("outside"), TAGS.index("begin")


def decode_mentions(
    text: str, tokens: Tokens, shares: npt.NDArray[np.float64], threshold: float
) -> Iterator[tuple[int, int, float]]:
    """Yield (start, end, probability) of the mentions in `text`, whole words, none overlapping.

    `shares` [tokens, 3] are tag probabilities, of any positive scale a row. A run of tokens that
    are likelier than `threshold` to be in a mention is one, cut where a new one begins at a word
    boundary; the probability is the mean over its tokens.
    """
    if not len(tokens):
        return
    shares = shares / np.maximum(shares.sum(-1, keepdims=True), 1e-9)
    inside = 1.0 - shares[:, _OUTSIDE]
    run: list[int] = []
    end_before = 0
    for index in range(len(tokens) + 1):
        ends_here = index == len(tokens) or inside[index] < threshold
        starts_anew = (
            not ends_here
            and bool(run)
            and int(np.argmax(shares[index])) == _BEGIN
            and not _in_word(text, tokens.starts[index])
        )
        if run and (ends_here or starts_anew):
            start, end = _whole_words(text, tokens.starts[run[0]], tokens.ends[run[-1]])
            if start >= end_before:
                yield start, end, float(inside[run].mean())
                end_before = end
            run = []
        if not ends_here:
            run.append(index)


def _in_word(text: str, place: int) -> bool:
    return place > 0 and text[place - 1].isalnum() and text[place].isalnum()


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while _in_word(text, start):
        start -= 1
    while end < len(text) and _in_word(text, end):
        end += 1
    return start, end
