"""`fingerpost convert`: an argument graph from one form into another; no model, no database."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from app.cli.files import read_bytes, say_why
from app.cli.formats import tell_losses, write_bytes
from app.cli.screen import complain, write_json
from app.errors import FingerpostError


class ReadFormat(StrEnum):
    """The forms that a graph is read from."""

    JSON = "json"
    AIF = "aif"
    XAIF = "xaif"
    DOT = "dot"
    GRAPHML = "graphml"
    ARGDOWN = "argdown"
    CSV = "csv"
    CONVOKIT = "convokit"
    KIALO = "kialo"


class WrittenFormat(StrEnum):
    """The forms that a graph is written in; a ConvoKit corpus takes a mined page."""

    JSON = "json"
    AIF = "aif"
    XAIF = "xaif"
    DOT = "dot"
    GRAPHML = "graphml"
    ARGDOWN = "argdown"
    CSV = "csv"


def convert(
    graph_file: Annotated[
        str, typer.Argument(metavar="GRAPH_FILE", help="A graph; - is standard input.")
    ],
    *,
    source: Annotated[ReadFormat, typer.Option("--from", help="What form it is in.")],
    target: Annotated[WrittenFormat, typer.Option("--to", help="What form to write.")],
) -> None:
    """Write an argument graph in another form, and tell what either form cannot hold.

    The losses go to standard error, first those of reading, then those of writing.
    """
    from app.config import load_settings  # noqa: PLC0415 - on need
    from app.exchange.forms import Form  # noqa: PLC0415 - on need
    from app.service.exports import SourceForm  # noqa: PLC0415 - on need
    from app.service.exports import convert as convert_graph  # noqa: PLC0415 - on need

    limit = load_settings().max_body_bytes
    try:
        data = read_bytes(graph_file, limit=limit)
        export, lost = convert_graph(data, SourceForm(source.value), Form(target.value))
    except (FingerpostError, OSError) as error:
        complain(f"{graph_file}: {say_why(error)}")
        raise typer.Exit(1) from None
    tell_losses(f"reading {source}", lost)
    tell_losses(f"writing {target}", export.losses)
    if isinstance(export.content, bytes):
        write_bytes(export.content, None)
    else:
        write_json(export.content)
