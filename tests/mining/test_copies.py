"""Copies: found whatever changed a little, in any order, and never where there is little text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mining.copies import find_copies

PLEA = (
    "The mayor sold our harbour to his own cousin and now he wants us to believe that the fire "
    "was an accident, which nobody in this town does."
)
OTHER = (
    "I worked at the depot for eleven years and the sprinklers never once passed an inspection, "
    "so please spare me the talk of sabotage."
)
TEXTS = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from([PLEA, OTHER, PLEA + " Share!", OTHER.upper(), "", "It was the mayor."]),
        st.lists(st.sampled_from("a b c d".split()), min_size=6, max_size=14).map(" ".join),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    "copy",
    [
        PLEA,
        PLEA.upper(),
        PLEA.replace("harbour", "port"),
        "  " + PLEA.replace(" ", "\n ") + " Copy and share!",
        PLEA.replace("mayor", "ma\u00adyor").replace("fire", "fi\u200bre"),
        PLEA.translate({ord("a"): "ａ", ord("e"): "ｅ"}),
        "> " + OTHER + "\n" + PLEA,
    ],
)
def test_a_copy_is_found_whatever_changed_a_little(copy):
    """Case, breaks, hidden characters, width, quotations and a changed word hide no copy."""
    assert find_copies([OTHER, PLEA, copy]) == (0, 1, 1)


def test_who_quotes_a_text_in_order_to_answer_is_no_copy():
    """What stands behind ">" is another's text."""
    assert find_copies([PLEA, f"> {PLEA}\nNo, the sprinklers were broken."]) == (0, 1)


def test_short_texts_are_no_copies():
    """That two say the same few words, or nothing, makes neither a copy."""
    assert find_copies(["It was the mayor.", "It was the mayor.", "", ""]) == (0, 1, 2, 3)


def test_texts_without_spaces_are_copied_too():
    """Where a writing parts no words, characters stand for them."""
    text = "市長は港を自分のいとこに売り、火事は事故だったと言っている。"
    assert find_copies(
        [text, text + "拡散希望", "まったく別の話だが、倉庫の検査は一度も通らなかった。"]
    ) == (
        0,
        0,
        2,
    )


@given(TEXTS, st.randoms())
def test_groups_do_not_depend_on_the_order(texts, random):
    """However the texts are shuffled, the same ones belong together."""
    order = list(range(len(texts)))
    random.shuffle(order)

    plain = find_copies(texts)
    shuffled = find_copies([texts[position] for position in order])

    together = {(a, b) for a in order for b in order if plain[a] == plain[b]}
    place = {position: at for at, position in enumerate(order)}
    assert together == {
        (a, b) for a in order for b in order if shuffled[place[a]] == shuffled[place[b]]
    }


@given(TEXTS)
def test_a_group_is_known_by_its_first_text(texts):
    """Each text leads to a first one, which leads to itself."""
    first = find_copies(texts)

    assert all(each <= position for position, each in enumerate(first))
    assert all(first[each] == each for each in first)


def test_huge_and_broken_texts_are_read_as_far_as_needed():
    """A megabyte of one word, of no word, and half characters do no harm."""
    hostile = ["a " * 500_000, ">" * 500_000, "\ud800" * 100, "\x00 " * 1000, "x" * 1_000_000]

    assert find_copies([*hostile, *hostile])[:5] == (0, 1, 2, 3, 4)
