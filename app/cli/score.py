"""`fingerpost score`: archives in, tables of who blames whom out; stopped, it can go on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from app.batch.choices import Engine, OutputFormat
from app.cli.screen import complain, plain

if TYPE_CHECKING:
    from app.batch.ports import StartPool
    from app.batch.run import Outcome
    from app.parsing.archives import ArchiveFormat

_INTERRUPTED = 130
"""What shells report of a command that Ctrl-C ended."""

_FORMATS = (
    "wordpress, disqus, blogger, movable-type, reddit, hacker-news, commento, isso, convokit,"
    " jsonl, page or warc"
)
"""Spelled out, as the readers take a second to load; a test compares it with theirs."""


def score(  # noqa: PLR0913 - options of the command line, each by its name
    ctx: typer.Context,
    archives: Annotated[
        list[str],
        typer.Argument(
            metavar="ARCHIVE",
            help="Files, folders, zip files, s3://… or gs://…; - is standard input.",
        ),
    ],
    *,
    out: Annotated[
        str, typer.Option(help="A new folder, or one to go on in; also as s3://bucket/folder.")
    ],
    input_format: Annotated[
        str | None, typer.Option(help=f"Told by content if not said: {_FORMATS}.")
    ] = None,
    form: Annotated[
        OutputFormat, typer.Option("--format", help="What to write.")
    ] = OutputFormat.PARQUET,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; one a processor core if not given.")
    ] = None,
    threads: Annotated[int, typer.Option(min=1, help="Threads of each process.")] = 1,
    engine: Annotated[
        Engine, typer.Option(help="Processes of this machine, or actors of a Ray cluster.")
    ] = Engine.LOCAL,
    address: Annotated[
        str | None, typer.Option(help="The cluster's, as Ray has it; one is started if not given.")
    ] = None,
) -> None:
    """Score whole archives: exports of blogs and forums, dumps, crawls, folders of pages.

    Killed or stopped, the same command goes on where it was. Exits with 1 if some records failed.
    """
    start_pool = _pool_of(engine, address)
    from app.batch.progress import RunProgress  # noqa: PLC0415 - on need
    from app.batch.run import ScoreOptions, score_archives  # noqa: PLC0415 - on need
    from app.bootstrap import build_service, count_cores  # noqa: PLC0415 - on need
    from app.config import load_settings  # noqa: PLC0415 - on need

    options = ScoreOptions(
        input_format=_format_named(input_format),
        output_format=form,
        workers=workers or count_cores(),
        threads=threads,
    )
    settings = load_settings()
    if form is OutputFormat.DATABASE:
        build_service(settings, migrate=True).close()
    try:
        with RunProgress() as progress:
            outcome = score_archives(
                archives,
                out,
                options,
                settings,
                watcher=progress,
                load_scorer=ctx.obj,
                start_pool=start_pool,
            )
    except KeyboardInterrupt:
        complain("stopped; the same command goes on from here")
        raise typer.Exit(_INTERRUPTED) from None
    except OSError as error:
        complain(f"{error.filename or out}: {error.strerror or error}")
        raise typer.Exit(1) from None
    _report(outcome, out)


def _pool_of(engine: Engine, address: str | None) -> StartPool:
    if engine is Engine.LOCAL:
        if address is not None:
            raise typer.BadParameter("expected --engine ray beside it", param_hint="--address")
        from app.batch.pool import WorkerPool  # noqa: PLC0415 - on need

        return WorkerPool
    try:
        from app.batch.ray_pool import RayPool, connect  # noqa: PLC0415 - an extra
    except ImportError:
        raise typer.BadParameter(
            "expected Ray to be installed: pip install 'fingerpost[ray]'", param_hint="--engine"
        ) from None
    try:
        connect(address)
    except (ConnectionError, ValueError) as error:
        raise typer.BadParameter(
            f"expected a Ray cluster, got: {plain(str(error), limit=100)}", param_hint="--address"
        ) from None
    return partial(RayPool, starts_here=address is None)


def _report(outcome: Outcome, out: str) -> None:
    from app.batch.summary import describe_totals  # noqa: PLC0415 - on need

    if outcome.was_finished:
        complain(f"{out} was finished before; nothing was left to do")
    for line in describe_totals(outcome.totals):
        indent = " " * (len(line) - len(line.lstrip()))
        typer.echo(indent + plain(line), err=True)
    if outcome.totals.failed:
        raise typer.Exit(1)


def _format_named(name: str | None) -> ArchiveFormat | None:
    from app.parsing.archives import ArchiveFormat  # noqa: PLC0415 - on need

    if name is None:
        return None
    try:
        return ArchiveFormat(name)
    except ValueError:
        raise typer.BadParameter(
            f"expected {_FORMATS}, got {plain(name, limit=40)!r}", param_hint="--input-format"
        ) from None
