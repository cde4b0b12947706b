"""What moved a hypothesis and what would change it, beside ranking anew what is left."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.mined import Actor, MinedComment
from app.domain.page import Comment, Span
from app.domain.ranking import Removed
from app.domain.stance import Attribution, Label, Role
from app.mining.hypotheses import copies_among, rank_weighings, weigh
from app.mining.influence import influences_on
from app.mining.readings import NO_STANCE
from app.mining.voices import Removals

ACTORS = [Actor("x", "Xenia"), Actor("y", "Yellow Line"), Actor("z", "Zed")]
PLEA = "The mayor sold our harbour to his own cousin and everybody in this town knows about it."
TEXTS = ["It was him.", PLEA, PLEA + " Share!", PLEA.replace("town", "county")]


def row(actor, label, *, probability=1.0, certain=True, inherited_from=None):
    """Return an attribution to that actor."""
    return Attribution(
        actor,
        label,
        certain=certain and label is not Label.QUERY,
        role=None if label is Label.QUERY else Role.PERPETRATOR,
        reported=False,
        probability=probability,
        evidence=Span(0, 1),
        inherited_from=inherited_from,
    )


ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(["x", "y", "z"]),
        st.sampled_from([Label.SUPPORT, Label.SUPPORT, Label.DENY, Label.QUERY]),
        probability=st.sampled_from([0.3, 0.5, 0.77, 0.9, 1.0]),
        certain=st.booleans(),
        inherited_from=st.sampled_from([None, None, "c0", "c1", "c2"]),
    ),
    max_size=3,
    unique_by=lambda each: each.actor,
)


@st.composite
def pages(draw):
    """Return the comments of a page, some of them copies, some only agreeing with another."""
    count = draw(st.integers(1, 10))
    return [
        MinedComment(
            Comment(
                f"c{number}",
                draw(st.sampled_from(TEXTS)),
                author=draw(st.sampled_from(["Ann", "Bob", "Cy", None])),
            ),
            NO_STANCE,
            attributions=draw(ROWS),
        )
        for number in range(count)
    ]


def ranked(comments, copies):
    """Return strength and rank by actor."""
    hypotheses = rank_weighings(ACTORS, weigh(ACTORS, comments, copies))
    return {each.actor: (each.strength, each.rank) for each in hypotheses}


def without(comments, copies, gone):
    """Return strength and rank by actor where these comments and their heirs say nothing."""
    left = [
        MinedComment(
            each.comment,
            NO_STANCE,
            attributions=tuple(
                one
                for one in each.attributions
                if each.comment.id not in gone and one.inherited_from not in gone
            ),
        )
        for each in comments
    ]
    return ranked(left, copies)


def gone_with(effect, comments, copies):
    """Return the ids of all comments that an effect says would go."""
    if effect.removed is Removed.AUTHOR:
        named = {each.comment.id: each.comment.author for each in comments}
        return {
            key
            for key, author in named.items()
            if key in effect.comments or (author is not None and author == effect.author)
        }
    if effect.removed is Removed.COPIES:
        places = {each.comment.id: at for at, each in enumerate(comments)}
        return {
            each.comment.id
            for at, each in enumerate(comments)
            if copies[at] == copies[places[effect.comments[0]]]
        }
    return set(effect.comments)


@given(pages())
@settings(max_examples=150)
def test_every_effect_is_what_ranking_anew_gives(comments):
    """Strength and rank without a comment, an author or a text are exact to the last bit."""
    copies = copies_among(comments)
    weighings = weigh(ACTORS, comments, copies)

    for actor, influence in influences_on(ACTORS, comments, copies, weighings).items():
        for effect in (*influence.moved_by, *influence.would_change):
            gone = gone_with(effect, comments, copies)
            assert without(comments, copies, gone)[actor] == (effect.strength, effect.rank)


@given(pages())
@settings(max_examples=50)
def test_what_moved_most_comes_first(comments):
    """The first comment shown is one without which the strength differs most."""
    copies = copies_among(comments)
    now = ranked(comments, copies)
    influences = influences_on(ACTORS, comments, copies, weigh(ACTORS, comments, copies))

    for actor, influence in influences.items():
        most = max(
            abs(without(comments, copies, {each.comment.id})[actor][0] - now[actor][0])
            for each in comments
        )
        shown = [abs(each.strength - now[actor][0]) for each in influence.moved_by]
        assert (shown[0] if shown else 0.0) == most
        assert shown == sorted(shown, reverse=True)


def test_nothing_said_moves_nothing():
    """A hypothesis that nobody weighs has no reasons and loses nothing."""
    weighings = weigh(ACTORS, [], [])

    assert not influences_on(ACTORS, [], [], weighings)["x"].moved_by
    assert Removals.of(weighings["x"]).without([]) == (0.0, 0)


def test_a_campaign_is_shown_as_what_it_is():
    """Ten copies are one voice: one less changes nothing, all less changes the rank."""
    comments = [
        MinedComment(
            Comment(f"c{number}", PLEA, author=f"author {number}"),
            NO_STANCE,
            attributions=(row("x", Label.SUPPORT),),
        )
        for number in range(10)
    ]
    comments.append(
        MinedComment(
            Comment("own", "It was Yellow Line.", author="Ann"),
            NO_STANCE,
            attributions=(row("y", Label.SUPPORT, probability=0.9),),
        )
    )
    copies = copies_among(comments)

    influence = influences_on(ACTORS, comments, copies, weigh(ACTORS, comments, copies))["x"]

    assert ranked(comments, copies)["x"] == (1 / 3, 1)
    assert influence.moved_by == ()
    (campaign,) = influence.would_change
    assert campaign.removed is Removed.COPIES
    assert len(campaign.comments) == 10
    assert (campaign.strength, campaign.rank) == (0.0, 2)
