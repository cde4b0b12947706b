"""`fingerpost pages`: removes what is older than it should be kept."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

import typer

from app.cli.screen import write_json

_AGE = re.compile(r"([0-9]{1,6})([hdwy])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_YEAR = timedelta(days=365)


def page_commands() -> typer.Typer:
    """Return the subcommands of `fingerpost pages`."""
    commands = typer.Typer(
        help="Look after stored pages.", no_args_is_help=True, rich_markup_mode=None
    )
    commands.callback()(_pages)
    commands.command()(prune)
    return commands


def _pages() -> None:
    """Look after stored pages."""


def read_age(text: str) -> timedelta:
    """Return the age that a text such as "90d" says.

    Raises:
        typer.BadParameter: it says none.
    """
    found = _AGE.fullmatch(text.strip().lower())
    if found is None:
        raise typer.BadParameter(
            f"expected hours, days, weeks or years, such as 36h, 90d, 12w or 2y, got {text[:40]!r}"
        )
    return int(found[1]) * _UNITS.get(found[2], _YEAR)


def prune(
    *,
    older_than: Annotated[
        timedelta,
        typer.Option(parser=read_age, metavar="AGE", help="Such as 36h, 90d, 12w or 2y."),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count only, remove nothing.")] = False,
) -> None:
    """Remove pages last mined or changed longer ago than that, and feedback given before.

    How many of each is written as JSON.
    """
    from app.bootstrap import build_service  # noqa: PLC0415 - on need
    from app.config import load_settings  # noqa: PLC0415 - on need

    service = build_service(load_settings(), migrate=True)
    try:
        act = service.retention.count if dry_run else service.retention.prune
        pruned = act(older_than)
    finally:
        service.close()
    write_json({"pages": pruned.pages, "feedback": pruned.labels, "removed": not dry_run})
