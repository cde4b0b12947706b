"""`fingerpost export`: stored pages out, in any of the formats."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.mine import PageFormat, PageWriter
from app.cli.screen import complain
from app.errors import NotFound


def export(
    ctx: typer.Context,
    page_ids: Annotated[
        list[str], typer.Argument(metavar="PAGE_ID", help="Ids, as `mine` and the list say.")
    ],
    *,
    form: Annotated[PageFormat, typer.Option("--format", help="What to write.")] = PageFormat.JSON,
) -> None:
    """Write stored pages to standard output: one JSON object for one, one a line for several.

    Exits with 1 if some are not there, each named on standard error.
    """
    from app.bootstrap import build_service  # noqa: PLC0415 - on need
    from app.config import load_settings  # noqa: PLC0415 - on need

    service = build_service(load_settings(), migrate=True, load_scorer=ctx.obj)
    writer = PageWriter(service, form=form, several=len(page_ids) > 1)
    failed = False
    try:
        for page_id in page_ids:
            try:
                writer.write(page_id, service.page(page_id))
            except NotFound as error:
                failed = True
                complain(str(error))
    finally:
        service.close()
    if failed:
        raise typer.Exit(1)
