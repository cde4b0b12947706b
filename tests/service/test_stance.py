"""Stances to whatever the caller sends: scored in order, within stated limits."""

from __future__ import annotations

import pytest

from app.domain.asking import StanceQuestion
from app.domain.caution import Caution
from app.domain.stance import Label, TargetKind
from app.errors import InvalidRequest
from tests.fakes import FakeScorer


def test_one_stance_a_target(service):
    """Each target gets its stance, in the order sent."""
    question = StanceQuestion("I agree.", ("The paper lies.", "It was arson."))

    (answer,) = service.score_stances([question])

    assert [stance.label for stance in answer.stances] == [Label.SUPPORT, Label.SUPPORT]


def test_several_texts_are_read_in_one_call(make_service):
    """Each text keeps its own stances, in the order of its targets."""
    scorer = FakeScorer()
    questions = [
        StanceQuestion("I agree.", ("The paper lies.",)),
        StanceQuestion("Agreed.", ("It was arson.", "The paper lies."), "Who did it?"),
    ]

    answers = make_service(scorer).score_stances(questions)

    assert [len(own.stances) for own in answers] == [1, 2]
    assert [(own.text, own.context) for own in scorer.readings] == [
        ("I agree.", None),
        ("Agreed.", "Who did it?"),
    ]


def test_what_is_disguised_is_read_as_it_looks(make_service):
    """Text, target and context are; the answer says that the text is not what it seems."""
    scorer = FakeScorer()
    question = StanceQuestion("The cоuncil did.", ("The cоuncil lies.",), "𝐖𝐡𝐨 did it?")

    (answer,) = make_service(scorer).score_stances([question])

    (reading,) = scorer.readings
    assert (reading.text, reading.context) == ("The council did.", "Who did it?")
    assert reading.queries[0].target.text == "The council lies."
    assert answer.cautions == (Caution.LOOK_ALIKE,)


def test_who_is_responsible_is_asked_as_on_a_page(make_service):
    """The model meets a hypothesis with the places where its actor is named, in the order sent."""
    scorer = FakeScorer()
    targets = ("Somebody must have set the fire.", "The council is responsible for the flood.")

    make_service(scorer).score_stances([StanceQuestion("Blame the council!", targets)])

    (reading,) = scorer.readings
    claim, blame = reading.queries
    assert claim.target.kind is TargetKind.SENTENCE
    assert blame.target.kind is TargetKind.HYPOTHESIS
    assert [reading.text[own.start : own.end] for own in blame.mentions] == ["council"]


@pytest.mark.parametrize(
    ("text", "context", "targets"),
    [
        ("I agree.", None, []),
        ("I agree.", None, ["a target"] * 4),
        (" \n", None, ["a target"]),
        ("I agree.", " ", ["a target"]),
        ("I agree.", None, ["a target", ""]),
        ("x" * 201, None, ["a target"]),
        ("I agree.", "x" * 201, ["a target"]),
        ("I agree.", None, ["x" * 21]),
    ],
)
def test_what_is_out_of_range_is_refused(make_service, text, context, targets):
    """Nothing to read, nothing to take a stance to, or too much of either is refused."""
    service = make_service(max_targets=3, max_text_chars=200, max_target_chars=20)

    with pytest.raises(InvalidRequest, match="expected"):
        service.check_stance(StanceQuestion(text, tuple(targets), context))
