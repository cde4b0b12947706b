"""Reading comments on a mined page: as if it had been mined whole, and nothing read twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.page import Article, Comment, Page, ReplyLink
from app.domain.stance import Label
from app.errors import InvalidPage
from app.mining.extend import extend
from app.mining.mine import mine
from tests.fakes import FakeScorer

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LATER = datetime(2026, 3, 2, tzinfo=UTC)

ARTICLE = Article(
    "Bomb kills nine in Tarsa",
    "A bomb killed nine people in Tarsa. Red Brigade and Silver Order were blamed. Red Brigade "
    "denied it, and Silver Order said nothing.",
)
OLD = (
    Comment("c1", "Red Brigade is behind it. I saw them.", author="Ann"),
    Comment("c2", "I agree.", author="Bob"),
    Comment("c3", "Blue Lantern paid for it, everybody knows Blue Lantern.", author="Cy"),
)
NEW = (
    Comment("n1", "Silver Order did it. Red Brigade did not.", author="Dee"),
    Comment("n2", "Exactly.", author="Eve"),
    Comment("n3", "Ann, was it Red Brigade?", author="Bob"),
)


def page(*comments):
    """Return a page of these comments."""
    return Page(ARTICLE, tuple(comments), language="en")


def mined(*comments):
    """Return the page of these comments, mined."""
    return mine(page(*comments), FakeScorer(), now=NOW)


def test_extending_gives_what_mining_the_whole_gives():
    """New comments that bring no new actor end up as if the whole page had been mined."""
    extended = extend(mined(*OLD), NEW, FakeScorer(), now=LATER)

    assert extended == replace(mined(*OLD, *NEW), mined_at=LATER)


TEXTS = st.sampled_from(
    [
        "Red Brigade is behind it.",
        "Silver Order did it, perhaps. Not Red Brigade.",
        "I agree.",
        "Nonsense.",
        "Is it Red Brigade? Was Silver Order there?",
        "Ann, you said so.",
        "> everybody knows it was so\nNo.",
        "Rain fell.",
        "",
    ]
)
POSTS = st.lists(st.tuples(TEXTS, st.sampled_from(["Ann", "Bob", "Cy", None])), max_size=8)


@given(POSTS, st.integers(0, 8))
@settings(max_examples=40, deadline=None)
def test_extending_equals_mining_wherever_the_page_is_cut(posts, cut):
    """However a page is cut in two, adding the second part gives the whole."""
    comments = [Comment(f"n{at}", text, author=author) for at, (text, author) in enumerate(posts)]
    whole = mined(*OLD, *comments)

    extended = extend(mined(*OLD, *comments[:cut]), comments[cut:], FakeScorer(), now=NOW)

    assert extended == whole


def test_only_new_comments_are_read():
    """Comments that were there are not scored again where no new actor turns up."""
    scorer = FakeScorer()

    extend(mined(*OLD), NEW, scorer, now=LATER)

    assert not {comment.text for comment in OLD} & {reading.text for reading in scorer.readings}


def test_a_newly_found_actor_is_looked_for_above():
    """An older comment that names a newly found actor is read against that one only."""
    before = mined(Comment("c1", "Gold League is behind it, I say.", author="Ann"), *OLD[1:])
    known = tuple(actor for actor in before.actors if actor.name != "Gold League")
    before = replace(
        before,
        actors=known,
        hypotheses=tuple(h for h in before.hypotheses if h.actor in {a.id for a in known}),
        comments=tuple(
            replace(c, attributions=(), claimed_perpetrators=()) for c in before.comments
        ),
    )
    scorer = FakeScorer()

    after = extend(
        before,
        [Comment("n1", "Gold League did it. I blame Gold League. Gold League!", author="Zoe")],
        scorer,
        now=LATER,
    )

    assert [actor.id for actor in after.actors] == [*(actor.id for actor in known), "gold-league"]
    again = [r for r in scorer.readings if r.text == "Gold League is behind it, I say."]
    assert [[query.target.actor for query in reading.queries] for reading in again] == [
        ["gold-league"]
    ]
    assert [row.actor for row in after.comment_by_id()["c1"].attributions] == ["gold-league"]
    assert [row.inherited_from for row in after.comment_by_id()["c2"].attributions] == ["c1"]
    assert after.hypotheses[0].actor == "gold-league"


def test_adding_nothing_changes_nothing():
    """No comments to add leave the page as it is."""
    before = mined(*OLD)

    assert extend(before, (), FakeScorer(), now=LATER) == before


@pytest.mark.parametrize(
    "wrong",
    [
        Comment("c1", "An id that is taken."),
        Comment("n1", "To nothing.", reply_to="nowhere", reply_link=ReplyLink.GIVEN),
        Comment("n1", "To itself.", reply_to="n1", reply_link=ReplyLink.GIVEN),
    ],
)
def test_comments_that_contradict_the_page_are_refused(wrong):
    """A taken id, a reply to nothing or to itself is refused, and nothing is scored."""
    scorer = FakeScorer()

    with pytest.raises(InvalidPage):
        extend(mined(*OLD), [wrong], scorer, now=LATER)

    assert scorer.readings == []


def test_denials_are_kept_apart():
    """The fake's denial survives extension with its label."""
    extended = extend(mined(*OLD), NEW, FakeScorer(), now=LATER)

    labels = {row.actor: row.label for row in extended.comment_by_id()["n1"].attributions}
    assert labels["red-brigade"] is Label.DENY
