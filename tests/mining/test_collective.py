"""What is said around a comment, where the model cannot tell of whom the comment speaks."""

from __future__ import annotations

import pytest

from app.domain.mined import Actor, Mention
from app.domain.page import Article, Comment, Span
from app.domain.reading import TargetScore
from app.domain.stance import Label, Role, Stance
from app.mining.collective import read_together, surrounded
from app.mining.readings import NO_STANCE, Claims, CommentScores
from app.mining.tendencies import ACCOUNTS, ANSWERS, SIDES, USUAL_ACCOUNTS, USUAL_ANSWERS
from tests.fakes import stance_of

ABOVE = Comment("a", "The Reds did it.", author="Ann")
BELOW = Comment("b", "Nonsense, ask his neighbours.", author="Bob", reply_to="a")
ALONE = Comment("c", "They ought to be locked up.", author="Cy")
ASIDE = tuple(Comment(f"aside-{own}", "Hm.", author=f"Guest {own}") for own in range(10))
"""Comments that say nothing of anybody: threads are seldom of two comments."""

REDS_ABOVE = Mention("a", Span(4, 8), "Reds")
UNSURE = Stance(Label.COMMENT, certain=False, probabilities=(0.18, 0.15, 0.05, 0.62))


def score(stance: Stance, *, certainty: float = 0.9) -> TargetScore:
    """Return a perpetrator's score."""
    return TargetScore(stance, Role.PERPETRATOR, (0.9, 0.05, 0.05), 0.0, certainty)


def actors(*mentions: Mention) -> tuple[Actor, ...]:
    """Return the Reds, where they are named, and the Blues, who nowhere are."""
    return (Actor("reds", "Reds", (), mentions), Actor("blues", "Blues", (), ()))


def saying_nothing(account: Stance = NO_STANCE) -> dict[str, CommentScores]:
    """Return the scores of `ASIDE`, with that stance to the account."""
    nothing = {"reds": score(NO_STANCE), "blues": score(NO_STANCE)}
    return {own.id: CommentScores(account=account, actors=nothing) for own in ASIDE}


def label_below(reply: Stance, own: TargetScore, *mentions: Mention) -> tuple[Stance, Stance]:
    """Return what the answer says of the Reds and of the Blues, with that stance to `ABOVE`."""
    claims = Claims(
        Article(),
        {own.id: own for own in (ABOVE, BELOW, *ASIDE)},
        None,
        None,
        actors(REDS_ABOVE, *mentions),
        are_given=True,
    )
    scores = {
        "a": CommentScores(
            actors={"reds": score(stance_of(Label.SUPPORT)), "blues": score(NO_STANCE)}
        ),
        "b": CommentScores(reply=reply, actors={"reds": own, "blues": score(UNSURE)}),
        **saying_nothing(),
    }
    read = read_together((ABOVE, BELOW, *ASIDE), claims, scores)["b"]
    return read.actors["reds"].stance, read.actors["blues"].stance


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Label.SUPPORT, Label.SUPPORT),
        (Label.DENY, Label.DENY),
        (Label.COMMENT, Label.COMMENT),
    ],
)
def test_an_answer_that_names_nobody_speaks_of_whom_the_comment_above_blames(reply, expected):
    """Agreement blames the same, contradiction clears, and of others nothing is said."""
    reds, blues = label_below(stance_of(reply), score(UNSURE))
    assert reds.label is expected
    assert blues.label is Label.COMMENT
    assert sum(reds.probabilities) == pytest.approx(1.0)


def test_what_an_answer_says_of_an_actor_by_name_counts_more_than_what_is_above():
    """To contradict somebody who blames the Reds does not undo "The Reds it was"."""
    here = Mention("b", Span(0, 4), "Reds")
    reds, _ = label_below(stance_of(Label.DENY), score(stance_of(Label.SUPPORT)), here)
    assert reds.label is Label.SUPPORT


