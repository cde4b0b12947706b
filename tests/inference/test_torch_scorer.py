"""The bundled model, asked as mining asks it."""

from __future__ import annotations

import pytest

from app.domain.page import Span
from app.domain.reading import Query, Reading
from app.domain.stance import Label, Role, Target, TargetKind

BRIGADE = Target(TargetKind.HYPOTHESIS, "Red Brigade is responsible: The market was bombed.")
COUNCIL = Target(TargetKind.HYPOTHESIS, "the council is responsible: The market was bombed.")
ACCOUNT = Target(TargetKind.ACCOUNT, "The Red Brigade bombed the market.")


def reading_of(text, *, names=("Red Brigade",), targets=(BRIGADE,), context=None):
    """Return a reading that asks for `targets`, each named where its name stands in the text."""
    queries = []
    for name, target in zip(names, targets, strict=True):
        start = text.find(name)
        queries.append(Query(target, (Span(start, start + len(name)),) if start >= 0 else ()))
    return Reading(text, tuple(queries), context)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("It was the Red Brigade, no doubt about it. They did this.", Label.SUPPORT),
        ("This is the work of the Red Brigade.", Label.SUPPORT),
        ("The Red Brigade had nothing to do with this.", Label.DENY),
        ("No way it was the Red Brigade, they were in jail.", Label.DENY),
        ("My cousin sells apples near the market.", Label.COMMENT),
    ],
)
def test_plain_words_get_the_plain_label(bundled, text, label):
    """A plain accusation supports, a plain denial denies, chatter does neither."""
    ((score,),) = bundled.score([reading_of(text, context="Market bombed, nine dead")])
    assert score.stance.label is label


def test_a_hedge_is_not_certain(bundled):
    """The same claim is certain when stated flat and not certain when hedged."""
    flat, hedged = bundled.score(
        [
            reading_of("It was the Red Brigade. No doubt about it."),
            reading_of("Could be the Red Brigade, I suppose, but I can't be sure."),
        ]
    )
    assert flat[0].stance.certain
    assert not hedged[0].stance.certain


def test_letting_it_happen_is_another_role_than_doing_it(bundled):
    """Who failed to guard is likelier an enabler than who planted the bomb."""
    did, let = bundled.score(
        [
            reading_of("The Red Brigade planted the bomb."),
            reading_of(
                "I blame the council, they ignored every warning and left the gate unguarded.",
                names=("the council",),
                targets=(COUNCIL,),
            ),
        ]
    )
    assert did[0].role is Role.PERPETRATOR
    assert let[0].role is Role.ENABLER


def test_scores_do_not_depend_on_company(bundled):
    """A reading gets the same scores alone, beside others, and with its targets turned round."""
    text = "The council did nothing, but it was the Red Brigade."
    names, targets = ("Red Brigade", "the council", ""), (BRIGADE, COUNCIL, ACCOUNT)
    own = reading_of(text, names=names, targets=targets)
    other = reading_of("Nonsense. " * 40)
    (alone,) = bundled.score([own])
    _, beside = bundled.score([other, own])
    (turned,) = bundled.score([Reading(own.text, own.queries[::-1])])
    for first, second, third in zip(alone, beside, turned[::-1], strict=True):
        assert first.stance.probabilities == pytest.approx(second.stance.probabilities, abs=1e-4)
        assert first.stance.probabilities == pytest.approx(third.stance.probabilities, abs=1e-4)


def test_what_stands_at_the_end_of_a_long_comment_is_read(bundled):
    """An accusation after a thousand idle words is found."""
    text = "The weather was fine that day. " * 170 + "It was the Red Brigade. They did this."
    ((score,),) = bundled.score([reading_of(text)])
    assert score.stance.label is Label.SUPPORT


def test_nothing_asked_is_nothing_answered(bundled):
    """Readings without targets, and no readings at all, get empty answers."""
    assert bundled.score([]) == []
    assert bundled.score([Reading("Hello", ())]) == [()]


@pytest.mark.parametrize("text", ["", " \n ", "😀" * 50, "\u202eabc", "ا" * 30, "a" * 100_000])
def test_odd_texts_are_scored_and_tagged(bundled, text):
    """Empty, pictorial, right-to-left and endless texts get answers, not errors."""
    ((score,),) = bundled.score([Reading(text, (Query(BRIGADE),))])
    assert sum(score.stance.probabilities) == pytest.approx(1.0, abs=1e-6)
    assert len(bundled.tag_actors([text])) == 1


def test_names_of_the_blamed_are_tagged(bundled):
    """Somebody blamed by name is tagged, with the span of the name."""
    text = "It was the Iranian Qods Force. They planted the bombs.\n\nNice weather today."
    (mentions,) = bundled.tag_actors([text])
    assert any("Qods" in own.span.text_of(text) for own in mentions)
    assert all(own.span.start < text.index("Nice") for own in mentions)


def test_every_sentence_of_an_article_is_scored(bundled):
    """An article longer than one pass has a score a sentence."""
    sentences = [f"Sentence number {number} says what happened in town." for number in range(120)]
    assert len(bundled.score_sentences("Bomb in town", sentences)) == 120
