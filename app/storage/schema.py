"""The database's schema, brought to the version that this program needs, or checked for it.

Alone in this room it commits: a migration happens whole or not at all. Where nothing is to be
migrated, as at nearly every start, Alembic is not even loaded, which takes a tenth of a second.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

import app
from app.errors import StorageUnusable
from app.storage.engine import open_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alembic.config import Config
    from sqlalchemy import Connection, Engine

MIGRATIONS = Path(app.__file__).resolve().parent.parent / "migrations"
"""The scripts stand beside the package, in a checkout as in an installed wheel."""

HEAD = "cautions"
"""The newest migration, as its script names it."""

_VERSIONS = "alembic_version"
"""Alembic's table, of one row: the revision that is there."""

_MIGRATION_LOCK = 0x46504F5354
"""Any number, as long as everybody who migrates this schema takes the same ("FPOST")."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to `revision`; where it is there already, nothing happens.

    Raises:
        StorageUnusable: the database cannot be reached, or its schema is newer than this program.
    """
    if revision in {"head", HEAD} and current_revision(engine) == HEAD:
        return
    from alembic import command  # noqa: PLC0415 - on need

    with migrating(engine) as connection:
        command.upgrade(_config_for(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the schema back to `revision`; "base" drops everything.

    Raises:
        StorageUnusable: as for `upgrade`.
    """
    from alembic import command  # noqa: PLC0415 - on need

    with migrating(engine) as connection:
        command.downgrade(_config_for(connection), revision)


def current_revision(engine: Engine) -> str | None:
    """Return the revision of the schema that is there, None where there is none.

    Raises:
        StorageUnusable: the database cannot be reached.
    """
    with open_session(engine, read_only=True) as session:
        connection = session.connection()
        if not inspect(connection).has_table(_VERSIONS):
            return None
        found = connection.scalar(text(f"SELECT version_num FROM {_VERSIONS}"))  # noqa: S608 - ours
        return None if found is None else str(found)


def check_migrated(engine: Engine) -> None:
    """Do nothing where the schema is the one that this program needs.

    Raises:
        StorageUnusable: the database cannot be reached, has no schema yet, or another one.
    """
    found = current_revision(engine)
    if found == HEAD:
        return
    if found is None:
        raise StorageUnusable(
            f"expected schema {HEAD}, got a database without one: run `fingerpost db upgrade`"
        )
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - on need

    known = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    if found in {revision.revision for revision in known}:
        raise StorageUnusable(
            f"expected schema {HEAD}, got the older {found}: run `fingerpost db upgrade`"
        )
    raise StorageUnusable(
        f"expected schema {HEAD}, got {found[:40]}, which this version does not know: "
        f"the database was migrated by a newer Fingerpost"
    )


def is_described(name: str | None, kind: str, _parents: object) -> bool:
    """Whether the tables of the code describe that part of the schema, for Alembic to compare.

    The index of words is what each database has for it, and only migrations know how to make it.
    """
    if kind == "table":
        return not (name or "").startswith("comment_search")
    return (kind, name) not in {("column", "words"), ("index", "ix_comments_words")}


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """Give a connection on which a migration runs alone, whole or not at all.

    Raises:
        StorageUnusable: as for `upgrade`.
    """
    from alembic.util import CommandError  # noqa: PLC0415 - on need

    with engine.connect() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        if on_sqlite:
            # A table that is rebuilt is dropped, and that would delete the rows below its own.
            # The switch works outside of transactions only.
            _switch_foreign_keys(connection, on=False)
        try:
            with connection.begin():
                if not on_sqlite:
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
                yield connection
                if on_sqlite:
                    _check_foreign_keys(connection)
        except CommandError as error:
            raise StorageUnusable(
                f"expected a schema that this version knows, got: {str(error)[:200]}"
            ) from error
        finally:
            if on_sqlite and not connection.invalidated:
                _switch_foreign_keys(connection, on=True)


def _config_for(connection: Connection) -> Config:
    from alembic.config import Config  # noqa: PLC0415 - on need

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _switch_foreign_keys(connection: Connection, *, on: bool) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
    cursor.close()


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if broken is not None:
        raise StorageUnusable(
            f"expected a migration to leave every row with the one above it, "
            f"got table {broken[0]!r} with a row that has lost its {broken[2]!r}"
        )
