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
        "The council left the old valve open.",
        "Homework should be limited",
        "Nobody is responsible for the flood.",
        "Who is responsible for the flood?",
        "The council is not responsible for the flood.",
        "The council is responsible for the flood?",
    ],
)
def test_any_other_claim_is_asked_as_it_is(sentence):
    """Questions, denials and other claims stay sentences, and stand nowhere in the text."""
    query = query_of(sentence, f"{sentence} Whatever.", None)

    assert query.target.kind is TargetKind.SENTENCE
    assert query.target.text == sentence
    assert query.mentions == ()


@pytest.mark.parametrize("topic", ["gun control", "tax break for home schools", ""])
def test_few_words_are_a_topic(topic):
    """What is too short to claim anything is asked as it is, and calibrated apart."""
    target = query_of(topic, "Whatever.", None).target

    assert (target.kind, target.text) == (TargetKind.TOPIC, topic)


@pytest.mark.parametrize(
    ("topic", "text", "named"),
    [
        ("gun control", "They want control of our guns.", "control"),
        ("library bookshelf", "Do Bookshelves need a library?", "Bookshelves"),
        ("library bookshelf", "Our libraries are bookless.", "libraries"),
        ("the EU", "Leave the EU!", "EU"),
        ("school uniforms", "A uniform for schools? No uniform.", "uniform"),
        ("the war", "Warren likes the others.", None),
        ("nuclear power", "Wind is enough.", None),
    ],
)
def test_a_topic_is_found_in_any_form(topic, text, named):
    """Its last word counts first, endings may differ, and other words are no forms of it."""
    places = query_of(topic, text, None).mentions

    assert [text[own.start : own.end] for own in places] == ([] if named is None else [named])


def test_what_the_text_answers_is_a_comment():
    """The very words of the context, however spaced, are asked as a comment that is answered."""
    query = query_of("It was\nthe council.", "Yes.", " it was the Council. ")

    assert query.target.kind is TargetKind.COMMENT
    assert query.target.text == " it was the Council. "
    assert query_of("It was the mayor.", "Yes.", "It was the council.").target.kind in {
        TargetKind.TOPIC,
        TargetKind.SENTENCE,
    }


def test_the_actor_is_found_where_it_is_named():
    """In the text and in what it answers, with or without the article."""
    query = query_of("The council is responsible.", "Blame the council!", "Council workers came.")

    assert query.mentions == (Span(10, 17),)
    assert query.context_mentions == (Span(0, 7),)


@given(st.text(), st.text())
def test_any_text_can_be_asked_anything(sentence, text):
    """No sentence breaks it, and places lie within the text."""
    query = query_of(sentence, text, None)

    assert query.target.text or not sentence
    assert all(0 <= own.start < own.end <= len(text) for own in query.mentions)
