"""Adding pages: one page a content, no transaction across the model, nothing left by a failure."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import replace
from threading import Barrier, Thread

import pytest
from sqlalchemy.pool import QueuePool

from app.domain.listing import AttributionFilter, PageFilter
from app.domain.mined import ModelIdentity
from app.errors import ModelUnusable, NotFound, PageTooLarge, StorageUnusable
from app.service import Service
from app.storage.engine import open_engine
from app.storage.schema import upgrade
from tests.fakes import FakeScorer
from tests.service.pages import body, long_page, page


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_page_is_mined_and_kept(make_service):
    """A page that was added is there after a restart, graph and all."""
    added = make_service().add_page(page())

    again = make_service()
    assert again.page(added.id) == added.mined
    assert again.graph(added.id) == again.draw_graph(added.mined)
    assert [row.actor for row in added.mined.hypotheses]


def test_same_content_is_one_page(service):
    """The same content again gives the page that is there, without another reading."""
    first = service.add_page(page())
    second = service.add_page(page())

    assert (first.created, second.created) == (True, False)
    assert second.id == first.id
    assert second.mined == first.mined


def test_other_content_is_another_page(service):
    """A page that differs in a word is a page of its own."""
    first = service.add_page(page())
    second = service.add_page(page(title="Fire at the depot"))

    assert first.id != second.id


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_posts_at_once_make_one_page(make_service):
    """Two callers who send the same content at the same moment share one page."""
    both_read = Barrier(2, timeout=10)
    waiting = []

    def meet() -> None:
        if len(waiting) < 2:  # both have looked for the page by now, and found none
            waiting.append(1)
            both_read.wait()

    # Two services, as two processes would have: one scorer serves one thread at a time.
    services = [make_service(FakeScorer(on_call=meet)) for _ in range(2)]
    added = []
    threads = [
        Thread(target=lambda each=each: added.append(each.add_page(page()))) for each in services
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({each.id for each in added}) == 1
    assert sorted(each.created for each in added) == [False, True]
    assert len(services[0].list_pages(PageFilter()).items) == 1


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_no_transaction_while_the_model_works(settings):
    """Whenever the scorer is asked, no connection is out of the pool."""
    engine = open_engine(settings.database_url)
    upgrade(engine)
    assert isinstance(engine.pool, QueuePool)
    out: list[int] = []
    scorer = FakeScorer(on_call=lambda: out.append(engine.pool.checkedout()))
    service = Service(settings=settings, engine=engine, load_scorer=lambda: scorer)

    added = service.add_page(page())
    service.add_page(page(), remine=True)
    service.comments.add(added.id, body({"text": "Veltra Transit did it."}))
    service.jobs.submit_page(page(title="Another"))
    service.jobs.run_next()
    service.close()

    assert out
    assert set(out) == {0}


def test_remining_keeps_the_page_in_place(make_service):
    """Mined again, a page keeps its id; comments added or deleted since stay so."""
    service = make_service()
    added = service.add_page(page())
    service.comments.add(added.id, body({"id": "late", "text": "Harbour Union did it."}))
    service.comments.delete(added.id, "c2")

    again = service.add_page(page(), remine=True)

    assert (again.id, again.created) == (added.id, False)
    assert list(service.page(added.id).comment_by_id()) == ["c1", "c3", "late"]
    assert service.page(added.id) == again.mined


def test_content_after_additions_leads_to_the_page(service):
    """Whoever sends the whole page, the comments added later included, gets the same page."""
    added = service.add_page(page(comments=[{"text": "Veltra Transit did it."}]))
    service.comments.add(added.id, body({"text": "Not Veltra Transit."}))

    whole = service.add_page(
        page(comments=[{"text": "Veltra Transit did it."}, {"text": "Not Veltra Transit."}])
    )

    assert whole.id == added.id


def test_deleted_page_leaves_nothing(service, settings):
    """After a deletion no table holds a row of the page, and its content is new again."""
    added = service.add_page(page())
    service.delete_page(added.id)

    with pytest.raises(NotFound):
        service.page(added.id)
    assert service.list_attributions(AttributionFilter()).items == ()
    assert _rows(settings.database_url) == 0
    assert service.add_page(page()).created


def test_failure_of_the_model_leaves_nothing(make_service, settings):
    """A page whose reading fails is not stored, in no part."""

    def fail() -> None:
        raise ModelUnusable("expected weights, got none")

    service = make_service(FakeScorer(on_call=fail))

    with pytest.raises(ModelUnusable):
        service.add_page(page())
    assert _rows(settings.database_url) == 0


def test_mining_alone_stores_nothing(service, settings):
    """A page that is only mined is not in the database."""
    mined = service.mine(page())

    assert len(mined.comments) == 3
    assert _rows(settings.database_url) == 0


def test_too_many_comments_are_refused(make_service):
    """A page over the limit is refused with both numbers."""
    service = make_service(max_comments=2)
    data = b'{"comments": [{"text": "a"}, {"text": "b"}, {"text": "c"}]}'

    with pytest.raises(PageTooLarge, match=r"at most 2 .* got 3"):
        service.parse(data)


def test_long_pages_are_told(make_service):
    """A page is long by its comments or by its characters."""
    service = make_service(sync_comments=3, sync_chars=500)

    assert not service.is_long(page())
    assert service.is_long(long_page(4))
    assert service.is_long(page(article="word " * 101))


def test_progress_is_heard(service):
    """Whoever adds a page hears of all of its comments."""
    heard: list[int] = []

    service.add_page(long_page(150), on_scored=heard.append)

    assert sum(heard) >= 150
    assert len(heard) > 1


def test_readiness_needs_model_and_schema(settings):
    """A service is ready only with a model and a migrated database."""

    def no_model() -> FakeScorer:
        raise ModelUnusable("expected weights, got none")

    engine = open_engine(settings.database_url)
    with pytest.raises(ModelUnusable):
        Service(settings=settings, engine=engine, load_scorer=no_model).check_ready()
    service = Service(settings=settings, engine=engine, load_scorer=FakeScorer)
    with pytest.raises(StorageUnusable):
        service.check_ready()
    upgrade(engine)
    service.check_ready()
    assert service.model.name == "fake"
    service.close()


def _rows(url: str) -> int:
    """Return how many rows all tables hold, but for Alembic's own and SQLite's counters.

    Of the index of words, which has rows of its own even when empty, the words are counted.
    """
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    try:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
            if name != "alembic_version" and not name.startswith(("sqlite_", "comment_search"))
        ]
        assert names
        connection.execute(
            "CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, comment_search, row)"
        )
        names.append("words")
        return sum(
            connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - own names
            for name in names
        )
    finally:
        connection.close()


def test_mining_an_unchanged_page_again_asks_the_model_nothing(make_service):
    """What the same model said of the same texts and targets is not asked twice."""
    scorer = FakeScorer()
    service = make_service(scorer)
    first = service.add_page(page())
    asked = len(scorer.readings)

    again = service.add_page(page(), remine=True)

    assert len(scorer.readings) == asked > 0
    assert replace(again.mined, mined_at=first.mined.mined_at) == first.mined


def test_another_model_reads_a_page_anew(make_service):
    """What one model said is not taken for what another would say."""
    make_service().add_page(page())
    other = FakeScorer()
    other.identity = ModelIdentity("fake", "2")

    again = make_service(other).add_page(page(), remine=True)

    assert other.readings
    assert again.mined.model.revision == "2"


def test_a_page_that_has_grown_is_read_where_it_is_new(make_service):
    """A page of an address that is there, with a comment more, asks about that comment alone."""
    scorer = FakeScorer()
    service = make_service(scorer)
    service.add_page(long_page(20))
    asked = len(scorer.readings)

    grown = service.add_page(long_page(21))

    assert grown.created
    assert 0 < len(scorer.readings) - asked < 5
    alone = make_service(FakeScorer()).mine(long_page(21))
    assert replace(grown.mined, mined_at=alone.mined_at) == alone


def test_a_page_that_is_not_stored_is_not_remembered(make_service):
    """Mining without storing leaves nothing that a later mining could use."""
    scorer = FakeScorer()
    service = make_service(scorer)
    service.mine(page())
    asked = len(scorer.readings)

    service.add_page(page())

    assert len(scorer.readings) == 2 * asked


@pytest.mark.parametrize(
    ("actors", "problem"),
    [
        ([{"name": "a" * 5_001}], "expected names of actors[0] of at most 5000 characters, got"),
        (
            [{"name": "A"}, {"name": "B", "aliases": [f"B{n}" for n in range(100)]}],
            "expected at most 100 names of actors[1], got 101",
        ),
    ],
)
def test_names_without_end_are_refused(make_service, actors, problem):
    """Every text is searched for all of an actor's names, so that they have a limit."""
    sent = {"title": "Fire", "article": "It burned.", "comments": [], "actors": actors}
    service = make_service(max_target_chars=5_000)

    with pytest.raises(PageTooLarge, match=re.escape(problem)):
        service.parse(json.dumps(sent).encode(), content_type="application/json")
