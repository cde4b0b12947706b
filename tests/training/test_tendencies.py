"""How stances go with those around them, counted on a labelled page."""

from __future__ import annotations

import numpy as np
import pytest

from app.domain.stance import LABELS, Label
from app.mining.tendencies import Naming, Place
from models.training.tendencies import count, shares_of

SUPPORT, DENY, COMMENT = (LABELS.index(own) for own in (Label.SUPPORT, Label.DENY, Label.COMMENT))


def row(label: str) -> dict[str, object]:
    """Return a stance to the league."""
    return {"actor": "league", "label": label}


def comment(number: int, text: str, **rest: object) -> dict[str, object]:
    """Return a comment that answers none, takes no side and names nobody, but for `rest`."""
    plain = {"reply_to": None, "reply_stance": None, "attributions": []}
    return {"id": f"c{number}", "text": text, "account_stance": {"label": "comment"}} | plain | rest


@pytest.fixture
def thread() -> dict[str, object]:
    """Return a page on which one comment blames the league, and two answer it."""
    return {
        "account": "The League burned the hall.",
        "actors": [
            {"id": "league", "name": "the League", "aliases": []},
            {"id": "mayor", "name": "Mayor Orr", "aliases": ["the mayor"]},
        ],
        "comments": [
            comment(1, "The League did it.", attributions=[row("support")]),
            comment(2, "No!", reply_to="c1", reply_stance="deny", attributions=[row("deny")]),
            comment(3, "And the mayor?", reply_to="c1", reply_stance="support"),
            comment(4, "Lock them up.", account_stance={"label": "support"}),
        ],
    }


def test_answers_are_counted_by_whom_they_name_and_what_is_said_above(thread) -> None:
    """The contradiction names nobody; the question names others than the league."""
    answers, _, _ = count([thread])
    assert answers[Naming.NOBODY, DENY, SUPPORT, DENY] == 1
    assert answers[Naming.NOBODY, DENY, COMMENT, COMMENT] == 1
    assert answers[Naming.OTHERS, SUPPORT, SUPPORT, COMMENT] == 1
    assert answers[Naming.ACTOR, SUPPORT, COMMENT, COMMENT] == 1
    assert answers.sum() == 4


def test_who_names_nobody_is_counted_by_the_account(thread) -> None:
    """Two comments name nobody: one that answers, and one that does not."""
    _, accounts, _ = count([thread])
    assert accounts[1, Place.ALONE, COMMENT, DENY] == 1
    assert accounts[0, Place.ALONE, SUPPORT, COMMENT] == 1
    assert accounts[0, Place.NOWHERE, SUPPORT, COMMENT] == 1
    assert accounts.sum() == 4


def test_stances_to_the_account_are_counted_by_those_above(thread) -> None:
    """Two comments answer one that takes no side to the account, and take none."""
    _, _, sides = count([thread])
    assert sides[DENY, COMMENT, COMMENT] == sides[SUPPORT, COMMENT, COMMENT] == 1
    assert sides.sum() == 2


def test_rows_that_were_never_met_have_the_usual_shares(thread) -> None:
    """Nothing is divided by nothing where a naming was met at all."""
    answers, _, _ = count([thread])
    shares = shares_of(answers, (1, 2))[Naming.NOBODY]
    assert np.allclose(shares.sum(-1), 1.0)
    assert shares[SUPPORT, SUPPORT].tolist() == pytest.approx([0.0, 0.5, 0.0, 0.5])
