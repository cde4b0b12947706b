"""`fingerpost mine`: page files in, mined pages out to standard output."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - read by Typer at run time
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.files import read_bytes, say_why
from app.cli.formats import PageFormat, PageWriter
from app.cli.screen import complain, on_terminal
from app.errors import FingerpostError, ModelUnusable, StorageUnusable

if TYPE_CHECKING:
    from app.cli.progress import Progress
    from app.domain.mined import MinedPage
    from app.service import Service


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
    html: Annotated[
        Path | None,
        typer.Option(
            "--html",
            metavar="FILE",
            dir_okay=False,
            help="Write the view of the one page as a file that a browser shows by itself.",
        ),
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

    if html is not None and len(page_files) > 1:
        raise typer.BadParameter("expected one page with --html")
    settings = load_settings()
    if explain_parse:
        _explain(page_files, form=form, url=url, limit=settings.max_body_bytes)
        return
    if not store:
        settings = settings.model_copy(update={"database_url": "sqlite://"})
    service = build_service(settings, migrate=store, load_scorer=ctx.obj)
    failed = False
    try:
        writer = PageWriter(service, form=form, several=len(page_files) > 1)
        with Progress(len(page_files)) as progress:
            for name in page_files:
                try:
                    with progress.file(name):
                        data = read_bytes(name, limit=settings.max_body_bytes)
                        page_id, mined = _mine_one(
                            service, data, url=url, store=store, progress=progress
                        )
                    if html is not None:
                        _write_html(service, mined, html)
                    if html is None or form is not None:
                        with progress.aside():
                            writer.write(page_id, mined)
                except (ModelUnusable, StorageUnusable, BrokenPipeError):
                    raise  # the next file would fare no better
                except (FingerpostError, OSError) as error:
                    failed = True
                    with progress.aside():
                        complain(f"{name}: {say_why(error)}")
        writer.close()
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


def _write_html(service: Service, mined: MinedPage, file: Path) -> None:
    from app.web.site.file import page_as_html  # noqa: PLC0415 - on need

    file.write_bytes(page_as_html(mined, service.explain(mined)))


def _mine_one(
    service: Service, data: bytes, *, url: str | None, store: bool, progress: Progress
) -> tuple[str | None, MinedPage]:
    page = service.parse(data, url=url)
    progress.expect_comments(len(page.comments))
    if not store:
        return None, service.mine(page, on_scored=progress.count_comments)
    added = service.add_page(page, on_scored=progress.count_comments)
    return added.id, added.mined
