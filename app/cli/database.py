"""`fingerpost db`: brings the database's schema up to this version, back, or says where it is."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine


def database_commands() -> typer.Typer:
    """Return the subcommands of `fingerpost db`."""
    commands = typer.Typer(
        help="Migrate the database.", no_args_is_help=True, rich_markup_mode=None
    )
    for command in (upgrade, downgrade, current):
        commands.command()(command)
    return commands


def upgrade(
    revision: Annotated[str, typer.Argument(help="The schema to reach.")] = "head",
) -> None:
    """Bring the schema up to this version's; where it is that already, nothing happens."""
    from app.storage import schema  # noqa: PLC0415 - on need

    with _engine() as engine:
        schema.upgrade(engine, revision)


def downgrade(
    revision: Annotated[str, typer.Argument(help='The schema to go back to; "base" drops all.')],
) -> None:
    """Take the schema back to an older one."""
    from app.storage import schema  # noqa: PLC0415 - on need

    with _engine() as engine:
        schema.downgrade(engine, revision)


def current() -> None:
    """Say which schema the database has; exit with 1 where it is not the one needed."""
    from app.storage import schema  # noqa: PLC0415 - on need

    with _engine() as engine:
        typer.echo(schema.current_revision(engine) or "none")
        schema.check_migrated(engine)


@contextmanager
def _engine() -> Iterator[Engine]:
    from app.config import load_settings  # noqa: PLC0415 - on need
    from app.storage.engine import open_engine  # noqa: PLC0415 - on need

    engine = open_engine(load_settings().database_url)
    try:
        yield engine
    finally:
        engine.dispose()
