"""What stands around the comments of a thread whose actors came with it, and what it makes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.domain.mined import Actor, Mention
from app.domain.page import Article, Comment, Span
from app.domain.reading import TargetScore
from app.domain.stance import LABELS, Label, Role, Stance
from app.mining.iterative import judge_accounts, judge_actors, read_given, thread_of
from app.mining.iterative_weights import ACCOUNT, ACTORS
from app.mining.neighbours import MOST_ANSWERS, Thread, around_account, around_actors
from app.mining.readings import NO_STANCE, Claims, CommentScores
from app.mining.tendencies import Naming, Place
from tests.fakes import stance_of

SUPPORT, DENY, _, COMMENT = range(len(LABELS))
UNSURE = (0.2, 0.2, 0.05, 0.55)
BLAMES = (0.9, 0.02, 0.02, 0.06)
CLEARS = (0.02, 0.9, 0.02, 0.06)
AGREES, OBJECTS = (0.9, 0.03, 0.03, 0.04), (0.03, 0.9, 0.03, 0.04)
OWN, ABOVE, BELOW, ELSEWHERE, OTHERS, FROM_ACCOUNT = range(6)
HAS_ABOVE, NAMES_ABOVE, OTHERS_ABOVE, ALONE, AMONG, NAMED_BELOW = range(3, 9)


def thread(own, above=(), replies=(), **given) -> Thread:
    """Return a thread of one comment a row of `own`, that names nobody and answers none."""
    shares = np.asarray(own, float)
    shares = shares[:, None] if shares.ndim == 2 else shares
    many, actors = shares.shape[:2]
    made = {
        "own": shares,
        "above": np.asarray(above if len(above) else (-1,) * many),
        "linked": np.ones(many, bool),
        "replies": np.asarray(replies if len(replies) else (NO_STANCE.probabilities,) * many),
        "accounts": np.zeros((many, 4)),
        "namings": np.zeros((many, actors), int),
        "places": np.zeros(actors, int),
        "writers": np.arange(many),
    }
    return Thread(**made | {key: np.asarray(value) for key, value in given.items()})


def test_a_comment_by_itself_has_only_its_words():
    """Nothing stands above, below or elsewhere, and no account says anything."""
    alone = thread([UNSURE])
    around = around_actors(alone, alone.own)
    assert around.logs[OWN][0, 0] == pytest.approx(np.log(UNSURE), abs=0.01)
    assert np.allclose([own[0, 0] for own in around.logs[ABOVE:]], 0.0)
    assert not around.numbers.any()


@pytest.mark.parametrize(("reply", "likelier"), [(AGREES, SUPPORT), (OBJECTS, DENY)])
def test_what_an_answer_says_and_what_is_said_of_it_tell_of_each_other(reply, likelier):
    """Who agrees with a comment that blames says the same, and that one says what it agrees to."""
    down = thread([BLAMES, UNSURE], (-1, 0), (NO_STANCE.probabilities, reply))
    follows = around_actors(down, down.own).logs[ABOVE][1, 0]
    assert follows[likelier] == follows.max() > 0
    up = thread([UNSURE, BLAMES], (-1, 0), (NO_STANCE.probabilities, reply))
    expected = around_actors(up, up.own).logs[BELOW][0, 0]
    assert expected[:2].argmax() == likelier


def test_many_answers_count_as_a_few():
    """A hundred of one mind say no more of the comment above than the most that are counted."""
    told = [
        around_actors(
            thread(
                [UNSURE] + [BLAMES] * many,
                (-1, *(0,) * many),
                (NO_STANCE.probabilities, *(AGREES,) * many),
            ),
            np.asarray([UNSURE] + [BLAMES] * many)[:, None],
        ).logs[BELOW][0, 0]
        for many in (1, MOST_ANSWERS, 100)
    ]
    assert told[1] == pytest.approx(MOST_ANSWERS * told[0])
    assert told[2] == pytest.approx(told[1])


def test_an_author_s_other_comments_count_apart():
    """What Ann says elsewhere bears on Ann's comment, and not on Bob's."""
    three = thread([BLAMES, UNSURE, CLEARS], writers=[0, 0, 1])
    elsewhere = around_actors(three, three.own).logs[ELSEWHERE][:, 0]
    assert elsewhere[1].argmax() == SUPPORT
    assert not elsewhere[2].any()


def test_a_page_of_one_mind_is_not_pulled_apart():
    """That all others blame an actor too says nothing against it."""
    many = thread([BLAMES] * 30, namings=[[Naming.ACTOR]] * 30)
    assert not around_actors(many, many.own).logs[OTHERS][..., [SUPPORT, COMMENT]].any()
    assert (judge_actors(many, ACTORS)[:, 0].argmax(-1) == SUPPORT).all()
    assert (judge_actors(many, ACTORS)[:, 0, SUPPORT] > 0.7).all()


def test_numbers_tell_of_links_names_places_and_other_actors():
    """One column each, in the order that the weights have them."""
    own = np.asarray([[BLAMES, UNSURE, CLEARS], [UNSURE, UNSURE, UNSURE]])
    two = thread(
        own,
        (-1, 0),
        (NO_STANCE.probabilities, AGREES),
        namings=[
            [Naming.ACTOR, Naming.OTHERS, Naming.OTHERS],
            [Naming.OTHERS, Naming.OTHERS, Naming.ACTOR],
        ],
        places=[Place.ALONE, Place.NOWHERE, Place.AMONG_OTHERS],
    )
    numbers = around_actors(two, own).numbers
    assert numbers[0, :, SUPPORT] == pytest.approx(np.log1p(10 * np.asarray([0.2, 0.9, 0.9])))
    assert numbers[0, :, DENY] == pytest.approx(np.log1p(10 * np.asarray([0.9, 0.9, 0.2])))
    assert numbers[:, :, HAS_ABOVE].tolist() == [[0, 0, 0], [1, 1, 1]]
    assert numbers[1, :, NAMES_ABOVE].tolist() == [1, 0, 0]
    assert numbers[1, :, OTHERS_ABOVE].tolist() == [0, 1, 1]
    assert numbers[0, :, ALONE].tolist() == [1, 0, 0]
    assert numbers[0, :, AMONG].tolist() == [0, 0, 1]
    assert numbers[:, :, NAMED_BELOW].tolist() == [[0, 0, 1], [0, 0, 0]]


def test_an_account_is_read_along_links_that_are_known():
    """A comment that is only presumed to answer the last one mostly answers the article."""
    known = thread([UNSURE] * 2, (-1, 0), (NO_STANCE.probabilities, OBJECTS), accounts=[AGREES] * 2)
    presumed = replace(known, linked=np.asarray([True, False]))
    assert around_account(known, known.own).logs[ABOVE][1, 0].argmax() == DENY
    for where in (ABOVE, BELOW):
        assert not around_account(presumed, known.own).logs[where][:, 0].any()


def test_who_blames_whom_the_account_blames_stands_by_it():
    """And who blames another does not."""
    accounts = [UNSURE, UNSURE]
    actors = np.asarray([[BLAMES, UNSURE], [UNSURE, BLAMES]])
    two = thread(actors, accounts=accounts, places=[Place.ALONE, Place.NOWHERE])
    shares = judge_accounts(two, actors, ACCOUNT)
    assert shares[0, SUPPORT] > shares[1, SUPPORT]
    assert shares[0, DENY] < shares[1, DENY]


def test_shares_are_whole_whatever_the_order_of_comments():
    """A thread is no list: what is held of a comment hangs on its links alone."""
    chance = np.random.default_rng(0)
    many, actors = 12, 3
    above = np.asarray([-1, *(int(chance.integers(own)) for own in range(1, many))])
    first = thread(
        chance.dirichlet(np.ones(4), (many, actors)),
        above,
        chance.dirichlet(np.ones(4), many),
        accounts=chance.dirichlet(np.ones(4), many),
        namings=chance.integers(3, size=(many, actors)),
        places=chance.integers(3, size=actors),
        writers=chance.integers(4, size=many),
    )
    order = chance.permutation(many)
    places = np.argsort(order)
    moved = Thread(
        first.own[order],
        np.where(above[order] < 0, -1, places[above[order]]),
        first.linked[order],
        first.replies[order],
        first.accounts[order],
        first.namings[order],
        first.places,
        first.writers[order],
    )
    shares, again = judge_actors(first, ACTORS), judge_actors(moved, ACTORS)
    assert shares.sum(-1) == pytest.approx(np.ones((many, actors)))
    assert again == pytest.approx(shares[order])
    accounts = judge_accounts(first, shares, ACCOUNT)
    assert accounts.sum(-1) == pytest.approx(np.ones(many))
    assert judge_accounts(moved, again, ACCOUNT) == pytest.approx(accounts[order])


def score(shares: tuple[float, ...]) -> TargetScore:
    """Return a perpetrator's score."""
    stance = Stance(Label.COMMENT, certain=False, probabilities=shares)
    return TargetScore(stance, Role.PERPETRATOR, (0.9, 0.05, 0.05), 0.0, 0.9)


