"""Stances to whatever the caller sends: scored in order, within stated limits."""

from __future__ import annotations

import pytest

from app.domain.stance import Label
from app.errors import InvalidRequest


def test_one_stance_a_target(service):
    """Each target gets its stance, in the order sent."""
    stances = service.score_stance("I agree.", targets=["The paper lies.", "It was arson."])

    assert [stance.label for stance in stances] == [Label.SUPPORT, Label.SUPPORT]


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
