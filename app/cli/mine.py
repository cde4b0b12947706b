"""`fingerpost mine`: page files in, mined pages out to standard output."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.files import read_bytes, say_why
from app.cli.screen import complain, on_terminal, write_json
from app.errors import FingerpostError, ModelUnusable, StorageUnusable

if TYPE_CHECKING:
    from app.cli.progress import Progress
    from app.domain.graph import ArgumentGraph
    from app.domain.mined import MinedPage
    from app.service import Service


class PageFormat(StrEnum):
    """How a mined page is written."""

    JSON = "json"
    GRAPH = "graph"
    AIF = "aif"
    TABLE = "table"


def mine(  # noqa: PLR0913 - an argument for each option
    ctx: typer.Context,
    page_files: Annotated[
        list[str],
        typer.Argument(metavar="PAGE_FILE", help="Text, HTML or JSON; - is standard input."),
    ],
    *,
    form: Annotated[
        PageFormat | None,
        typer.Option("--format", help="A table on a terminal, JSON in a pipe, if not given."),
    ] = None,
    store: Annotated[
        bool, typer.Option("--store/--no-store", help="Keep the pages in the database.")
    ] = True,
    url: Annotated[
        str | None, typer.Option(help="Where the page stands, if it does not say so itself.")
    ] = None,
    explain_parse: Annotated[
        bool,
        typer.Option(
            "--explain-parse",
            help="Only say how each page is read and what is left out; nothing is mined or stored.",
        ),
    ] = False,
) -> None:
    """Say of each page who blames whom: one JSON object for one file, one a line for several.

    Exits with 1 if some files failed, each named on standard error.
    """
    from app.bootstrap import build_service  # noqa: PLC0415 - on need
    from app.cli.progress import Progress  # noqa: PLC0415 - on need
    from app.config import load_settings  # noqa: PLC0415 - on need

    settings = load_settings()
    if explain_parse:
        _explain(page_files, form=form, url=url, limit=settings.max_body_bytes)
        return
    if not store:
        settings = settings.model_copy(update={"database_url": "sqlite://"})
    service = build_service(settings, migrate=store, load_scorer=ctx.obj)
    writer = PageWriter(service, form=form, several=len(page_files) > 1)
    failed = False
    try:
        with Progress(len(page_files)) as progress:
            for name in page_files:
                try:
                    with progress.file(name):
                        data = read_bytes(name, limit=settings.max_body_bytes)
                        page_id, mined = _mine_one(
                            service, data, url=url, store=store, progress=progress
                        )
                    with progress.aside():
                        writer.write(page_id, mined)
                except (ModelUnusable, StorageUnusable, BrokenPipeError):
                    raise  # the next file would fare no better
                except (FingerpostError, OSError) as error:
                    failed = True
                    with progress.aside():
                        complain(f"{name}: {say_why(error)}")
    finally:
        service.close()
    if failed:
        raise typer.Exit(1)


def _explain(
    page_files: list[str], *, form: PageFormat | None, url: str | None, limit: int
) -> None:
    """Say of each file how it is read; what cannot be read is named, as in mining."""
    from app.cli.explain import write_explanation  # noqa: PLC0415 - on need
    from app.parsing import explain_page  # noqa: PLC0415 - on need

    if form not in {None, PageFormat.TABLE, PageFormat.JSON}:
        raise typer.BadParameter("--explain-parse writes a table or json")
    table = form is PageFormat.TABLE or (form is None and on_terminal())
    indent = 2 if on_terminal() and len(page_files) == 1 else None
    failed = False
    for name in page_files:
        try:
            page, evidence = explain_page(read_bytes(name, limit=limit), url=url)
        except (FingerpostError, OSError) as error:
            failed = True
            complain(f"{name}: {say_why(error)}")
        else:
            write_explanation(name, page, evidence, table=table, indent=indent)
    if failed:
        raise typer.Exit(1)


class PageWriter:
    """Writes mined pages to standard output, one after the other, in one format."""

    def __init__(self, service: Service, *, form: PageFormat | None, several: bool) -> None:
        self._service = service
        self._form = form or (PageFormat.TABLE if on_terminal() else PageFormat.JSON)
        self._indent = 2 if on_terminal() and not several else None

    def write(self, page_id: str | None, mined: MinedPage) -> None:
        """Write one page; `page_id` is None where it is not stored."""
        if self._form is PageFormat.TABLE:
            from app.cli.tables import draw_page, open_console  # noqa: PLC0415 - on need

            open_console().print(draw_page(mined, page_id=page_id))
            return
        if self._form is PageFormat.JSON:
            from app.exchange.contract import mined_as_json  # noqa: PLC0415 - on need

            write_json(mined_as_json(page_id, mined), indent=self._indent)
            return
        graph = self._service.graph(page_id) if page_id else self._service.draw_graph(mined)
        write_json(_graph_in(self._form, graph), indent=self._indent)


def _graph_in(form: PageFormat, graph: ArgumentGraph) -> object:
    if form is PageFormat.AIF:
        from app.exchange.aif import graph_as_aif  # noqa: PLC0415 - on need

        return graph_as_aif(graph)
    from app.exchange.contract import graph_as_json  # noqa: PLC0415 - on need

    return graph_as_json(graph)


def _mine_one(
    service: Service, data: bytes, *, url: str | None, store: bool, progress: Progress
) -> tuple[str | None, MinedPage]:
    page = service.parse(data, url=url)
    progress.expect_comments(len(page.comments))
    if not store:
        return None, service.mine(page, on_scored=progress.count_comments)
    added = service.add_page(page, on_scored=progress.count_comments)
    return added.id, added.mined
