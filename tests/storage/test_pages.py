"""The store of pages: what goes in comes out, is replaced in place, and goes without a trace."""

from __future__ import annotations

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from sqlalchemy import event, func, select

from app.domain.graph import ArgumentGraph
from app.domain.listing import PageFilter
from app.domain.page import Comment, Page, ReplyLink
from app.domain.source import Source, as_came
from app.errors import DuplicateContent, InvalidPage, NotFound, PageChanged
from app.storage.engine import open_session
from app.storage.jobs import JobStore
from app.storage.pages import PageStore
from app.storage.tables import Base


def withheld_between(mined):
    """Return a source of which one comment is withheld, which another one answers."""
    hidden = Comment("w1", "Withheld.", author="Z", created_at=mined.mined_at)
    first, *rest = (as_came(held.comment) for held in mined.comments)
    rest[-1] = replace(rest[-1], reply_to="w1", reply_link=ReplyLink.MARKUP)
    page = Page(
        mined.article, (first, hidden, *rest), url=mined.url, language=mined.language, event="x"
    )
    return Source(page, frozenset({"w1"}))


def count_rows(session):
    """Return the number of rows of every table that holds pages; moderators' words outlive them."""
    return {
        name: session.scalar(select(func.count()).select_from(table))
        for name, table in Base.metadata.tables.items()
        if name not in {"api_keys", "claim_counts", "decisions", "feedback", "job_uploads"}
        and not name.startswith(("campaign", "compared_"))
    }


def test_a_page_is_there_after_the_engine_was_closed(engine, make_page, make_graph):
    """A page and its graph outlive the connection that stored them."""
    mined = make_page(3)
    with open_session(engine) as session, session.begin():
        PageStore(session).add("p1", mined, make_graph(mined), content_hash="h1")
    engine.dispose()

    with open_session(engine, read_only=True) as session:
        store = PageStore(session)
        assert store.load("p1") == mined
        assert store.load_graph("p1") == make_graph(mined)
        assert store.find_by_content("h1") == "p1"


def test_deleting_a_page_leaves_no_row(session, make_page, make_graph):
    """Once a page is deleted every table is as empty as before it came, jobs included."""
    mined = make_page(3)
    store = PageStore(session)
    jobs = JobStore(session)
    store.add("p1", mined, make_graph(mined), content_hash="h1")
    source = withheld_between(mined)
    store.replace("p1", mined, make_graph(mined), content_hash="h2", source=source, memo=b"m")
    jobs.add("j1", b"the text of the page", remine=False, total=3)
    jobs.finish(jobs.claim(), "p1")
    assert min(count_rows(session).values()) > 0

    store.delete("p1")

    assert set(count_rows(session).values()) == {0}


def test_the_database_deletes_what_hangs_below_a_page(session, make_page, make_graph):
    """Even a page that is deleted by hand takes all of its rows with it."""
    mined = make_page(3)
    PageStore(session).add("p1", mined, make_graph(mined), content_hash="h1")

    session.connection().exec_driver_sql("DELETE FROM pages")

    assert set(count_rows(session).values()) == {0}


def test_deleting_one_page_leaves_the_other(session, make_page, make_graph):
    """Only the rows of the page that was named go."""
    mined = make_page(2)
    store = PageStore(session)
    store.add("p1", mined, make_graph(mined), content_hash="h1")
    store.add("p2", mined, make_graph(mined), content_hash="h2")

    store.delete("p1")

    assert store.load("p2") == mined
    assert store.load_graph("p2") == make_graph(mined)
    assert store.find_by_content("h1") is None


def test_replacing_swaps_everything_in_place(session, make_page, make_graph):
    """After a replacement the new reading is there whole, and nothing of the old one."""
    before, after = make_page(4), make_page(2, names=(("Somebody", "S."), ("X",)))
    store = PageStore(session)
    store.add("p1", before, make_graph(before), content_hash="h1")
    assert store.load("p1") == before

    store.replace("p1", after, make_graph(after), content_hash="h2")

    assert store.load("p1") == after
    assert store.load_graph("p1") == make_graph(after)
    assert {store.find_by_content("h1"), store.find_by_content("h2")} == {"p1"}
    assert len(store.list(PageFilter(), limit=10).items) == 1


def test_replacing_with_a_known_content_keeps_it(session, make_page, make_graph):
    """The content that a page already has may be named again."""
    mined = make_page()
    store = PageStore(session)
    store.add("p1", mined, make_graph(mined), content_hash="h1")

    store.replace("p1", mined, make_graph(mined), content_hash="h1")

    assert store.find_by_content("h1") == "p1"


def test_replacing_what_was_replaced_meanwhile_is_refused(session, make_page, make_graph):
    """Whoever read an older version cannot undo the newer one."""
    mined, newer = make_page(1), make_page(2)
    store = PageStore(session)
    store.add("p1", mined, make_graph(mined), content_hash="h1")
    version = store.load_stored("p1").version
    store.replace("p1", newer, make_graph(newer), if_version=version)

    with pytest.raises(PageChanged):
        store.replace("p1", mined, make_graph(mined), if_version=version)

    assert store.load("p1") == newer


