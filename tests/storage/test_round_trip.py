"""Any mined page and any graph come back from the database exactly as they went in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.caution import Caution
from app.domain.graph import ALLOWED_EDGES, About, ArgumentGraph, Edge, Node, NodeKind
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
from app.domain.stance import ROLES, Attribution, Label, Stance
from app.storage.engine import open_session
from app.storage.pages import PageStore

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
words = texts.filter(bool)
maybe_text = st.none() | texts
numbers = st.floats(0, 1)
offsets = st.integers(-24 * 60 + 1, 24 * 60 - 1).map(lambda m: timezone(timedelta(minutes=m)))
moments = st.datetimes(
    datetime.fromisoformat("0001-01-03"),
    datetime.fromisoformat("9999-12-29"),
    timezones=st.none() | st.just(UTC) | offsets,
)
maybe_moment = st.none() | moments
spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda ends: Span(*sorted(ends)))
counts = st.integers(0, 10**6)


def several(items, actor_ids):
    """Return a strategy for some items about actors: none where there are no actors."""
    return st.lists(items, max_size=3).map(tuple) if actor_ids else st.just(())


@st.composite
def stances(draw):
    """Draw a stance; only support and deny may be certain."""
    label = draw(st.sampled_from(Label))
    certain = label in {Label.SUPPORT, Label.DENY} and draw(st.booleans())
    return Stance(label, certain, draw(st.tuples(numbers, numbers, numbers, numbers)))


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
        probability=draw(numbers),
        evidence=draw(spans),
        inherited_from=draw(st.none() | st.sampled_from(comment_ids)),
    )


@st.composite
def mined_comments(draw, comment_id, comment_ids, actor_ids):
    """Draw a comment that may answer any other, with stances to some of the actors."""
    weighed, claimed = attributions(actor_ids, comment_ids), st.sampled_from(actor_ids)
    return MinedComment(
        comment=Comment(
            id=comment_id,
            text=draw(texts),
            author=draw(maybe_text),
            reply_to=draw(st.none() | st.sampled_from(comment_ids)),
            reply_link=draw(st.none() | st.sampled_from(ReplyLink)),
            kind=draw(st.sampled_from(CommentKind)),
            created_at=draw(maybe_moment),
        ),
        account_stance=draw(stances()),
        reply_stance=draw(st.none() | stances()),
        attributions=draw(several(weighed, actor_ids)),
        claimed_perpetrators=draw(several(claimed, actor_ids)),
        cautions=tuple(draw(st.lists(st.sampled_from(Caution), unique=True, max_size=2))),
    )


@st.composite
def actors(draw, actor_id, comment_ids):
    """Draw an actor that is named in the article and in comments."""
    places = st.sampled_from([IN_ARTICLE, *comment_ids])
    return Actor(
        id=actor_id,
        name=draw(texts),
        aliases=tuple(draw(st.lists(texts, max_size=2))),
        mentions=tuple(draw(st.lists(st.builds(Mention, places, spans, texts), max_size=3))),
    )


@st.composite
def mined_pages(draw):
    """Draw a page whose references all lead somewhere on it."""
    comment_ids = draw(st.lists(words, unique=True, max_size=4))
    actor_ids = draw(st.lists(words, unique=True, max_size=3))
    ranked = st.builds(
        Hypothesis,
        st.sampled_from(actor_ids),
        *(counts.map(lambda n: n + 1), numbers, counts, counts, counts, counts),
    )
    return MinedPage(
        article=Article(draw(maybe_text), draw(texts), draw(maybe_text), draw(maybe_moment)),
        comments=tuple(
            draw(mined_comments(comment_id, comment_ids, actor_ids)) for comment_id in comment_ids
        ),
        actors=tuple(draw(actors(actor_id, comment_ids)) for actor_id in actor_ids),
        hypotheses=draw(several(ranked, actor_ids)),
        account=draw(maybe_text),
        event=draw(maybe_text),
        model=ModelIdentity(draw(texts), draw(texts)),
        mined_at=draw(moments),
        url=draw(maybe_text),
        language=draw(maybe_text),
    )


@st.composite
def graphs(draw):
    """Draw nodes that need no ends, and some of the edges that AIF allows between them."""
    free = [NodeKind.INFORMATION, NodeKind.LOCUTION, NodeKind.ILLOCUTION]
    nodes = tuple(
        Node(
            id=node_id,
            kind=draw(st.sampled_from(free)),
            text=draw(texts),
            about=draw(st.sampled_from(About)),
            scheme=draw(maybe_text),
            ref=draw(maybe_text),
            author=draw(maybe_text),
            created_at=draw(maybe_moment),
            probability=draw(st.none() | numbers),
            certain=draw(st.none() | st.booleans()),
            role=draw(maybe_text),
        )
        for node_id in draw(st.lists(words, unique=True, max_size=5))
    )
    legal = [
        Edge(first.id, second.id)
        for first in nodes
        for second in nodes
        if (first.kind, second.kind) in ALLOWED_EDGES
    ]
    edges = draw(st.lists(st.sampled_from(legal), unique=True)) if legal else []
    return ArgumentGraph(nodes, tuple(edges))


def clocks(mined):
    """Return every time of a page as it would be read off a clock, offset included."""
    times = [mined.mined_at, mined.article.published_at]
    times += [held.comment.created_at for held in mined.comments]
    return [None if when is None else when.isoformat() for when in times]


@settings(max_examples=40)
@given(first=mined_pages(), second=mined_pages(), graph=graphs())
def test_what_is_loaded_equals_what_was_stored(shared_engine, first, second, graph):
    """Added or put in another's place, a page is loaded equal, down to the clock readings."""
    with open_session(shared_engine) as session:
        store = PageStore(session)
        store.add("p1", second, ArgumentGraph((), ()), content_hash="h1")
        assert store.load("p1") == second
        store.replace("p1", first, graph)

        loaded = store.load("p1")

        assert loaded == first
        assert clocks(loaded) == clocks(first)
        assert store.load_graph("p1") == graph


@pytest.mark.parametrize("size", [3_000, 100_000])
def test_names_and_addresses_may_be_long(session, make_page, make_graph, size):
    """Long ids, names and addresses fit, though an index holds only so much."""
    long = "".join(chr(0x4E00 + n % 20_000) for n in range(size))
    mined = make_page(names=((long, long + "!"), ("B",)))
    store = PageStore(session)

    store.add("p1", mined, make_graph(mined), content_hash="h1")

    assert store.load("p1") == mined
