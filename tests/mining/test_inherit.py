"""Inheritance: bare agreement takes over what it agrees with, and nothing else does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.mined import MinedComment
from app.domain.page import Comment, ReplyLink, Span
from app.domain.stance import Attribution, Label, Role, Stance
from app.mining.inherit import heirs_of, inherit
from app.mining.readings import NO_STANCE
from tests.fakes import stance_of

SUPPORTS = stance_of(Label.SUPPORT, certain=True)
DENIES = stance_of(Label.DENY, certain=True)


def row(label=Label.SUPPORT, *, actor="militia", certain=True):
    """Return an attribution of that label."""
    return Attribution(
        actor,
        label,
        certain=certain and label is not Label.QUERY,
        role=None if label is Label.QUERY else Role.PERPETRATOR,
        reported=False,
        probability=0.8,
        evidence=Span(0, 3),
    )


def said(key, text, *rows, to=None, stance=SUPPORTS, account=NO_STANCE):
    """Return a mined comment; `stance` is how it stands to the comment `to`."""
    return MinedComment(
        Comment(
            key, text, author=f"author of {key}", reply_to=to, reply_link=to and ReplyLink.GIVEN
        ),
        account_stance=account,
        reply_stance=stance if to else None,
        attributions=rows,
    )


def labels(mined):
    """Return the labels of a comment's attributions by actor."""
    return {one.actor: one.label for one in mined.attributions}


def test_agreement_takes_over_rows_account_and_certainty():
    """An "exactly this" supports whom the one above supports, as certainly, in its own words."""
    first = said("c1", "It may be the militia.", row(certain=False), account=SUPPORTS)

    _, second = inherit([first, said("c2", " Exactly this. ", to="c1")], {})

    assert second.attributions == (
        replace(row(certain=False), evidence=Span(1, 14), inherited_from="c1"),
    )
    assert second.account_stance == SUPPORTS


def test_disagreement_denies_what_was_supported():
    """Who only disagrees denies the supported actor and the supported account."""
    first = said(
        "c1", "The militia, not the state.", row(), row(Label.DENY, actor="state"), account=SUPPORTS
    )

    _, second = inherit([first, said("c2", "Nonsense.", to="c1", stance=DENIES)], {})

    assert labels(second) == {"militia": Label.DENY}
    assert second.account_stance.label is Label.DENY
    assert second.account_stance.certain


def test_disagreement_with_mere_denial_supports():
    """Who only disagrees with a comment that only denies supports the actor it denies."""
    first = said("c1", "It wasn't them.", row(Label.DENY), account=DENIES)

    _, second = inherit([first, said("c2", "wrong", to="c1", stance=DENIES)], {})

    assert labels(second) == {"militia": Label.SUPPORT}
    assert second.account_stance == NO_STANCE


@pytest.mark.parametrize(
    ("text", "expected"), [("Same question.", {"militia": Label.QUERY}), ("Yes.", {})]
)
def test_a_question_is_shared_but_not_by_answering_it(text, expected):
    """A "same question" asks along, "yes" does not, and no question is reversed."""
    first = said("c1", "Was it the militia?", row(Label.QUERY))

    _, second, third = inherit(
        [first, said("c2", text, to="c1"), said("c3", "Nonsense.", to="c1", stance=DENIES)], {}
    )

    assert labels(second) == expected
    assert labels(third) == {}


def test_a_comment_that_says_more_keeps_what_it_says():
    """A comment with words of its own inherits nothing."""
    first = said("c1", "It was the militia.", row())

    _, second = inherit([first, said("c2", "I agree that they were seen there.", to="c1")], {})

    assert second.attributions == ()


def test_a_comment_that_names_an_actor_keeps_its_own_row():
    """A row about an actor whom the comment names itself is never replaced."""
    first = said("c1", "It was the militia.", row())
    own = said("c2", "What Sadr said.", row(Label.DENY, actor="sadr"), to="c1")
    addressed = replace(first, comment=replace(first.comment, author="Sadr"))

    _, named = inherit([addressed, own], {"c2": {"sadr"}})
    _, unnamed = inherit([addressed, own], {})

    assert labels(named) == {"sadr": Label.DENY}
    assert labels(unnamed) == {"militia": Label.SUPPORT}


def test_the_model_may_veto():
    """Words of agreement inherit nothing where the model is sure of another stance."""
    first = said("c1", "It was the militia.", row())
    sure = Stance(Label.DENY, certain=True, probabilities=(0.1, 0.9, 0.0, 0.0))

    _, second = inherit([first, said("c2", "Sure, exactly.", to="c1", stance=sure)], {})

    assert second.attributions == ()


def test_chains_lead_to_their_head():
    """Agreement with agreement inherits from the comment that says it in words."""
    thread = [
        said("c3", "So true.", to="c2"),
        said("c1", "It was the militia.", row()),
        said("c2", "I agree.", to="c1"),
    ]

    third, _, second = inherit(thread, {})

    assert [one.inherited_from for one in (*second.attributions, *third.attributions)] == [
        "c1",
        "c1",
    ]
    assert heirs_of("c1", thread, {}) == {"c2", "c3"}
    assert heirs_of("c2", thread, {}) == frozenset()


def test_inheriting_twice_changes_nothing():
    """A page whose stances are inherited already stays as it is."""
    thread = [
        said("c1", "The militia.", row(), account=SUPPORTS),
        said("c2", "Nonsense.", to="c1", stance=DENIES),
        said("c3", "I agree.", to="c2"),
        said("c4", "well put, still wrong", to="c3", stance=DENIES),
    ]

    once = inherit(thread, {})

    assert inherit(once, {}) == once
    assert [labels(mined)["militia"] for mined in once] == [
        Label.SUPPORT,
        Label.DENY,
        Label.DENY,
        Label.SUPPORT,
    ]


def test_a_chain_of_ten_thousand_is_followed():
    """The depth of a thread has no limit."""
    thread = [said("c0", "The militia.", row())]
    thread += [said(f"c{at}", "I agree.", to=f"c{at - 1}") for at in range(1, 10_000)]

    last = inherit(thread, {})[-1]

    assert last.attributions[0].inherited_from == "c0"
