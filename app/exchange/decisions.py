"""Writes moderators' decisions as JSON objects, and as a table that spreadsheets open safely."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, TypedDict

from app.exchange.csv_table import guard
from app.exchange.shapes import ModelJson
from app.exchange.times import rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.domain.decision import Decision

COLUMNS = (
    "id",
    "decided_at",
    "action",
    "page",
    "comment",
    "reason",
    "decided_by",
    "model_name",
    "model_revision",
    "undoes",
    "undone_by",
)


class DecisionJson(TypedDict):
    """A decision as the API shows it."""

    id: str
    page: str
    comment: str
    action: str
    reason: str
    decided_by: str
    decided_at: str
    model: ModelJson
    undoes: str | None
    undone_by: str | None


def decision_as_json(decision: Decision) -> DecisionJson:
    """Return one decision."""
    return DecisionJson(
        id=decision.id,
        page=decision.page_id,
        comment=decision.comment_id,
        action=decision.action,
        reason=decision.reason,
        decided_by=decision.decided_by,
        decided_at=rfc3339(decision.decided_at),
        model=ModelJson(name=decision.model.name, revision=decision.model.revision),
        undoes=decision.undoes,
        undone_by=decision.undone_by,
    )


def decisions_as_csv(decisions: Iterable[Decision]) -> Iterator[bytes]:
    """Yield the table in UTF-8, the header first and then a row a decision.

    A cell that a spreadsheet would run as a formula begins with an apostrophe, an empty cell
    means that there is no value.
    """
    yield _line(COLUMNS)
    for each in decisions:
        cells = (
            each.id,
            rfc3339(each.decided_at),
            each.action,
            each.page_id,
            each.comment_id,
            each.reason,
            each.decided_by,
            each.model.name,
            each.model.revision,
            each.undoes,
            each.undone_by,
        )
        yield _line("" if cell is None else guard(cell) for cell in cells)


def _line(cells: Iterable[str]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow(cells)
    return stream.getvalue().encode()
