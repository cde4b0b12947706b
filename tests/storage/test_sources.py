"""What a page is mined from: it comes back as it came, withheld comments in their places."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.page import Comment, NamedActor, Page, ReplyLink
from app.domain.source import Source, as_came
from app.errors import PageChanged
from app.storage.pages import PageStore


@pytest.fixture
def mined(make_page):
    """A mined page of three comments, the later ones with links that were inferred."""
    return make_page(3)


def sources(mined):
    """Return sources of that page: with all given or nothing, with nothing or much withheld."""
    c1, c2, c3 = (as_came(held.comment) for held in mined.comments)
    bare = Page(mined.article, (c1, c2, c3), url=mined.url, language=mined.language)
    actors = tuple(NamedActor(each.id, each.name, each.aliases) for each in mined.actors)
    given = replace(bare, account=mined.account, event=mined.event, actors=actors)
    w1 = Comment("w1", "Gone.", "Z", "c1", ReplyLink.GIVEN, created_at=mined.mined_at)
    w2 = Comment("w2", "", None, "w1", ReplyLink.MARKUP)
    answer = replace(c3, reply_to="w2", reply_link=ReplyLink.MARKUP)
    withheld = replace(bare, comments=(c1, w1, c2, answer, w2))
    ends = replace(given, comments=(w2, w1, c1, c2, c3))
    return [
        Source(bare),
        Source(given),
        Source(withheld, frozenset({"w1", "w2"})),
        Source(ends, frozenset({"w1", "w2"})),
    ]


@pytest.mark.parametrize("at", range(4))
def test_a_source_comes_back_as_it_was(session, mined, make_graph, at):
    """What was given, what is withheld and where, links to it, and the memo are all kept."""
    source = sources(mined)[at]
    store = PageStore(session)

    store.add("p1", mined, make_graph(mined), content_hash="h", source=source, memo=b"\x00m")

    stored = store.load_stored("p1")
    assert stored.source == source
    assert stored.mined == mined
    assert stored.memo == b"\x00m"
    shown = source.shown()
    assert [each.id for each in shown.comments] == [held.comment.id for held in mined.comments]


def test_replacing_a_page_replaces_its_source(session, mined, make_graph):
    """Nothing of an older source is left."""
    before, *_, after = sources(mined)
    store = PageStore(session)
    store.add("p1", mined, make_graph(mined), content_hash="h", source=after, memo=b"1")

    store.replace("p1", mined, make_graph(mined), source=before, memo=b"2")

    assert store.load_stored("p1").source == before
    assert store.load_stored("p1").memo == b"2"


def test_a_page_without_a_source_counts_as_found(session, mined, make_graph):
    """A page from before sources were kept can be mined again all the same."""
    store = PageStore(session)
    store.add("p1", mined, make_graph(mined), content_hash="h")

    stored = store.load_stored("p1")

    assert stored.source.page.actors is None
    assert stored.source.page.account == mined.account
    assert [each.id for each in stored.source.page.comments] == ["c1", "c2", "c3"]
    assert stored.memo is None


def test_counting_up_makes_changes_in_progress_begin_anew(session, mined, make_graph):
    """Whoever read the page before a decision does not overwrite what came of it."""
    store = PageStore(session)
    store.add("p1", mined, make_graph(mined), content_hash="h")
    version = store.load_stored("p1").version

    store.count_up("p1", if_version=version)

    with pytest.raises(PageChanged):
        store.count_up("p1", if_version=version)
    with pytest.raises(PageChanged):
        store.replace("p1", mined, make_graph(mined), if_version=version)
