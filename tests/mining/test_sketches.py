"""Words and their pairs: read alike in any writing, and never taken to stand alone wrongly."""

from __future__ import annotations

import re
import string
from collections import Counter
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.mining.sketches import MIN_WORDS, sketch, words_of

TEXTS = st.lists(
    st.lists(st.sampled_from("a b c d e f g h".split()), max_size=2 * MIN_WORDS), max_size=8
)


@given(st.text(st.characters(max_codepoint=127, exclude_characters=">")))
def test_words_of_ascii_are_its_runs_of_letters_and_digits(text):
    """Whatever stands between words of ASCII, they are its runs of word characters."""
    assert words_of(text) == re.findall(r"[a-z0-9_]+", text.lower().replace("'", ""))


@given(st.text(string.ascii_letters + string.digits + "_ .,!?-'"))
def test_words_do_not_depend_on_the_characters_beside_them(text):
    """ASCII is read as it is beside characters of other writings."""
    assert words_of(f"{text} é") == [*words_of(text), "é"]


@given(TEXTS)
def test_pairs_that_stand_alone_are_never_overcounted(texts):
    """No pair counts as alone that its own or another text has once more."""
    sketches = sketch(texts)
    long = [words if len(words) >= MIN_WORDS else [] for words in texts]
    pairs = [list(pairwise(words)) for words in long]
    times = Counter(pair for each in pairs for pair in each)
    alone = [sum(times[pair] == 1 for pair in each) for each in pairs]

    assert np.all(sketches.alone() <= np.array(alone))


def test_pairs_that_stand_alone_are_found():
    """Of two long texts that share their first half, about half of the pairs stand alone."""
    shared, one, other = ([f"{name}{at}" for at in range(50)] for name in "sot")

    alone = sketch([shared + one, shared + other, shared, []]).alone()

    assert np.all(alone[:2] > 25)
    assert np.all(alone[:2] <= 50)
    assert alone[2:].tolist() == [0, 0]


@given(TEXTS, st.randoms())
def test_some_texts_keep_their_sketches(texts, random):
    """Texts taken from others, in another order, have the pairs and sketches that they had."""
    sketches = sketch(texts)
    chosen = random.sample(range(len(texts)), k=random.randint(0, len(texts)))

    some = sketches.only(np.array(chosen, np.int64))

    assert some.as_bytes() == [sketches.as_bytes()[at] for at in chosen]
    assert np.array_equal(some.rows(), sketches.rows()[chosen])
