"""Bare agreement: texts that say nothing else, and texts that do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.stance import Label
from app.mining.agreement import bare_agreement, opening_agreement


@pytest.mark.parametrize(
    "text",
    [
        "I agree.",
        "Exactly this",
        "exactly!!!",
        "+1",
        "This. ^^",
        "100% agree with you mate",
        "Couldn't have said it better myself.",
        "You're absolutely right",
        "Spot on, well said",
        "👍👍",
        "> they knew all along\nYep.",
        "so true lol",
        "My thoughts exactly.",
        "Same question.",
    ],
)
def test_agreement_and_nothing_else(text):
    """Words and signs that only agree are support."""
    assert bare_agreement(text) is Label.SUPPORT


@pytest.mark.parametrize(
    "text",
    [
        "Nonsense.",
        "what utter rubbish",
        "I disagree",
        "No way!",
        "-1",
        "That's not true.",
        "nah, can't agree with that",
        "well put, still wrong",
        "Not convinced, sorry",
    ],
)
def test_disagreement_and_nothing_else(text):
    """Words and signs that only disagree are denial."""
    assert bare_agreement(text) is Label.DENY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "I agree that the council did it",
        "Exactly what a spy would say",
        "It was the wiring.",
        "Right outside my house!",
        "No idea who did it",
        "> I agree",
        "This article is well written",
        "lol",
        "thanks",
        "yes " * 13,
    ],
)
def test_whatever_says_more_is_no_bare_agreement(text):
    """One word that is neither agreement nor filler, or too many words, and it is not bare."""
    assert bare_agreement(text) is None


def test_the_name_of_whom_it_answers_is_allowed():
    """The answered author's name may stand in a bare agreement, another name may not."""
    assert bare_agreement("What Rick said.", addressed="Rick, of Hollow Farm") is Label.SUPPORT
    assert bare_agreement("I agree with LT Nixon", addressed="LT Nixon") is Label.SUPPORT
    assert bare_agreement("What Rick said.", addressed="Morty") is None


def test_the_first_clause_may_agree_alone():
    """A text that goes on after agreeing still opens with agreement."""
    assert opening_agreement("I agree. This has the stench of the militia.") is Label.SUPPORT
    assert opening_agreement("Nope, the gate was shut") is Label.DENY
    assert opening_agreement("The gate was shut. I agree") is None


@given(st.text(max_size=200), st.text(max_size=30))
@settings(max_examples=100)
def test_any_text_is_read(text, name):
    """No text and no name makes the reading fail."""
    assert bare_agreement(text, addressed=name) in {Label.SUPPORT, Label.DENY, None}