@pytest.mark.parametrize(("certainty", "expected"), [(0.9, True), (0.1, False)])
def test_a_side_taken_from_the_thread_is_as_certain_as_its_words(certainty, expected):
    """The model says of any text whether its author commits."""
    reds, _ = label_below(stance_of(Label.SUPPORT), score(UNSURE, certainty=certainty))
    assert reds.certain is expected


def test_actors_that_were_found_need_more_than_actors_that_were_given():
    """Many that mining finds are passers-by."""
    likely = score(Stance(Label.SUPPORT, certain=True, probabilities=(0.36, 0.02, 0.0, 0.62)))
    scores = {"a": CommentScores(actors={"reds": likely})}
    labels = []
    for given in (True, False):
        claims = Claims(
            Article(), {"a": ABOVE}, None, None, actors(REDS_ABOVE)[:1], are_given=given
        )
        labels.append(read_together((ABOVE,), claims, scores)["a"].actors["reds"].stance.label)
    assert labels == [Label.SUPPORT, Label.COMMENT]


def test_a_comment_that_names_nobody_speaks_of_whom_the_account_blames():
    """Above all where it stands by the account, and the account names somebody."""
    shares = []
    for account, stance in (
        ("The Reds burned the hall.", Label.SUPPORT),
        ("The Reds burned the hall.", Label.COMMENT),
        ("The hall burned down.", Label.SUPPORT),
    ):
        thread = {own.id: own for own in (ALONE, *ASIDE)}
        claims = Claims(Article(), thread, account, None, actors(), are_given=True)
        faint = Stance(Label.COMMENT, certain=False, probabilities=(0.1, 0.08, 0.02, 0.8))
        own = {"reds": score(faint), "blues": score(NO_STANCE)}
        scores = {
            "c": CommentScores(account=stance_of(stance), actors=own),
            **saying_nothing(stance_of(Label.COMMENT)),
        }
        read = read_together((ALONE, *ASIDE), claims, scores)["c"]
        assert read.account.label is stance
        shares.append(read.actors["reds"].stance.probabilities[0])
        assert read.actors["blues"].stance.label is Label.COMMENT
    by_account, beside_it, of_nobody = shares
    assert by_account > 0.4 > beside_it > of_nobody


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Label.SUPPORT, Label.DENY),
        (Label.DENY, Label.SUPPORT),
        (Label.COMMENT, Label.COMMENT),
    ],
)
def test_an_answer_to_who_denies_the_account_takes_its_side_or_the_other(reply, expected):
    """To agree with a denial is to deny, to contradict it is mostly to stand by the account."""
    claims = Claims(Article(), {"a": ABOVE, "b": BELOW}, "The Reds burned the hall.", None, ())
    unsure = Stance(Label.SUPPORT, certain=False, probabilities=(0.4, 0.2, 0.05, 0.35))
    scores = {
        "a": CommentScores(account=stance_of(Label.DENY)),
        "b": CommentScores(account=unsure, account_certainty=0.9, reply=stance_of(reply)),
    }
    read = read_together((ABOVE, BELOW), claims, scores)
    assert read["a"].account.label is Label.DENY
    assert read["b"].account.label is expected
    assert read["b"].account.certain is (expected is not Label.COMMENT)


def test_without_a_thread_or_an_account_the_model_s_word_stands():
    """Of actors that were found, its probabilities are as they were before these are weighed."""
    claims = Claims(Article(), {"c": ALONE}, None, None, actors())
    _, shares = surrounded(ALONE, claims, {"c": CommentScores(actors={"reds": score(UNSURE)})})
    assert tuple(shares[0]) == UNSURE.probabilities


@pytest.mark.parametrize("table", [ANSWERS, ACCOUNTS, SIDES, USUAL_ANSWERS, USUAL_ACCOUNTS])
def test_each_row_of_shares_is_whole(table):
    """Up to the three digits that are kept."""
    assert all(sum(row) == pytest.approx(1.0, abs=0.003) for row in table)
