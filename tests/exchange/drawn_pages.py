"""Mined pages drawn by hypothesis, and one written out, for tests of the forms they take."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from app.domain.caution import Caution
from app.domain.mined import (
    IN_ARTICLE,
    Actor,
    Hypothesis,
    Mention,
    MinedComment,
    MinedPage,
    ModelIdentity,
)
from app.domain.page import Article, Comment, CommentKind, ReplyLink, Span
from app.domain.stance import ROLES, Attribution, Label, Role, Stance
from tests.exchange.drawn import ANY_TEXTS, TEXTS

TEXT = TEXTS | ANY_TEXTS
IDS = TEXT.filter(bool)
NUMBERS = st.floats(0, 1)
COUNTS = st.integers(0, 10**6)
TIMES = st.datetimes(timezones=st.just(UTC))
SPANS = st.tuples(COUNTS, COUNTS).map(lambda ends: Span(*sorted(ends)))


@st.composite
def stances(draw):
    """Draw a stance; only support and deny may be certain."""
    label = draw(st.sampled_from(Label))
    certain = label in {Label.SUPPORT, Label.DENY} and draw(st.booleans())
    return Stance(label, certain, draw(st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS)))


@st.composite
def attributions(draw, actor_ids, comment_ids):
    """Draw an attribution to one of the actors; only support and deny have a role."""
    label = draw(st.sampled_from([Label.SUPPORT, Label.DENY, Label.QUERY]))
    return Attribution(
        actor=draw(st.sampled_from(actor_ids)),
        label=label,
        certain=draw(st.booleans()),
        role=None if label is Label.QUERY else draw(st.sampled_from(ROLES)),
        reported=draw(st.booleans()),
        probability=draw(NUMBERS),
        evidence=draw(SPANS),
        inherited_from=draw(st.none() | st.sampled_from(comment_ids)),
    )


@st.composite
def mined_pages(draw):
    """Draw a page of up to four comments, each of which may answer an earlier one."""
    comment_ids = draw(st.lists(IDS, unique=True, max_size=4))
    actor_ids = draw(st.lists(IDS, unique=True, max_size=2))

    def about_actors(items):
        return tuple(draw(st.lists(items, max_size=2))) if actor_ids else ()

    comments = []
    for at, comment_id in enumerate(comment_ids):
        earlier = comment_ids[:at]
        comments.append(
            MinedComment(
                Comment(
                    comment_id,
                    draw(TEXT),
                    draw(st.none() | TEXT),
                    draw(st.none() | st.sampled_from(earlier)) if earlier else None,
                    draw(st.none() | st.sampled_from(ReplyLink)),
                    draw(st.sampled_from(CommentKind)),
                    draw(st.none() | TIMES),
                ),
                account_stance=draw(stances()),
                reply_stance=draw(st.none() | stances()),
                attributions=about_actors(attributions(actor_ids, comment_ids)),
                claimed_perpetrators=about_actors(st.sampled_from(actor_ids)),
                cautions=tuple(draw(st.lists(st.sampled_from(Caution), unique=True, max_size=2))),
            )
        )
    places = st.sampled_from([IN_ARTICLE, *comment_ids])
    mentions = st.lists(st.builds(Mention, places, SPANS, TEXT), max_size=2).map(tuple)
    ranked = st.builds(
        Hypothesis, st.sampled_from(actor_ids), COUNTS, NUMBERS, COUNTS, COUNTS, COUNTS, COUNTS
    )
    maybe = st.none() | TEXT
    return MinedPage(
        article=Article(draw(maybe), draw(TEXT), draw(maybe), draw(st.none() | TIMES)),
        comments=tuple(comments),
        actors=tuple(
            Actor(actor_id, draw(TEXT), tuple(draw(st.lists(TEXT, max_size=2))), draw(mentions))
            for actor_id in actor_ids
        ),
        hypotheses=about_actors(ranked),
        account=draw(maybe),
        event=draw(maybe),
        model=ModelIdentity(draw(TEXT), draw(TEXT)),
        mined_at=draw(TIMES),
        url=draw(maybe),
        language=draw(maybe),
    )


SUPPORT = Stance(Label.SUPPORT, certain=True, probabilities=(0.7, 0.1, 0.1, 0.1))
NEUTRAL = Stance(Label.COMMENT, certain=False, probabilities=(0.0, 0.0, 0.0, 1.0))


def mined_page() -> MinedPage:
    """Return a page of two comments, the first of which blames the council."""
    text = "The council did it."
    first = MinedComment(
        Comment("c1", text, author="Ann", created_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        account_stance=NEUTRAL,
        attributions=(
            Attribution(
                "council",
                Label.SUPPORT,
                certain=True,
                role=Role.PERPETRATOR,
                reported=False,
                probability=0.7,
                evidence=Span(0, 19),
            ),
        ),
        claimed_perpetrators=("council",),
    )
    second = MinedComment(
        Comment("c2", "Exactly.", reply_to="c1", reply_link=ReplyLink.INFERRED),
        account_stance=NEUTRAL,
        reply_stance=SUPPORT,
    )
    return MinedPage(
        article=Article("Fire", "It burned.", published_at=datetime(2026, 1, 1, tzinfo=UTC)),
        comments=(first, second),
        actors=(
            Actor(
                "council", "the council", ("city hall",), (Mention("c1", Span(4, 11), "council"),)
            ),
        ),
        hypotheses=(Hypothesis("council", 1, 0.3, 1, 0, 0, 1),),
        account="It burned.",
        event="a fire",
        model=ModelIdentity("tiny", "r1"),
        mined_at=datetime(2026, 1, 3, tzinfo=UTC),
        url="https://example.org/fire",
        language="en",
    )
