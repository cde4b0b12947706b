"""An actor's role, told by all comments of a page."""

from __future__ import annotations

import pytest

from app.domain.mined import Actor
from app.domain.reading import TargetScore
from app.domain.stance import Label, Role
from app.mining.readings import CommentScores
from app.mining.roles import pool_roles
from tests.fakes import stance_of


def scores(*told: tuple[Label, tuple[float, float, float]]) -> dict[str, CommentScores]:
    """Return comments c0, c1 … with that stance to one actor and those probabilities of roles."""
    return {
        f"c{at}": CommentScores(
            actors={"reds": TargetScore(stance_of(label), Role.PERPETRATOR, shares, 0.0, 0.9)}
        )
        for at, (label, shares) in enumerate(told)
    }


REDS = Actor("reds", "Reds")
SPONSOR = (0.05, 0.9, 0.05)
UNSURE = (0.4, 0.35, 0.25)


def test_a_comment_that_does_not_say_takes_the_role_that_others_give():
    """Whoever is only "them" there is what the thread takes them for."""
    pooled = pool_roles(
        scores((Label.SUPPORT, SPONSOR), (Label.DENY, SPONSOR), (Label.SUPPORT, UNSURE)), [REDS], ()
    )
    asked = pooled["c2"].actors["reds"]
    assert asked.role is Role.SPONSOR
    assert sum(asked.role_probabilities) == pytest.approx(1.0)


def test_comments_that_take_no_side_do_not_say_a_role():
    """What would be the role if they spoke of the actor is no evidence."""
    pooled = pool_roles(scores((Label.COMMENT, SPONSOR), (Label.SUPPORT, UNSURE)), [REDS], ())
    assert pooled["c1"].actors["reds"].role is Role.PERPETRATOR


def test_a_comments_own_words_count_beside_the_others():
    """Who says that it was had done is taken to mean it more than those who do not."""
    others = [(Label.SUPPORT, (0.6, 0.3, 0.1))] * 4
    pooled = pool_roles(scores((Label.SUPPORT, SPONSOR), *others), [REDS], ())
    own, other = (pooled[key].actors["reds"].role_probabilities[1] for key in ("c0", "c1"))
    assert own > other


def test_whom_the_account_names_is_likelier_to_have_done_it():
    """What the article says of the event is of who did it, seldom of who let it happen."""
    before = scores((Label.SUPPORT, UNSURE))
    told, untold = (
        pool_roles(before, [REDS], names)["c0"].actors["reds"] for names in (["reds"], [])
    )
    assert told.role_probabilities[0] > untold.role_probabilities[0]
    assert told.role_probabilities[2] < untold.role_probabilities[2]


def test_roles_are_parted_among_the_actors_of_a_page():
    """Where somebody else did it, whoever is blamed too rather had it done or let it happen."""

    def likely(blues: tuple[float, float, float]) -> float:
        (own,) = scores((Label.SUPPORT, UNSURE)).values()
        other = TargetScore(stance_of(Label.SUPPORT), Role.PERPETRATOR, blues, 0.0, 0.9)
        page = {"c0": CommentScores(actors={**own.actors, "blues": other})}
        pooled = pool_roles(page, [REDS, Actor("blues", "Blues")], ())
        return pooled["c0"].actors["reds"].role_probabilities[0]

    assert likely((0.9, 0.05, 0.05)) < likely((0.05, 0.05, 0.9))


def test_stances_and_what_else_is_scored_stay():
    """Only roles are pooled, and a comment without actors comes through."""
    before = scores((Label.SUPPORT, SPONSOR), (Label.DENY, UNSURE)) | {"silent": CommentScores()}
    after = pool_roles(before, [REDS], ())
    assert after.keys() == before.keys()
    assert after["silent"] == before["silent"]
    for key in ("c0", "c1"):
        assert after[key].actors["reds"].stance == before[key].actors["reds"].stance
        assert after[key].actors["reds"].certainty == before[key].actors["reds"].certainty


def test_what_an_actor_is_called_speaks_for_its_role():
    """Of equal words the police rather let it happen, and a gang rather did it."""

    def likely(*names: str) -> tuple[float, float, float]:
        actor = Actor("reds", names[0], names[1:])
        pooled = pool_roles(scores((Label.SUPPORT, UNSURE)), [actor], ())
        return pooled["c0"].actors["reds"].role_probabilities

    perpetrator, sponsor, enabler = likely("Reds")
    assert likely("the Port Police")[2] > enabler
    assert likely("Reds", "the gang")[0] > perpetrator
    assert likely("the club's president")[1] > sponsor
