"""`fingerpost config`: every variable of the environment with its value and its meaning."""

from __future__ import annotations

import os
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from app.cli.screen import complain, on_terminal, plain, write_json


class ConfigFormat(StrEnum):
    """How the variables are written."""

    TABLE = "table"
    JSON = "json"


def config(
    *,
    form: Annotated[
        ConfigFormat | None,
        typer.Option("--format", help="A table on a terminal, JSON in a pipe, if not given."),
    ] = None,
) -> None:
    """List the settings: each variable with its value, its default and what it means."""
    from app.config import find_unknown, list_variables, load_settings  # noqa: PLC0415 - on need

    variables = list_variables(load_settings())
    for name in find_unknown(os.environ):
        complain(f"{name} is set, but is no setting")
    if (form or (ConfigFormat.TABLE if on_terminal() else ConfigFormat.JSON)) is ConfigFormat.JSON:
        write_json([asdict(variable) for variable in variables], indent=2)
        return
    from rich.table import Table  # noqa: PLC0415 - on need
    from rich.text import Text  # noqa: PLC0415 - on need

    from app.cli.tables import open_console  # noqa: PLC0415 - on need

    table = Table(box=None, pad_edge=False)
    table.add_column("variable", no_wrap=True)
    table.add_column("value", overflow="fold")
    table.add_column("meaning")
    for variable in variables:
        value = Text(plain(variable.value) or "not set")
        if variable.value != variable.default:
            value.append(f"\n(default: {variable.default or 'not set'})", style="dim")
        table.add_row(variable.name, value, variable.meaning)
    open_console().print(table)
