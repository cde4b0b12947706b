"""What a caller's sentence asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.asking import query_of
from app.domain.page import Span
from app.domain.stance import TargetKind


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("The council is responsible for the flood.", "The council is responsible: the flood"),
        ("al Qaeda in Iraq was to blame", "al Qaeda in Iraq is responsible."),
        (
            "Marlin Lines are at fault: the ferry sank!",
            "Marlin Lines is responsible: the ferry sank",
        ),
    ],
)
def test_who_is_responsible_is_a_hypothesis(sentence, asked):
    """It is worded as a page's hypotheses are, which the model knows."""
    target = query_of(sentence, "Whatever.", None).target

    assert target.kind is TargetKind.HYPOTHESIS
    assert target.text == asked


@pytest.mark.parametrize(
    "sentence",
    [
        "The council left the valve open.",
        "Nobody is responsible for the flood.",
        "Who is responsible for the flood?",
        "The council is not responsible for the flood.",
        "The council is responsible for the flood?",
        "is responsible for the flood",
        "",
    ],
)
def test_any_other_claim_is_asked_as_it_is(sentence):
    """Questions, denials and other claims stay sentences."""
    target = query_of(sentence, "Whatever.", None).target

    assert target.kind is TargetKind.SENTENCE
    assert target.text == sentence


def test_the_actor_is_found_where_it_is_named():
    """In the text and in what it answers, with or without the article."""
    query = query_of("The council is responsible.", "Blame the council!", "Council workers came.")

    assert query.mentions == (Span(10, 17),)
    assert query.context_mentions == (Span(0, 7),)


@given(st.text(), st.text())
def test_any_text_can_be_asked_anything(sentence, text):
    """No sentence breaks it."""
    assert query_of(sentence, text, None).target.kind in TargetKind
