"""Stances and attributions hold together: certainty, role and label fit each other."""

from __future__ import annotations

import pytest

from app.domain.page import Span
from app.domain.stance import LABELS, Attribution, Label, Role, Stance


def attribution(label, role):
    """Return an attribution of that label and role."""
    return Attribution(
        "x", label, certain=False, role=role, reported=False, probability=0.5, evidence=Span(0, 1)
    )


def test_a_stance_knows_the_probability_of_each_label():
    """Probabilities follow the order of the labels, and the label's own is the stance's."""
    stance = Stance(Label.DENY, certain=True, probabilities=(0.1, 0.6, 0.1, 0.2))

    assert [stance.probability_of(label) for label in LABELS] == [0.1, 0.6, 0.1, 0.2]
    assert stance.probability == 0.6


@pytest.mark.parametrize("label", [Label.QUERY, Label.COMMENT])
def test_a_question_or_remark_is_never_certain(label):
    """Certainty belongs to support and denial alone."""
    with pytest.raises(ValueError, match="certain only on support or deny"):
        Stance(label, certain=True, probabilities=(0.25, 0.25, 0.25, 0.25))


@pytest.mark.parametrize(
    ("label", "role"),
    [
        (Label.COMMENT, None),
        (Label.SUPPORT, None),
        (Label.DENY, None),
        (Label.QUERY, Role.ENABLER),
    ],
)
def test_an_attribution_has_a_role_exactly_where_it_takes_a_side(label, role):
    """A row that only comments, a side without a role, and a question with one are refused."""
    with pytest.raises(ValueError, match="expected"):
        attribution(label, role)


@pytest.mark.parametrize(
    ("label", "role", "claimed"),
    [
        (Label.SUPPORT, Role.PERPETRATOR, True),
        (Label.SUPPORT, Role.SPONSOR, True),
        (Label.SUPPORT, Role.ENABLER, False),
        (Label.DENY, Role.PERPETRATOR, False),
        (Label.QUERY, None, False),
    ],
)
def test_only_supported_perpetrators_and_sponsors_are_claimed(label, role, claimed):
    """A claimed perpetrator is supported, as perpetrator or sponsor."""
    assert attribution(label, role).claims_perpetrator is claimed
