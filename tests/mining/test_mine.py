"""Mining a page with a scorer of plain rules: the whole story from comments to ranked actors."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.page import Article, Comment, CommentKind, NamedActor, Page, ReplyLink
from app.domain.stance import Label, Role, TargetKind
from app.mining.mine import mine
from app.mining.readings import NO_STANCE
from tests.fakes import FakeScorer

NOW = datetime(2026, 3, 1, tzinfo=UTC)

PAGE = Page(
    Article("Bomb kills nine in Tarsa", "A bomb killed nine people in Tarsa on Monday."),
    (
        Comment("c1", "Red Brigade is behind it. I saw them there.", author="Ann"),
        Comment("c2", "Exactly this.", author="Bob"),
        Comment("c3", "The council failed to close the road, perhaps.", author="Cy"),
        Comment("c4", "Red Brigade? Has anybody asked them?", author="Dee"),
        Comment("c5", "Weekly roundup links here.", author="Blog", kind=CommentKind.PINGBACK),
        Comment("c6", "   ", author="Eve"),
        Comment("c7", "Red Brigade did not do it.", author="Flo", reply_to=None),
    ),
    language="en",
    account="A bomb killed nine people in Tarsa.",
    event="a bomb that killed nine people",
    actors=(NamedActor("rb", "Red Brigade", ("the Reds",)), NamedActor("council", "the council")),
)


@pytest.fixture
def scorer():
    """Return a fresh scorer of plain rules."""
    return FakeScorer()


def test_every_comment_gets_its_stances(scorer):
    """Support, hedged blame, question and denial come out as rows with role and certainty."""
    mined = mine(PAGE, scorer, now=NOW)

    comments = mined.comment_by_id()
    rows = {
        key: [(row.actor, row.label, row.certain, row.role) for row in comment.attributions]
        for key, comment in comments.items()
    }
    assert rows == {
        "c1": [("rb", Label.SUPPORT, True, Role.PERPETRATOR)],
        "c2": [("rb", Label.SUPPORT, True, Role.PERPETRATOR)],
        "c3": [("council", Label.SUPPORT, False, Role.ENABLER)],
        "c4": [("rb", Label.QUERY, False, None)],
        "c5": [],
        "c6": [],
        "c7": [("rb", Label.DENY, True, Role.PERPETRATOR)],
    }
    assert comments["c1"].claimed_perpetrators == ("rb",)
    assert comments["c2"].claimed_perpetrators == ("rb",)
    assert comments["c3"].claimed_perpetrators == ()


def test_agreement_is_linked_and_inherits(scorer):
    """Bare agreement answers the comment above and takes its attribution over."""
    second = mine(PAGE, scorer, now=NOW).comment_by_id()["c2"]

    assert (second.comment.reply_to, second.comment.reply_link) == ("c1", ReplyLink.INFERRED)
    assert second.reply_stance is not None
    assert second.reply_stance.label is Label.SUPPORT
    assert second.attributions[0].inherited_from == "c1"


def test_evidence_is_the_sentence_that_says_it(scorer):
    """The evidence of a row is a span of the comment's own text."""
    first = mine(PAGE, scorer, now=NOW).comment_by_id()["c1"]

    assert first.attributions[0].evidence.text_of(first.comment.text) == "Red Brigade is behind it."


def test_hypotheses_are_ranked(scorer):
    """The actor more people blame ranks first, with the comments of each side counted."""
    first, second = mine(PAGE, scorer, now=NOW).hypotheses

    assert (first.actor, first.rank, first.support, first.deny, first.query, first.authors) == (
        ("rb", 1, 2, 1, 1, 4)
    )
    assert (second.actor, second.rank) == ("council", 2)


def test_pingbacks_and_empty_texts_are_not_read(scorer):
    """Nothing is asked about a pingback or an empty text; their stance is comment for certain."""
    mined = mine(PAGE, scorer, now=NOW)

    assert mined.comment_by_id()["c5"].account_stance == NO_STANCE
    assert mined.comment_by_id()["c6"].account_stance == NO_STANCE
    assert not {"   ", "Weekly roundup links here."} & {reading.text for reading in scorer.readings}


