"""Stances to whatever the caller sends: scored in order, within stated limits."""

from __future__ import annotations

import pytest

from app.domain.stance import Label, TargetKind
from app.errors import InvalidRequest
from tests.fakes import FakeScorer


def test_one_stance_a_target(service):
    """Each target gets its stance, in the order sent."""
    stances = service.score_stance("I agree.", targets=["The paper lies.", "It was arson."])

    assert [stance.label for stance in stances] == [Label.SUPPORT, Label.SUPPORT]


def test_who_is_responsible_is_asked_as_on_a_page(make_service):
    """The model meets a hypothesis with the places where its actor is named, in the order sent."""
    scorer = FakeScorer()
    targets = ["Somebody must have set the fire.", "The council is responsible for the flood."]

    make_service(scorer).score_stance("Blame the council!", targets=targets)

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
        service.score_stance(text, context=context, targets=targets)