def test_a_thread_is_made_of_the_comments_that_were_read():
    """A pingback has no scores; who gives no name is nobody else; what is named stands there."""
    comments = (
        Comment("a", "The Reds did it.", author="Ann"),
        Comment("p", "", reply_to="a"),
        Comment("b", "Nonsense.", reply_to="a"),
        Comment("c", "Quite so.", reply_to="p"),
        Comment("d", "Then who?", author="Ann"),
    )
    reds = Actor("reds", "Reds", (), (Mention("a", Span(4, 8), "Reds"),))
    claims = Claims(
        Article(),
        {own.id: own for own in comments},
        "The Reds burned the hall.",
        None,
        (reds, Actor("blues", "Blues", (), ())),
        are_given=True,
        presumed={"d": "c"},
    )
    both = {"reds": score(BLAMES), "blues": score(UNSURE)}
    scores = {
        own.id: CommentScores(account=stance_of(Label.DENY), actors=both) for own in comments
    } | {"p": CommentScores(), "b": CommentScores(reply=stance_of(Label.DENY), actors=both)}
    speaking = [own for own in claims.as_read(comments) if own.id != "p"]
    made = thread_of(speaking, claims, scores)
    assert made.own[:, 0].tolist() == [list(BLAMES)] * 4
    assert made.above.tolist() == [-1, 0, -1, 2]
    assert made.linked.tolist() == [True, True, True, False]
    assert made.namings.tolist() == [[Naming.ACTOR, Naming.OTHERS], *[[Naming.NOBODY] * 2] * 3]
    assert made.places.tolist() == [Place.ALONE, Place.NOWHERE]
    assert made.replies[1].argmax() == DENY
    assert made.accounts.any(-1).tolist() == [True, False, True, True]
    assert made.writers.tolist() == [0, 1, 2, 0]
    assert read_given(claims.as_read(comments), claims, scores).keys() == {"a", "b", "c", "d"}
    assert read_given((comments[1],), claims, scores) == {}
