"""Restatements: many comments, few arguments."""

from __future__ import annotations

from app.domain.argument import ARTICLE, Arguments, Bearing, Relation, Unit, UnitKind
from app.domain.mined import MinedComment
from app.domain.page import Comment, Span
from app.domain.stance import Attribution, Label, Role
from app.mining.readings import NO_STANCE
from app.mining.restatements import (
    count_arguments,
    merge_restatements,
    restating_comments,
)

PLEA = "The mayor sold our harbour to his own cousin and everybody in this town knows about it."


def said(number, text, label=Label.SUPPORT, *, inherited_from=None):
    """Return a comment with a row of that label about X."""
    row = Attribution(
        "x",
        label,
        certain=False,
        role=None if label is Label.QUERY else Role.PERPETRATOR,
        reported=False,
        probability=0.9,
        evidence=Span(0, 1),
        inherited_from=inherited_from,
    )
    return MinedComment(Comment(f"c{number}", text), NO_STANCE, attributions=(row,))


def test_copies_equal_words_and_agreement_are_one_argument():
    """What is copied, said in the same words or only agreed with is no further argument."""
    comments = [
        said(1, PLEA),
        said(2, PLEA + " Share this!"),
        said(3, "It was the mayor."),
        said(4, "it was THE MAYOR"),
        said(5, "Exactly.", inherited_from="c1"),
        said(6, "Exactly.", inherited_from="c3"),
        said(7, "The mayor's alibi is a restaurant that burned down in May."),
    ]

    merged = merge_restatements(comments)

    assert count_arguments(comments, merged) == {"x": 3}


def test_the_other_side_is_another_argument():
    """Disagreeing with a comment makes its argument one against; a question makes none."""
    comments = [
        said(1, PLEA),
        said(2, "No.", Label.DENY, inherited_from="c1"),
        said(3, "The mayor?", Label.QUERY),
    ]

    assert count_arguments(comments, merge_restatements(comments)) == {"x": 2}


def test_relations_that_restate_merge():
    """Who is said to restate another makes the same argument; unknown ids are passed over."""
    comments = [said(1, PLEA), said(2, "He gave the port away to family, all know that.")]

    merged = merge_restatements(comments, [("c2", "c1"), ("c2", "gone")])

    assert merged == (0, 0)


def units(*kinds):
    """Return units of those kinds, wherever they stand."""
    return tuple(Unit(Span(at, at + 1), kind, 0.9) for at, kind in enumerate(kinds))


def restates(source, target):
    """Return the relation of a unit that restates another."""
    return Relation(source, target, Bearing.RESTATES, 0.8)


def test_who_only_restates_is_told_from_who_says_more():
    """All claims of a comment must restate one other; premises may be new, the article is none."""
    claim, premise = UnitKind.CLAIM, UnitKind.PREMISE
    arguments = Arguments(
        {
            "c1": units(claim, claim),
            "c2": units(claim, premise),
            "c3": units(claim, claim),
            "c4": units(claim),
            "c5": units(premise),
            "c6": units(claim, claim),
        },
        (
            restates(("c2", 0), ("c1", 0)),
            restates(("c3", 0), ("c1", 0)),
            restates(("c4", 0), (ARTICLE, 0)),
            restates(("c5", 0), ("c1", 0)),
            restates(("c6", 0), ("c1", 0)),
            restates(("c6", 1), ("c2", 0)),
            Relation(("c1", 1), ("c1", 0), Bearing.SUPPORTS, 0.8),
        ),
    )

    assert list(restating_comments(arguments)) == [("c2", "c1")]
    assert list(restating_comments(None)) == []


def test_comments_without_words_stand_alone():
    """Empty texts say nothing that could be said again."""
    assert merge_restatements([said(1, ""), said(2, "!?")]) == (0, 1)
