"""The formats in which the command writes pages, and how each goes to a file or standard output."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import TYPE_CHECKING

import typer

from app.cli.screen import complain, on_terminal, write_json

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.mined import MinedPage
    from app.exchange.forms import Export
    from app.exchange.losses import Loss
    from app.service import Service

_SHOWN_PLACES = 3
"""Ids that a loss names on standard error: enough to find one, few enough for a line."""

_MOVING = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What a terminal would obey; the forms have no other controls in them."""


class PageFormat(StrEnum):
    """How a mined page is written: the whole of it (json, table), or its graph in a form."""

    JSON = "json"
    TABLE = "table"
    GRAPH = "graph"
    AIF = "aif"
    XAIF = "xaif"
    DOT = "dot"
    GRAPHML = "graphml"
    ARGDOWN = "argdown"
    CSV = "csv"
    CONVOKIT = "convokit"


ONE_AT_A_TIME = frozenset({PageFormat.DOT, PageFormat.GRAPHML, PageFormat.ARGDOWN, PageFormat.CSV})
"""Formats of which two cannot follow one another in one stream."""


class PageWriter:
    """Writes mined pages, one after the other, in one format.

    They go to standard output, or each to a file in `folder`. A ConvoKit corpus holds them all
    and is written by `close`. What a form cannot hold is told on standard error.
    """

    def __init__(
        self,
        service: Service,
        *,
        form: PageFormat | None,
        several: bool,
        folder: Path | None = None,
        only_losses: bool = False,
    ) -> None:
        self._service = service
        to_screen = folder is None and on_terminal()
        self._form = form or (PageFormat.TABLE if to_screen else PageFormat.JSON)
        self._indent = 2 if to_screen and not several else None
        self._folder = folder
        self._only_losses = only_losses
        self._corpus: list[tuple[str | None, MinedPage]] = []
        if several and folder is None and self._form in ONE_AT_A_TIME and not only_losses:
            raise typer.BadParameter(f"expected one page in the format {self._form}, or --out")
        if to_screen and self._form is PageFormat.CONVOKIT and not only_losses:
            raise typer.BadParameter("expected --out or a pipe: a zip is no sight for a terminal")
        if only_losses and self._form in {PageFormat.JSON, PageFormat.TABLE}:
            raise typer.BadParameter("expected a form of graphs with --losses, such as argdown")

    def write(self, page_id: str | None, mined: MinedPage) -> None:
        """Write one page; `page_id` is None where it is not stored."""
        if self._form is PageFormat.TABLE:
            from app.cli.tables import draw_page, open_console  # noqa: PLC0415 - on need

            open_console().print(draw_page(mined, page_id=page_id))
        elif self._form is PageFormat.JSON:
            from app.exchange.contract import mined_as_json  # noqa: PLC0415 - on need

            self._write_json(page_id, "json", mined_as_json(page_id, mined))
        elif self._form is PageFormat.CONVOKIT:
            self._corpus.append((page_id, mined))
        else:
            self._write_graph(page_id, mined)

    def close(self) -> None:
        """Write what holds all pages at once, if that is the format."""
        if self._form is not PageFormat.CONVOKIT or not self._corpus:
            return
        from app.service.exports import export_pages  # noqa: PLC0415 - on need

        self._write_export(None, export_pages(self._corpus))

    def _write_graph(self, page_id: str | None, mined: MinedPage) -> None:
        from app.exchange.forms import Form, graph_in  # noqa: PLC0415 - on need

        graph = self._service.graph(page_id) if page_id else self._service.draw_graph(mined)
        form = Form.JSON if self._form is PageFormat.GRAPH else Form(self._form.value)
        self._write_export(page_id, graph_in(form, graph))

    def _write_export(self, page_id: str | None, export: Export) -> None:
        from app.exchange.forms import TRAITS, losses_of  # noqa: PLC0415 - on need

        if self._only_losses:
            write_json({"id": page_id, **losses_of(export)}, indent=self._indent)
            return
        tell_losses(f"{page_id or 'page'} as {export.form}", export.losses)
        if isinstance(export.content, bytes):
            write_bytes(export.content, self._file(page_id, TRAITS[export.form].suffix))
        else:
            self._write_json(page_id, TRAITS[export.form].suffix, export.content)

    def _write_json(self, page_id: str | None, suffix: str, content: object) -> None:
        file = self._file(page_id, suffix)
        if file is None:
            write_json(content, indent=self._indent)
        else:
            file.write_bytes(_encode(content))

    def _file(self, page_id: str | None, suffix: str) -> Path | None:
        if self._folder is None:
            return None
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / f"{page_id or 'pages'}.{suffix}"


def tell_losses(what: str, losses: tuple[Loss, ...]) -> None:
    """Write a line to standard error for each kind of thing that got lost."""
    for loss in losses:
        places = ", ".join(loss.places[:_SHOWN_PLACES])
        more = ", …" if loss.count > _SHOWN_PLACES else ""
        complain(f"{what} loses {loss.what} ({loss.count}: {places}{more})")


def write_bytes(data: bytes, file: Path | None) -> None:
    """Write the bytes to the file, or to standard output; a terminal gets no controls of text."""
    if file is not None:
        file.write_bytes(data)
    elif on_terminal():
        typer.echo(_MOVING.sub("\ufffd", data.decode(errors="replace")), nl=False)
    else:
        typer.echo(data, nl=False)


def _encode(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair: JSON can only hold it escaped
        return json.dumps(content, allow_nan=False).encode()
