"""Strength of hypotheses: bounded, monotone, one voice an author, and in order of rank."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.mined import Actor, MinedComment
from app.domain.page import Comment, Span
from app.domain.stance import Attribution, Label, Role
from app.mining.hypotheses import rank_hypotheses
from app.mining.readings import NO_STANCE

X = Actor("x", "X Corp")


def row(label, *, actor="x", certain=True, probability=1.0, reported=False):
    """Return an attribution of that label."""
    return Attribution(
        actor,
        label,
        certain=certain and label is not Label.QUERY,
        role=None if label is Label.QUERY else Role.PERPETRATOR,
        reported=reported,
        probability=probability,
        evidence=Span(0, 1),
    )


def comments(*rows, authors=None):
    """Return one comment a row, each by another author unless `authors` are named."""
    numbers = count(1)
    names = authors or [f"author {number}" for number in range(len(rows))]
    return [
        MinedComment(
            Comment(f"c{next(numbers)}", "text", author=author),
            account_stance=NO_STANCE,
            attributions=(one,),
        )
        for one, author in zip(rows, names, strict=True)
    ]


def strength(*rows, authors=None):
    """Return the strength of X's hypothesis where these rows are all that is said."""
    return rank_hypotheses([X], comments(*rows, authors=authors))[0].strength


ROWS = st.builds(
    row,
    st.sampled_from([Label.SUPPORT, Label.DENY, Label.QUERY]),
    certain=st.booleans(),
    probability=st.floats(0.25, 1.0),
    reported=st.booleans(),
)


@given(st.lists(ROWS, max_size=30))
def test_strength_is_at_least_zero_and_below_one(rows):
    """Whatever is said, strength stays in 0 … 1 and never reaches 1."""
    assert 0.0 <= strength(*rows) < 1.0


@given(st.lists(ROWS, max_size=20), st.floats(0.25, 1.0), st.booleans())
def test_another_supporter_raises_strength_and_another_denier_does_not(rows, probability, certain):
    """One more supporter always adds strength; one more denier always takes some where there is."""
    before = strength(*rows)

    supported = strength(*rows, row(Label.SUPPORT, probability=probability, certain=certain))
    denied = strength(*rows, row(Label.DENY, probability=probability, certain=certain))

    assert supported > before
    assert denied < before or denied == before == 0.0


@given(st.lists(ROWS, max_size=20), st.randoms())
def test_the_order_of_authors_does_not_matter(rows, random):
    """Strength is the same to the last bit in whatever order different authors speak."""
    shuffled = list(rows)
    random.shuffle(shuffled)

    assert strength(*rows) == strength(*shuffled)


@given(ROWS, st.integers(2, 20))
def test_one_author_counts_once(one, times):
    """An author who says the same twenty times weighs as much as one who says it once."""
    many = rank_hypotheses([X], comments(*[one] * times, authors=["Ann"] * times))[0]

    assert many.strength == strength(one)
    assert many.authors == 1
    assert many.support + many.deny + many.query == times


def test_authors_without_a_name_count_each():
    """Comments without an author are different people."""
    support = row(Label.SUPPORT)

    ranked = rank_hypotheses([X], comments(support, support, authors=[None, ""]))[0]

    assert ranked.authors == 2
    assert ranked.strength == pytest.approx(0.5)


def test_the_latest_side_of_an_author_counts_and_a_question_is_none():
    """Who comes round counts for the new side, and asking later does not take it back."""
    came_round = strength(
        row(Label.SUPPORT), row(Label.DENY), row(Label.QUERY), authors=["Ann", "ann ", "Ann"]
    )

    assert came_round == 0.0


def test_many_voices_are_told_apart_from_few():
    """200 against 20 is clearly stronger than 200 against 190, and 200 alone than 2 alone."""
    support, deny = row(Label.SUPPORT), row(Label.DENY)

    clear = strength(*[support] * 200, *[deny] * 20)
    disputed = strength(*[support] * 200, *[deny] * 190)

    assert clear > disputed + 0.3
    assert strength(*[support] * 200) > strength(support, support) + 0.3


def test_hedged_and_reported_positions_weigh_half():
    """A hedged claim, and one passed on, weigh half of a claim that is stated."""
    stated = strength(row(Label.SUPPORT))

    assert stated == pytest.approx(1 / 3)
    assert strength(row(Label.SUPPORT, certain=False)) == pytest.approx(0.5 / 2.5)
    assert strength(row(Label.SUPPORT, reported=True)) == pytest.approx(0.5 / 2.5)


def test_ranks_go_by_strength_then_deniers_then_name():
    """Equal strength is decided by fewer deniers, and then by name; every actor has a rank."""
    actors = [Actor("d", "Denied"), Actor("z", "Zebra"), Actor("a", "ape"), X]

    ranked = rank_hypotheses(
        actors,
        comments(row(Label.SUPPORT), row(Label.DENY, actor="d"), row(Label.QUERY, actor="z")),
    )

    assert [(hypothesis.actor, hypothesis.rank) for hypothesis in ranked] == [
        ("x", 1),
        ("a", 2),
        ("z", 3),
        ("d", 4),
    ]
    assert [hypothesis.query for hypothesis in ranked] == [0, 0, 1, 0]


PLEA = "The mayor sold our harbour to his own cousin and everybody in this town knows about it."


@given(st.lists(ROWS, max_size=8), st.integers(1, 20))
def test_copies_of_one_text_count_once(rows, times):
    """However many authors hand a text round, it is one voice beside those of the others."""
    copied = [
        MinedComment(
            Comment(f"p{number}", PLEA, author=f"copier {number}"), NO_STANCE, None, (one,)
        )
        for number, one in enumerate([row(Label.SUPPORT)] * times)
    ]
    once = rank_hypotheses([X], [*comments(*rows), copied[0]])[0]

    many = rank_hypotheses([X], [*comments(*rows), *copied])[0]

    assert many.strength == once.strength
    assert many.support == once.support + times - 1
    assert many.authors == once.authors + times - 1


def test_the_loudest_copy_counts_and_the_other_side_has_its_own():
    """A hedged copy takes nothing from a plain one; a copy that is read as denial denies."""
    rows = [
        row(Label.SUPPORT, certain=False),
        row(Label.SUPPORT, probability=0.8),
        row(Label.DENY),
    ]
    copied = [
        MinedComment(
            Comment(f"p{number}", PLEA, author=f"copier {number}"), NO_STANCE, None, (one,)
        )
        for number, one in enumerate(rows)
    ]

    assert rank_hypotheses([X], copied)[0].strength == pytest.approx(0.8 / 3.8)


def test_agreement_is_a_voice():
    """Who only agrees has judged too: short texts are no copies."""
    agreeing = row(Label.SUPPORT)
    said = [
        MinedComment(
            Comment(f"p{number}", "Exactly this.", author=f"a{number}"), NO_STANCE, None, (one,)
        )
        for number, one in enumerate([agreeing, agreeing])
    ]

    assert rank_hypotheses([X], said)[0].strength == pytest.approx(0.5)
