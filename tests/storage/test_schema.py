"""The schema: migrations run both ways, make what the tables say, and are asked for clearly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from app.errors import StorageUnusable
from app.storage.engine import open_engine, open_session
from app.storage.pages import PageStore
from app.storage.schema import (
    HEAD,
    MIGRATIONS,
    check_migrated,
    current_revision,
    downgrade,
    is_described,
    upgrade,
)
from app.storage.tables import Base

ROOT = Path(__file__).resolve().parents[2]
_ALL = list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())


def test_migrations_run_up_down_and_up_again(bare_engine, make_page, make_graph):
    """After a way down nothing is left, and the way up again makes a schema that works."""
    mined = make_page()
    for _ in range(2):
        upgrade(bare_engine)
        with open_session(bare_engine) as session, session.begin():
            PageStore(session).add("p1", mined, make_graph(mined), content_hash="h1")
        with open_session(bare_engine) as session:
            assert PageStore(session).load("p1") == mined
        downgrade(bare_engine, "base")
        assert set(inspect(bare_engine).get_table_names()) <= {"alembic_version"}


def test_every_single_migration_runs_down_and_up(bare_engine):
    """Each step can be taken back on its own."""
    upgrade(bare_engine)
    for _ in range(len(_ALL)):
        downgrade(bare_engine, "-1")
        upgrade(bare_engine, "+1")
        downgrade(bare_engine, "-1")
    upgrade(bare_engine)
    check_migrated(bare_engine)


def test_migrations_make_the_schema_of_the_tables(engine):
    """The migrated database and the tables in the code do not differ in anything."""
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": is_described}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_name_keys_as_the_tables_do(engine):
    """Constraints and indices bear the names by which later migrations will find them."""
    found = inspect(engine)
    for table in Base.metadata.sorted_tables:
        # SQLite keeps no name for a key that counts up by itself.
        names = {found.get_pk_constraint(table.name)["name"] or f"pk_{table.name}"}
        names |= {key["name"] for key in found.get_foreign_keys(table.name)}
        names |= {key["name"] for key in found.get_unique_constraints(table.name)}
        assert names == {str(constraint.name) for constraint in table.constraints}
        cascades = [key["options"] for key in found.get_foreign_keys(table.name)]
        assert all(options == {"ondelete": "CASCADE"} for options in cascades)


def test_the_newest_migration_is_the_one_that_is_needed(engine):
    """The name in the code is that of the last script, and of what a new database has."""
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD
    assert current_revision(engine) == HEAD


def test_a_database_without_a_schema_has_no_revision(bare_engine):
    """Neither where nothing was ever made, nor where all was taken back."""
    assert current_revision(bare_engine) is None
    upgrade(bare_engine)
    downgrade(bare_engine, "base")
    assert current_revision(bare_engine) is None


def test_upgrading_twice_changes_nothing(engine):
    """A database that is up to date stays as it is."""
    upgrade(engine)
    check_migrated(engine)


def test_a_database_without_schema_is_told_apart(bare_engine):
    """Whoever forgot to migrate is told what to run."""
    with pytest.raises(StorageUnusable, match=r"without one.*fingerpost db upgrade"):
        check_migrated(bare_engine)


def test_an_older_schema_is_told_apart(bare_engine):
    """A database of an older version is told what to run."""
    upgrade(bare_engine, "0001")
    with pytest.raises(StorageUnusable, match=r"the older 0001.*fingerpost db upgrade"):
        check_migrated(bare_engine)


def test_a_newer_schema_is_told_apart(engine):
    """A database of a newer version is neither used nor changed."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageUnusable, match=r"9999.*newer Fingerpost"):
        check_migrated(engine)
    with pytest.raises(StorageUnusable, match="9999"):
        upgrade(engine)


def test_a_migration_that_fails_leaves_nothing_behind(bare_engine):
    """A migration happens whole or not at all."""
    with bare_engine.begin() as connection:
        connection.execute(text("CREATE TABLE graph_edges (other INTEGER)"))
    with pytest.raises(StorageUnusable):
        upgrade(bare_engine)
    assert set(inspect(bare_engine).get_table_names()) == {"graph_edges"}


def test_the_command_line_of_alembic_migrates_too(database_url):
    """Who develops here may call alembic itself, with the URL in the environment."""
    environment = os.environ | {"FINGERPOST_DATABASE_URL": database_url}
    for arguments in (["upgrade", "head"], ["check"]):
        subprocess.run(  # noqa: S603 - our own interpreter and arguments
            [sys.executable, "-m", "alembic", *arguments],
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
        )
    engine = open_engine(database_url)
    check_migrated(engine)
    engine.dispose()
