"""Mining again after a change: the same as from scratch, and nothing read twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.page import Article, Comment, NamedActor, Page, ReplyLink
from app.domain.source import Source
from app.mining.again import mine_again
from app.mining.graph import build_graph
from app.mining.memo import Memo, unpack_memo
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
TEXTS = st.sampled_from(
    [
        "Red Brigade is behind it.",
        "Silver Order did it, perhaps. Not Red Brigade.",
        "Gold League did it. Gold League (GLG) always did. Blame the League.",
        "GLG is behind it, and the Red Brigade paid.",
        "I agree.",
        "Nonsense.",
        "Is it Red Brigade? Was Silver Order there?",
        "Ann, you said so.",
        "> everybody knows it was so\nNo.",
        "Rain fell.",
        "",
    ]
)
AUTHORS = st.sampled_from(["Ann", "Bob", "Cy", None])
CHANGES = st.one_of(
    st.tuples(st.just("add"), TEXTS, AUTHORS, st.integers(0, 9)),
    st.tuples(st.just("edit"), st.integers(0, 9), TEXTS),
    st.tuples(st.just("delete"), st.integers(0, 9)),
    st.tuples(st.just("withhold"), st.integers(0, 9)),
    st.tuples(st.just("show"), st.integers(0, 9)),
)
GIVEN = st.sampled_from(
    [
        {},
        {"account": "A bomb went off.", "event": None},
        {"actors": (NamedActor("rb", "Red Brigade", ("GLG",)), NamedActor("x", "Nobody"))},
    ]
)


def page(*comments, **given_fields):
    """Return a page of these comments."""
    return Page(ARTICLE, tuple(comments), language="en", **given_fields)


def changed(source, change, number):
    """Return the source after one drawn change; one that finds nothing to change changes none."""
    shown = [each.id for each in source.shown().comments]
    match change:
        case ["add", text, author, parent]:
            answered = shown[parent] if parent < len(shown) else None
            link = None if answered is None else ReplyLink.GIVEN
            return source.with_comments([Comment(f"n{number}", text, author, answered, link)])
        case ["edit", at, text] if shown:
            return source.with_changed(shown[at % len(shown)], text=text)
        case ["delete", at] if source.page.comments:
            return source.without(source.page.comments[at % len(source.page.comments)].id)
        case ["withhold", at] if shown:
            return source.withholding(shown[at % len(shown)])
        case ["show", at] if source.withheld:
            return source.showing(sorted(source.withheld)[at % len(source.withheld)])
    return source


@given(GIVEN, st.lists(CHANGES, max_size=8))
@settings(max_examples=80)
def test_any_changes_end_where_mining_from_scratch_ends(given_fields, changes):
    """After every change, page and graph are those of mining what is shown from scratch."""
    source, memo = Source(page(*OLD, **given_fields)), Memo()
    for number, change in enumerate(changes):
        source = changed(source, change, number)
        again = mine_again(source.shown(), FakeScorer(), unpack_memo(memo.pack()), now=LATER)
        memo = again.memo

        scratch = mine(source.shown(), FakeScorer(), now=LATER)
        assert again.mined == scratch
        assert build_graph(again.mined) == build_graph(scratch)


def test_adding_reads_what_is_new_and_no_more():
    """Old comments are not read again where no name turns up that is new to the page."""
    before = mine_again(page(*OLD), FakeScorer(), Memo(), now=NOW)
    scorer = FakeScorer()

    again = mine_again(
        page(*OLD, Comment("n1", "Silver Order did it. Red Brigade did not.", author="Dee")),
        scorer,
        before.memo,
        now=LATER,
    )

    assert not {comment.text for comment in OLD} & {reading.text for reading in scorer.readings}
    assert 0 < again.asked < again.wanted


def test_a_newly_found_actor_is_the_only_one_asked_about_above():
    """Older comments are read against a new hypothesis alone, the new comment against all."""
    before = mine_again(page(*OLD), FakeScorer(), Memo(), now=NOW)
    scorer = FakeScorer()
    new = Comment("n1", "Gold League did it. I blame Gold League. Gold League!", author="Zoe")

    again = mine_again(page(*OLD, new), scorer, before.memo, now=LATER)

    old = [reading for reading in scorer.readings if reading.text == OLD[2].text]
    assert [[query.target.actor for query in reading.queries] for reading in old] == [
        ["gold-league"]
    ]
    assert "gold-league" in again.mined.actor_by_id()


def test_removing_a_comment_reads_its_replies_alone():
    """What answered a removed comment is read in its new place, and nothing else."""
    thread = (
        *OLD,
        Comment("r1", "Never mind them.", "Dee", "c3", ReplyLink.GIVEN),
        Comment("r2", "Silver Order did it.", "Eve", "r1", ReplyLink.GIVEN),
    )
    before = mine_again(page(*thread), FakeScorer(), Memo(), now=NOW)
    scorer = FakeScorer()

    mine_again(Source(page(*thread)).without("r1").shown(), scorer, before.memo, now=LATER)

    assert {reading.text for reading in scorer.readings} == {"Silver Order did it."}


def test_nothing_is_asked_where_nothing_changed():
    """Mining the same page again does not trouble the scorer."""
    before = mine_again(page(*OLD), FakeScorer(), Memo(), now=NOW)
    asked = []

    again = mine_again(
        page(*OLD), FakeScorer(on_call=lambda: asked.append(1)), before.memo, now=LATER
    )

    assert asked == []
    assert again.mined == replace(before.mined, mined_at=LATER)


def test_another_model_reads_everything_anew():
    """What another revision of the model said is not taken for this one's."""
    before = mine_again(page(*OLD), FakeScorer(), Memo(), now=NOW)
    newer = FakeScorer()
    newer.identity = replace(newer.identity, revision="2")

    again = mine_again(page(*OLD), newer, before.memo, now=LATER)

    assert again.asked > 0
    assert {comment.text for comment in OLD} <= {reading.text for reading in newer.readings}
    assert not set(again.memo.scores) & set(before.memo.scores)


def test_what_was_said_of_removed_comments_is_forgotten():
    """The memo holds what the page needs, nothing of comments that are gone."""
    before = mine_again(page(*OLD), FakeScorer(), Memo(), now=NOW)

    after = mine_again(page(*OLD[:1]), FakeScorer(), before.memo, now=LATER)

    alone = mine_again(page(*OLD[:1]), FakeScorer(), Memo(), now=NOW)
    assert after.memo == alone.memo
