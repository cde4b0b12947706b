"""Evidence: the sentence that carries an attribution, with offsets true to the comment."""

from __future__ import annotations

from app.domain.mined import Actor, Mention
from app.domain.naming import NameFinder
from app.domain.page import Article, Comment, Span
from app.domain.stance import Label
from app.mining.evidence import MOST_SENTENCES, Wanted, find_evidence, whole_text
from app.mining.readings import Claims
from tests.fakes import FakeScorer


def evidence_of(text, *, label=Label.SUPPORT, scorer=None):
    """Return the words that carry the label about the militia in a comment of this text."""
    comment = Comment("c1", text)
    spans = NameFinder({"m": ("militia",)}).find(text).get("m", ())
    actor = Actor("m", "militia", (), tuple(Mention("c1", span, "militia") for span in spans))
    claims = Claims(Article("Bombing"), {"c1": comment}, None, None, (actor,))

    found = find_evidence(
        [Wanted(comment, "m", label)], claims, scorer or FakeScorer(), language="en"
    )

    return found["c1", "m"].text_of(text)


def test_a_single_sentence_is_the_whole_text_trimmed():
    """A comment of one sentence is its own evidence, without the space around it."""
    scorer = FakeScorer()

    assert evidence_of("  the militia did it \n", scorer=scorer) == "the militia did it"
    assert scorer.readings == []


def test_the_one_sentence_that_names_the_actor_is_taken():
    """Where one sentence names the actor, it is the evidence, and nothing more is read."""
    scorer = FakeScorer()

    words = evidence_of("I was there. The militia is behind it. Rain fell.", scorer=scorer)

    assert words == "The militia is behind it."
    assert scorer.readings == []


def test_of_several_naming_sentences_the_likeliest_is_taken():
    """Of sentences that name the actor, the one that alone reads most like the label wins."""
    text = "The militia was there. We saw that the militia is behind it. The militia left."

    assert evidence_of(text) == "We saw that the militia is behind it."


def test_without_a_name_every_sentence_is_read_alone():
    """Where no sentence names the actor, each is read, and the first of equals is taken."""
    scorer = FakeScorer()

    words = evidence_of("Rain fell. They did it. We left.", scorer=scorer)

    assert words == "Rain fell."
    assert [reading.text for reading in scorer.readings] == [
        "Rain fell.",
        "They did it.",
        "We left.",
    ]


def test_words_that_are_quoted_are_no_evidence():
    """A line that quotes another comment carries no stance while the comment has its own words."""
    text = "> The militia is behind it.\n\nYes, behind it all. What a day."

    assert evidence_of(text) != "> The militia is behind it."


def test_the_readings_of_a_long_text_are_bounded():
    """A text of a thousand one-letter sentences costs a bounded number of readings."""
    scorer = FakeScorer()

    evidence_of("Aa b. " * 1_000, scorer=scorer)

    assert len(scorer.readings) <= MOST_SENTENCES


def test_a_text_of_white_space_has_an_empty_span():
    """White space alone has a span of no length inside the text."""
    assert whole_text("  \n") == Span(3, 3)