def test_a_reading_holds_context_targets_and_mentions(scorer):
    """A reply is read beside what it answers and what the page is about, against every target."""
    mine(PAGE, scorer, now=NOW)

    first = next(reading for reading in scorer.readings if reading.text == PAGE.comments[0].text)
    second = next(reading for reading in scorer.readings if reading.text == "Exactly this.")
    assert first.context is None
    assert first.background == "Bomb kills nine in Tarsa\nA bomb killed nine people in Tarsa."
    assert second.context == PAGE.comments[0].text
    assert [query.target.kind for query in second.queries] == [
        TargetKind.ACCOUNT,
        TargetKind.COMMENT,
        TargetKind.HYPOTHESIS,
        TargetKind.HYPOTHESIS,
    ]
    named = second.queries[2]
    assert named.mentions == ()
    assert [span.text_of(second.context) for span in named.context_mentions] == ["Red Brigade"]


def test_what_may_be_a_reply_is_read_below_the_one_above(scorer):
    """It is understood from there, but no link and no stance to that comment are claimed."""
    above = "The council failed to close the road, everybody in town says so."
    comments = (
        Comment("c1", above, author="Ann"),
        Comment("c2", "They knew about it for a long time already.", author="Col"),
    )

    mined = mine(replace(PAGE, comments=comments), scorer, now=NOW)

    reading = next(own for own in scorer.readings if own.text == comments[1].text)
    assert reading.context == above
    assert mined.comments[1].comment == comments[1]
    assert mined.comments[1].reply_stance is None


def test_all_comments_are_scored_in_one_call():
    """One call scores the comments and at most one more looks for evidence."""
    calls = []

    class Counting(FakeScorer):
        def score(self, readings):
            calls.append(len(readings))
            return super().score(readings)

    mine(PAGE, Counting(), now=NOW)

    assert len(calls) <= 2
    assert calls[0] == 5


def test_what_the_caller_gave_is_kept(scorer):
    """Account, event, actors, links and ids of the page come out as they went in."""
    mined = mine(PAGE, scorer, now=NOW)

    assert (mined.account, mined.event) == (PAGE.account, PAGE.event)
    assert [(actor.id, actor.name) for actor in mined.actors] == [
        ("rb", "Red Brigade"),
        ("council", "the council"),
    ]
    assert [comment.comment.id for comment in mined.comments] == [
        comment.id for comment in PAGE.comments
    ]
    assert mined.mined_at == NOW
    assert mined.model == scorer.identity


def test_a_page_without_article_or_actors_is_mined(scorer):
    """A page with nothing but comments has no account, and still replies and stances."""
    page = Page(
        Article(),
        (Comment("a", "so it goes"), Comment("b", "I agree.", author="Bob")),
        actors=(),
    )

    mined = mine(page, scorer, now=NOW)

    assert mined.account is None
    assert mined.hypotheses == ()
    assert mined.comments[0].account_stance == NO_STANCE
    assert mined.comments[1].reply_stance is not None


def test_an_empty_page_is_mined(scorer):
    """A page without any comments is mined to a page without any."""
    mined = mine(Page(Article("Nothing", "Nothing happened.")), scorer, now=NOW)

    assert mined.comments == ()


def test_a_reply_chain_of_ten_thousand_is_mined(scorer):
    """The depth of a thread does not matter, nor that replies stand above what they answer."""
    size = 10_000
    down = tuple(
        Comment(
            f"c{at}",
            "I agree." if at else "Red Brigade is behind it.",
            author=f"a{at}",
            reply_to=f"c{at - 1}" if at else None,
            reply_link=ReplyLink.GIVEN if at else None,
        )
        for at in range(size)
    )
    page = Page(
        Article("Bomb"),
        down[::-1],
        actors=(NamedActor("rb", "Red Brigade"),),
        account="A bomb.",
        event="a bomb",
    )

    mined = mine(page, scorer, now=NOW)

    assert mined.hypotheses[0].support == size
    assert mined.comments[0].attributions[0].inherited_from == "c0"


def test_letters_that_only_look_like_others_are_read_as_those(scorer):
    """A name in look-alike letters is the name, and the comment keeps its own letters."""
    disguised = "R\u0435d Brigade did it."
    page = replace(PAGE, comments=(Comment("c1", disguised), Comment("c2", "Nice day.")))

    mined = mine(page, scorer, now=NOW)

    first = mined.comment_by_id()["c1"]
    assert [(row.actor, row.label) for row in first.attributions] == [("rb", Label.SUPPORT)]
    assert first.comment.text == disguised
    assert scorer.readings[0].text == "Red Brigade did it."
