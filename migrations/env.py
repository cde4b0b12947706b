"""Runs the migrations on the connection that the program passes in, or on the configured one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import context

from app.config import Settings
from app.storage.engine import open_engine
from app.storage.schema import is_described, migrating
from app.storage.tables import Base

if TYPE_CHECKING:
    from sqlalchemy import Connection


def run_on(connection: Connection) -> None:
    """Run the migrations within the transaction that is open on `connection`."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,  # SQLite alters a table by rebuilding it
        include_name=is_described,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_as_sql() -> None:
    """Print the migrations as SQL for the database of FINGERPOST_DATABASE_URL."""
    engine = open_engine(Settings().database_url)
    context.configure(
        dialect_name=engine.dialect.name, target_metadata=Base.metadata, literal_binds=True
    )
    with context.begin_transaction():
        context.run_migrations()


def run_on_configured() -> None:
    """Run the migrations on the database of FINGERPOST_DATABASE_URL."""
    engine = open_engine(Settings().database_url)
    try:
        with migrating(engine) as connection:
            run_on(connection)
    finally:
        engine.dispose()


given: Connection | None = context.config.attributes.get("connection")
if context.is_offline_mode():
    run_as_sql()
elif given is not None:
    run_on(given)
else:
    run_on_configured()
