"""`fingerpost export`: stored pages out, in any of the formats."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import Annotated

import typer

from app.cli.formats import PageFormat, PageWriter
from app.cli.screen import complain
from app.errors import NotFound


def export(
    ctx: typer.Context,
    page_ids: Annotated[
        list[str], typer.Argument(metavar="PAGE_ID", help="Ids, as `mine` and the list say.")
    ],
    *,
    form: Annotated[PageFormat, typer.Option("--format", help="What to write.")] = PageFormat.JSON,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Write a file a page here instead."),
    ] = None,
    losses: Annotated[
        bool,
        typer.Option("--losses", help="Write what the format cannot hold, instead of the page."),
    ] = False,
) -> None:
    """Write stored pages to standard output: JSON for one page, a line of it each for several.

    DOT, GraphML, Argdown and CSV hold one page each, ConvoKit's corpus holds all. What a format
    cannot hold is told on standard error. Exits with 1 if some pages are not there, each named.
    """
    from app.bootstrap import build_service  # noqa: PLC0415 - on need
    from app.config import load_settings  # noqa: PLC0415 - on need

    service = build_service(load_settings(), migrate=True, load_scorer=ctx.obj)
    failed = False
    try:
        writer = PageWriter(
            service, form=form, several=len(page_ids) > 1, folder=out, only_losses=losses
        )
        for page_id in page_ids:
            try:
                writer.write(page_id, service.page(page_id))
            except NotFound as error:
                failed = True
                complain(str(error))
        writer.close()
    finally:
        service.close()
    if failed:
        raise typer.Exit(1)
