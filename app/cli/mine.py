"""`fingerpost mine`: page files in, mined pages out to standard output."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.screen import complain, on_terminal, write_json
from app.errors import FingerpostError, ModelUnusable, PageTooLarge, StorageUnusable

if TYPE_CHECKING:
    from app.cli.progress import Progress
    from app.domain.graph import ArgumentGraph
    from app.domain.mined import MinedPage
    from app.service import Service

STDIN = "-"


class PageFormat(StrEnum):
    """How a mined page is written."""

    JSON = "json"
    GRAPH = "graph"
    AIF = "aif"
    TABLE = "table"


def mine(
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
) -> None:
    """Say of each page who blames whom: one JSON object for one file, one a line for several.

    Exits with 1 if some files failed, each named on standard error.
    """
    from app.bootstrap import build_service  # noqa: PLC0415 - on need
    from app.cli.progress import Progress  # noqa: PLC0415 - on need
    from app.config import load_settings  # noqa: PLC0415 - on need

    settings = load_settings()
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
                        data = _read_bytes(name, limit=settings.max_body_bytes)
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
                        complain(f"{name}: {_say(error)}")
    finally:
        service.close()
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


def _read_bytes(name: str, *, limit: int) -> bytes:
    with nullcontext(sys.stdin.buffer) if name == STDIN else Path(name).open("rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise PageTooLarge(f"expected at most {limit} bytes, got more")
    return data


def _say(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
