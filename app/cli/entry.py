"""The command and its subcommands, and the one place where an error becomes a line and a code.

What a subcommand needs is imported when it runs, so that help comes at once.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from app.cli.convert import convert
from app.cli.database import database_commands
from app.cli.export import export
from app.cli.feedback import feedback
from app.cli.keys import key_commands
from app.cli.ledger import ledger_commands
from app.cli.mine import mine
from app.cli.pages import page_commands
from app.cli.ranking import campaigns, rank
from app.cli.score import score
from app.cli.screen import complain
from app.cli.serve import serve
from app.cli.thresholds import thresholds
from app.cli.variables import config
from app.errors import ConfigInvalid, FingerpostError

FAILED, MISUSED = 1, 2
"""Exit codes: some input failed or a part is out of order; the command or a setting is wrong."""


class _Commands(TyperGroup):
    """Turns what Fingerpost refuses into one line on standard error; bugs stay visible."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except FingerpostError as error:
            if ctx.params.get("debug"):
                raise
            complain(str(error))
            raise typer.Exit(MISUSED if isinstance(error, ConfigInvalid) else FAILED) from None


def make_command() -> typer.Typer:
    """Return the command with its subcommands.

    Invoked with an `obj`, a function that returns a scorer, it uses that in place of the model.
    """
    command = typer.Typer(
        name="fingerpost",
        cls=_Commands,
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    command.callback()(_options)
    for subcommand in (
        serve,
        mine,
        score,
        export,
        convert,
        rank,
        campaigns,
        feedback,
        thresholds,
        config,
    ):
        command.command()(subcommand)
    command.add_typer(ledger_commands(), name="ledger")
    command.add_typer(database_commands(), name="db")
    command.add_typer(key_commands(), name="keys")
    command.add_typer(page_commands(), name="pages")
    return command


def main() -> None:
    """Run the command with the arguments of this process, and exit."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal may know fewer characters than comments
            stream.reconfigure(errors="backslashreplace")
    make_command()()


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - costs every other start

        typer.echo(f"fingerpost {version('fingerpost')}")
        raise typer.Exit


def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error was raised.")] = False,
) -> None:
    """Reads an article with its comments and says who points the finger at whom, and why."""
    del version, debug  # read by the callback, and by the group
