"""Opening a database: every URL is either usable or refused without showing its password."""

from __future__ import annotations

import socket
from threading import Thread

import pytest

from app.domain.listing import PageFilter
from app.errors import StorageUnusable
from app.storage.engine import open_engine, open_session
from app.storage.pages import PageStore
from app.storage.schema import check_migrated, upgrade


def test_sqlite_is_set_up_to_be_shared(tmp_path):
    """A new file, in folders made for it, has a write-ahead log, foreign keys and patience."""
    engine = open_engine(f"sqlite:///{tmp_path}/a/b/new.db")
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "secure_delete")
        }
        patience_ms = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    engine.dispose()
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1}
    assert patience_ms > 0


def test_a_reader_waits_for_no_writer(engine, make_page, make_graph):
    """While a page is being written, others read what was there before."""
    mined = make_page()
    with open_session(engine) as writer, open_session(engine, read_only=True) as reader:
        PageStore(writer).add("p1", mined, make_graph(mined), content_hash="h1")
        assert PageStore(reader).list(PageFilter(), limit=1).items == ()
        writer.commit()
        assert PageStore(reader).list(PageFilter(), limit=1).items == ()  # one state throughout


def test_writers_queue_though_they_read_first(engine, make_page, make_graph):
    """Two who look first and then write both get through, one after the other."""
    mined = make_page()
    failed = []

    def write(page_id):
        try:
            with open_session(engine) as session, session.begin():
                store = PageStore(session)
                store.list(PageFilter(), limit=1)
                store.add(page_id, mined, make_graph(mined), content_hash=page_id)
        except StorageUnusable as error:
            failed.append(error)

    threads = [Thread(target=write, args=(f"p{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_a_database_in_memory_is_one_for_all_threads(make_page, make_graph):
    """`sqlite://` keeps what one thread stores for every other."""
    engine = open_engine("sqlite://")
    upgrade(engine)
    mined = make_page()
    loaded = []

    def store():
        with open_session(engine) as session, session.begin():
            PageStore(session).add("p1", mined, make_graph(mined), content_hash="h1")

    def load():
        with open_session(engine, read_only=True) as session:
            loaded.append(PageStore(session).load("p1"))

    for work in (store, load):
        thread = Thread(target=work)
        thread.start()
        thread.join()
    check_migrated(engine)
    engine.dispose()
    assert loaded == [mined]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "no url",
        "mysql://someone:hunter2@db.example/x",
        "postgresql+psycopg2://someone:hunter2@db.example/x",
        "sqlite+aiosqlite:///x.db",
        "postgresql://someone:hunter2@db.example:port/x",
    ],
)
def test_a_url_of_another_kind_is_refused(url):
    """What is no URL of SQLite or PostgreSQL is refused, and its password not shown."""
    with pytest.raises(StorageUnusable) as refused:
        open_engine(url)
    assert "hunter2" not in str(refused.value)


def test_a_server_out_of_reach_is_said_to_be():
    """Where nobody listens the error names the server, without the password."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        url = f"postgresql://someone:hunter2@127.0.0.1:{port}/fingerpost?password=hunter3"
        engine = open_engine(url)
        with pytest.raises(StorageUnusable, match=f"someone:\\*\\*\\*@127.0.0.1:{port}") as refused:
            check_migrated(engine)
    assert "hunter" not in str(refused.value)


def test_a_wrong_password_is_not_shown(postgres_url):
    """Even the server's own words are searched for the password."""
    engine = open_engine(postgres_url)
    place = f"{engine.url.host}:{engine.url.port or 5432}"
    engine.dispose()
    wrong = open_engine(f"postgresql://nobody:hunter2@{place}/no-hunter2-there")
    with pytest.raises(StorageUnusable) as refused:
        check_migrated(wrong)
    told = str(refused.value).partition("got: ")[2]
    assert told
    assert "hunter2" not in told


def test_a_folder_that_cannot_be_made_is_said_to_be(tmp_path):
    """A file in the place of the folder is named in the error."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(StorageUnusable, match="taken"):
        open_engine(f"sqlite:///{tmp_path}/taken/x.db")


def test_a_file_that_is_no_database_is_said_to_be(tmp_path):
    """Another file is neither read as a database nor changed."""
    path = tmp_path / "notes.txt"
    path.write_text("these are notes " * 100)
    engine = open_engine(f"sqlite:///{path}")
    with pytest.raises(StorageUnusable, match="not a database"):
        check_migrated(engine)
    engine.dispose()
    assert path.read_text() == "these are notes " * 100


def test_a_database_without_tables_is_said_to_be_unusable(bare_engine):
    """A query before the migration fails as a storage that cannot be used."""
    with open_session(bare_engine) as session, pytest.raises(StorageUnusable):
        PageStore(session).load("p1")


def test_errors_hold_no_text_of_comments(bare_engine, make_page, make_graph):
    """What is stored does not get into messages when storing it fails."""
    mined = make_page(said="a secret opinion")
    with open_session(bare_engine) as session, pytest.raises(StorageUnusable) as refused:
        PageStore(session).add("p1", mined, make_graph(mined), content_hash="h1")
    assert "secret" not in str(refused.value)
