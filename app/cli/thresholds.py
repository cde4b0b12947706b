"""`fingerpost thresholds`: how often scores are right from a threshold on, to choose one by."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path  # noqa: TC003  (read by typer at run time)
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.files import read_bytes, say_why
from app.cli.screen import complain, write_json
from app.errors import FingerpostError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.config import Settings
    from app.domain.mined import ModelIdentity
    from app.service.labelled import LabelledPage
    from app.service.thresholds import Outcome, ThresholdRow

_FAILED = 1
_TABLE_FILE = "thresholds.json"
"""Beside a model's weights: the tables of the pages that it was developed on."""


class TableForm(StrEnum):
    """How tables are written: for people, or as one JSON object."""

    TABLE = "table"
    JSON = "json"


def thresholds(
    ctx: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            help="Labelled pages, a JSON file each; those the model was developed on if not given."
        ),
    ] = None,
    *,
    alone: Annotated[
        bool,
        typer.Option("--alone", help="Judge each comment without its page, by its words alone."),
    ] = False,
    form: Annotated[TableForm, typer.Option("--format")] = TableForm.TABLE,
) -> None:
    """Show precision and recall from each threshold on: of labelled pages, and of feedback.

    Feedback is what moderators said through Perspective's suggestscore, judged anew by the model
    in use.
    """
    from app.bootstrap import build_service  # noqa: PLC0415 - on need
    from app.config import load_settings  # noqa: PLC0415 - on need
    from app.service.thresholds import judge_feedback, judge_pages  # noqa: PLC0415 - on need

    settings = load_settings()
    failed: list[str] = []
    service = build_service(settings, migrate=True, load_scorer=ctx.obj)
    try:
        model = service.model
        if folder is None:
            tables = _developed(settings, model)
        else:
            pages = _read_folder(folder, failed, limit=settings.max_body_bytes)
            tables = _tables(judge_pages(service, pages, alone=alone))
        feedback = _tables(judge_feedback(service, service.feedback.all()))
        content = {
            "model": {"name": model.name, "revision": model.revision},
            "pages": tables,
            "feedback": feedback,
        }
    finally:
        service.close()
    if form is TableForm.JSON:
        write_json(content, indent=1)
    else:
        _draw("labelled pages", tables)
        _draw("feedback", feedback)
    if failed:
        raise typer.Exit(_FAILED)


def _read_folder(folder: Path, failed: list[str], *, limit: int) -> Iterator[LabelledPage]:
    """Yield the labelled pages of a folder; a file that is none is named and passed over."""
    from app.service.labelled import read_labelled  # noqa: PLC0415 - on need

    files = sorted(folder.glob("*.json"))
    if not files:
        failed.append(str(folder))
        complain(f"{folder}: expected labelled pages in JSON, found none")
    for file in files:
        try:
            yield read_labelled(read_bytes(str(file), limit=limit))
        except (OSError, FingerpostError) as error:
            failed.append(file.name)
            complain(f"{file.name}: {say_why(error)}")


def _developed(settings: Settings, model: ModelIdentity) -> dict[str, object]:
    """Return the tables that lie beside the model, nothing where none do."""
    from app.bootstrap import find_model  # noqa: PLC0415 - on need

    file = find_model(settings.model) / _TABLE_FILE
    if not file.is_file():
        return {}
    written = json.loads(file.read_text(encoding="utf-8"))
    if written["model"]["revision"] != model.revision:
        complain(f"{file.name} beside the model tells of another revision of it")
    tables: dict[str, object] = written["pages"]
    return tables


def _tables(outcomes: Mapping[str, Sequence[Outcome]]) -> dict[str, object]:
    from app.service.thresholds import tabulate  # noqa: PLC0415 - on need

    return {name: [_as_json(row) for row in tabulate(each)] for name, each in outcomes.items()}


def _as_json(row: ThresholdRow) -> dict[str, object]:
    return {
        "threshold": row.threshold,
        "precision": row.precision,
        "recall": row.recall,
        "comments": row.comments,
        "flagged": row.flagged,
        "right": row.right,
        "missed": row.missed,
    }


def _draw(title: str, tables: Mapping[str, object]) -> None:
    from rich.table import Table  # noqa: PLC0415 - on need

    from app.cli.tables import open_console  # noqa: PLC0415 - on need

    console = open_console()
    if not tables:
        console.print(f"{title}: none")
    for name, rows in tables.items():
        table = Table(title=f"{name}, {title}", title_justify="left", expand=False)
        for column in ("threshold", "precision", "recall", "flagged", "of"):
            table.add_column(column, justify="right")
        for row in rows if isinstance(rows, list) else ():
            table.add_row(
                f"{row['threshold']:.2f}",
                _share(row["precision"]),
                _share(row["recall"]),
                str(row["flagged"]),
                str(row["comments"]),
            )
        console.print(table)


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"