@pytest.mark.parametrize("page_id", ["p9", "", "p\x00", "\ud800", "p1' OR 1=1 --", "x" * 5000])
def test_an_id_of_no_page_is_not_found(session, make_page, make_graph, page_id):
    """Whatever stands for an id, a page that is not there is said to be not there."""
    store = PageStore(session)
    mined = make_page()
    for ask in (store.load, store.load_graph, store.delete, store.load_stored):
        with pytest.raises(NotFound):
            ask(page_id)
    with pytest.raises(NotFound):
        store.replace(page_id, mined, make_graph(mined))


def test_the_same_content_again_is_refused(session, make_page, make_graph):
    """The second page of a content is told the first one's id, and the session can go on."""
    mined = make_page()
    store = PageStore(session)
    store.add("p1", mined, make_graph(mined), content_hash="h1")
    store.add("p3", mined, make_graph(mined), content_hash="h3")

    with pytest.raises(DuplicateContent) as refused:
        store.add("p2", mined, make_graph(mined), content_hash="h1")
    with pytest.raises(DuplicateContent):
        store.replace("p3", mined, make_graph(mined), content_hash="h1")

    assert refused.value.page_id == "p1"
    assert [page.id for page in store.list(PageFilter(), limit=10).items] == ["p3", "p1"]


def test_of_two_who_add_the_same_content_at_once_one_wins(engine, make_page, make_graph):
    """Concurrent adds of one content make one page; the loser learns which."""
    mined = make_page(20)
    graph = make_graph(mined)
    together = Barrier(4)
    won, lost = [], []

    def add(page_id):
        together.wait()
        with open_session(engine) as session:
            try:
                with session.begin():
                    assert PageStore(session).find_by_content("h1") in {None, *won, *ids}
                    PageStore(session).add(page_id, mined, graph, content_hash="h1")
                won.append(page_id)
            except DuplicateContent as duplicate:
                lost.append(duplicate.page_id)

    ids = [f"p{n}" for n in range(4)]
    threads = [Thread(target=add, args=(page_id,)) for page_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(won) == 1
    assert lost == won * 3


def test_the_room_never_commits(engine, make_page, make_graph):
    """Nothing that is done through the stores is there before the caller commits."""
    mined = make_page()
    commits = []
    event.listen(engine, "commit", commits.append)
    with open_session(engine) as session:
        store, jobs = PageStore(session), JobStore(session)
        store.add("p1", mined, make_graph(mined), content_hash="h1")
        store.replace("p1", mined, make_graph(mined), content_hash="h2")
        store.add("p2", mined, make_graph(mined), content_hash="h3")
        store.delete("p2")
        jobs.add("j1", b"{}", remine=True, total=1)
        claimed = jobs.claim()
        jobs.progress(claimed, 1)
        jobs.finish(claimed, "p1")
        jobs.requeue_running()
        jobs.cancel("j1")
    assert commits == []

    with open_session(engine) as session:
        assert set(count_rows(session).values()) == {0}


def test_loading_takes_as_many_statements_for_many_comments(session, make_page, make_graph):
    """A page of fifty comments is read in as few statements as one of a single comment."""
    store = PageStore(session)
    statements = []
    event.listen(
        session.get_bind(), "after_cursor_execute", lambda *told: statements.append(told[2])
    )
    counts = []
    for size in (1, 50):
        mined = make_page(size)
        store.add(f"p{size}", mined, make_graph(mined), content_hash=f"h{size}")
        statements.clear()

        store.load(f"p{size}")
        store.load_graph(f"p{size}")
        store.list(PageFilter(), limit=10)

        counts.append(len(statements))
    assert counts == [13, 13]


@pytest.mark.parametrize("text", ["nul \x00", "half a pair \ud83d"])
def test_text_that_no_database_holds_is_refused(session, make_page, text):
    """NUL and lone surrogates are refused by every database alike, before anything is stored."""
    store = PageStore(session)
    for mined in (
        make_page(said=text),
        replace(make_page(), account=text),
        make_page(names=((text,), ("B",))),
    ):
        with pytest.raises(InvalidPage):
            store.add("p1", mined, ArgumentGraph((), ()), content_hash="h1")
    assert set(count_rows(session).values()) == {0}


def test_references_to_nothing_are_refused(session, make_page):
    """A page whose rows could not be put together again does not get in."""
    mined = make_page(2)
    first, second = mined.comments
    wrong = [
        replace(mined, comments=(second,)),
        replace(mined, comments=(first, first)),
        replace(mined, actors=mined.actors[:1]),
        replace(mined, actors=mined.actors * 2),
        replace(mined, comments=(replace(first, claimed_perpetrators=("a9",)), second)),
    ]
    for page in wrong:
        with pytest.raises(InvalidPage):
            PageStore(session).add("p1", page, ArgumentGraph((), ()), content_hash="h1")
    assert set(count_rows(session).values()) == {0}
