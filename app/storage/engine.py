"""From a URL to an open database: SQLite in a file or in memory, PostgreSQL on a server.

Whatever goes wrong between here and the database is raised as StorageUnusable, which never
shows the password of the URL.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from app.errors import StorageUnusable

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import URL, Connection
    from sqlalchemy.engine import ExceptionContext
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS = 15_000
"""How long a writer waits for another on SQLite; to store 2,000 comments with a graph of 32,000
nodes took 2.4 s on two busy cores."""

CONNECT_TIMEOUT_S = 5
"""How long PostgreSQL may take to answer before it counts as out of reach."""

_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_READ_ONLY = "fingerpost_read_only"
_SHOWN_CHARACTERS = 200


def open_engine(url: str) -> Engine:
    """Return an engine for `url`; nothing is connected yet, but an SQLite file's folder is made.

    `sqlite://` is a database in memory that lives as long as the engine; its one connection
    goes from thread to thread.

    Raises:
        StorageUnusable: the URL is none, names another database, or its folder cannot be made;
            later, from whatever uses the engine: the database does not answer as it should.
    """
    parsed = _parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = _open_sqlite(parsed)
    else:
        engine = _open_postgresql(parsed)

    @event.listens_for(engine, "handle_error")
    def _handle_error(context: ExceptionContext) -> None:
        _refuse(context, parsed)

    return engine


def open_session(engine: Engine, *, read_only: bool = False) -> Session:
    """Return a session that begins on first use; on SQLite it then waits for other writers.

    A read-only one waits for nobody and sees one state of the database throughout.
    """
    if not read_only:
        return Session(engine)
    options: dict[str, Any] = {_READ_ONLY: True}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return Session(engine.execution_options(**options))


def _parse_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # The text is not shown, nor the cause: there may be a password in it.
        raise StorageUnusable(
            "expected a database URL such as sqlite:///var/fingerpost.db or "
            "postgresql://user@host/name, got something that is no URL"
        ) from None
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None:
        raise StorageUnusable(
            f"expected a database URL that begins with sqlite:// or postgresql://, "
            f"got {parsed.drivername[:40]!r}"
        )
    return parsed.set(drivername=driver)


def _open_sqlite(url: URL) -> Engine:
    if url.database in {None, "", ":memory:"}:
        engine = create_engine(
            url,
            hide_parameters=True,
            poolclass=QueuePool,
            pool_size=1,
            max_overflow=0,
            connect_args={"check_same_thread": False},
        )
    else:
        _make_parent(url)
        engine = create_engine(url, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # The driver's own begin comes too late to hold a lock while reading; see _begin.
        connection.isolation_level = None
        # SQLite's lower() knows ASCII only, and lists are searched in any case.
        connection.create_function("lower", 1, _lower, deterministic=True)
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "foreign_keys=ON",
            "secure_delete=ON",  # what is deleted is overwritten in the file
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A reader that turns writer fails at once where another wrote meanwhile, without
        # waiting (https://www.sqlite.org/isolation.html), so writers queue from the start.
        read_only = connection.get_execution_options().get(_READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _lower(text: object) -> object:
    return text.lower() if isinstance(text, str) else text


def _make_parent(url: URL) -> None:
    database = url.database or ""
    if database.startswith("file:"):
        return
    folder = Path(database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageUnusable(
            f"expected to make the folder {folder} for the database, got: {error.strerror}"
        ) from error


def _open_postgresql(url: URL) -> Engine:
    given = url.query.get("options", "")
    options = given if isinstance(given, str) else " ".join(given)
    connect_args: dict[str, str | int | None] = {
        # A plan that is kept suits the first words asked for; rare ones would be looked for
        # comment by comment, for seconds.
        "prepare_threshold": None,
        # Any other zone would move times of the years 1 and 9999 out of Python's calendar.
        "options": f"{options} -c timezone=UTC".strip(),
        "client_encoding": "utf8",
    }
    if "connect_timeout" not in url.query:
        connect_args["connect_timeout"] = CONNECT_TIMEOUT_S
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=connect_args)


def _refuse(context: ExceptionContext, url: URL) -> None:
    error = context.sqlalchemy_exception
    if context.is_pre_ping or not isinstance(error, DBAPIError):
        return
    if isinstance(error, IntegrityError | DataError):
        return  # the statement's fault, not the database's
    said = " ".join(str(context.original_exception).split())
    if url.password:
        said = said.replace(str(url.password), "***")
    shown = url.set(query={}).render_as_string(hide_password=True)
    raise StorageUnusable(
        f"expected the database {shown} to answer, got: {said[:_SHOWN_CHARACTERS]}"
    ) from context.original_exception
