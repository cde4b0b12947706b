"""Texts become windows that lose nothing, and spans become the tokens that they cover."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.page import Span
from app.domain.reading import Query, Reading
from app.domain.stance import Target, TargetKind
from app.inference.encode import (
    ARTICLE_TOKENS,
    BACKGROUND_TOKENS,
    CONTEXT_TOKENS,
    WINDOW_OVERLAP,
    WINDOW_TOKENS,
    Around,
    TextEncoder,
    window_ranges,
)
from app.inference.layout import PLACES

TARGET = Target(TargetKind.HYPOTHESIS, "Red Brigade is responsible.", actor="rb")


def windows_of(encoder, reading):
    """Return the windows of a reading that asks for one target."""
    words = [reading.text, reading.background or "", reading.context or ""]
    text, background, context = encoder.tokenize(words)
    return text, encoder.windows(reading, text, Around(background, context), {TARGET.text: 0})


@given(st.integers(0, 5000))
def test_windows_cover_every_token(tokens):
    """Whatever a text's length, its windows cover it from end to end, and overlap."""
    windows = window_ranges(tokens)
    assert (windows[0].start, windows[-1].stop) == (0, tokens)
    assert {len(window) for window in windows} == {len(windows[0])}
    assert len(windows[0]) <= WINDOW_TOKENS
    assert all(
        before.start < after.start <= before.stop - WINDOW_OVERLAP
        for before, after in pairwise(windows)
    )


@pytest.mark.parametrize(
    ("tokens", "many", "length"),
    [(256, 1, 256), (257, 2, 145), (336, 2, 184), (337, 3, 134), (5_000, 33, 183)],
)
def test_windows_are_no_more_and_no_longer_than_need_be(tokens, many, length):
    """A text that is a little too long for a window takes two short ones, and not two long ones."""
    windows = window_ranges(tokens)
    assert (len(windows), len(windows[0])) == (many, length)


def test_a_long_text_is_read_to_its_end(encoder):
    """A comment longer than a window loses no word, and a mention late in it is marked there."""
    text = "Nothing to see here. " * 200 + "It was the Red Brigade."
    start = text.index("Red Brigade")
    reading = Reading(text, (Query(TARGET, mentions=(Span(start, start + 11),)),))
    tokens, windows = windows_of(encoder, reading)
    read = {number for window in windows for number in window.ids}
    assert set(tokens.ids) <= read
    assert [bool(window.markers[0].mention) for window in windows] == [False] * (
        len(windows) - 1
    ) + [True]


def test_a_mention_marks_the_tokens_it_covers(encoder):
    """The tokens of a marker's mention spell the words of the span."""
    reading = Reading("So the Red Brigade?", (Query(TARGET, mentions=(Span(7, 18),)),))
    tokens, (window,) = windows_of(encoder, reading)
    marker = window.markers[0]
    covered = [reading.text[tokens.starts[i - 1] : tokens.ends[i - 1]] for i in marker.mention]
    assert covered == ["Red", "Brigade"]
    assert marker.position == marker.mention[0]


def test_a_context_is_read_up_to_its_limit(encoder):
    """A context of any length takes at most its stated tokens, and the text none less for it."""
    reading = Reading("Nonsense.", (Query(TARGET),), context="They all did it. " * 100)
    tokens, (window,) = windows_of(encoder, reading)
    assert sum(window.types) == CONTEXT_TOKENS + 1
    assert window.ids[1 : 1 + len(tokens)] == tokens.ids


def test_a_background_stands_between_the_text_and_the_context(encoder):
    """What a page is about is read up to its limit, before the context, and named there too."""
    background = "The Red Brigade marched. " * 30
    named = (Span(4, 15),)
    reading = Reading("Nonsense.", (Query(TARGET, background_mentions=named),), "Who?", background)
    tokens, (window,) = windows_of(encoder, reading)
    (context,) = encoder.tokenize(["Who?"])
    assert sum(window.types) == BACKGROUND_TOKENS + 1 + len(context) + 1
    marker = window.markers[0]
    assert marker.position == marker.context_mention[0] == len(tokens) + 2 + 1


def test_a_network_without_backgrounds_reads_a_first_comment_after_the_title(encoder):
    """It sees the title alone, and nothing of a background before an answer."""
    older = TextEncoder(encoder._tokenizer, reads_background=False)  # noqa: SLF001 - the same words
    queries = (Query(TARGET, background_mentions=(Span(0, 11),)),)
    background = "Red Brigade marched\nIt marched through the town."
    first = Reading("Nonsense.", queries, background=background)
    answer = Reading("Nonsense.", (Query(TARGET),), "Who?", background)

    _, (window,) = windows_of(older, first)
    _, (answering,) = windows_of(older, answer)

    title, context = encoder.tokenize(["Red Brigade marched", "Who?"])
    assert sum(window.types) == len(title) + 1
    assert window.markers[0].place == PLACES.index("nowhere")
    assert sum(answering.types) == len(context) + 1


@settings(max_examples=30)
@given(st.lists(st.integers(1, 700), max_size=12))
def test_article_passes_hold_every_sentence(lengths):
    """Every sentence has its place in some pass, in order, and no pass is longer than allowed."""
    encoder = _encoder()
    sentences = [" ".join(["word"] * length) for length in lengths]
    passes = encoder.article_passes("A title", sentences)
    assert sum(len(own.places) for own in passes) == len(sentences)
    assert all(len(own.ids) <= ARTICLE_TOKENS for own in passes)
    places = [end - start for own in passes for start, end in own.places]
    assert all(place > 0 for place in places)
    assert all(
        place == length for place, length in zip(places, lengths, strict=True) if length < 400
    )


def _encoder():
    from tests.inference.conftest import MODELS, TextEncoder, Tokenizer  # noqa: PLC0415 - once

    return TextEncoder(Tokenizer.from_file(str(MODELS / "small" / "tokenizer.json")))
