"""`fingerpost ledger`: decide about comments, take decisions back, and read them all."""

from __future__ import annotations

import json
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.screen import write_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.service.ledger import Ledger

_Reason = Annotated[str, typer.Option("--reason", help="Why.")]
_By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides.")]


class DecidedAction(StrEnum):
    """What can be decided about a comment."""

    APPROVE = "approve"
    REJECT = "reject"
    FLAG = "flag"


class LedgerForm(StrEnum):
    """How the ledger is written: a JSON object a line, or a table."""

    JSON = "json"
    CSV = "csv"


def ledger_commands() -> typer.Typer:
    """Return the subcommands of `fingerpost ledger`."""
    commands = typer.Typer(help="Moderate comments.", no_args_is_help=True, rich_markup_mode=None)
    for command in (decide, undo, show):
        commands.command()(command)
    return commands


def decide(  # noqa: PLR0913 - what a decision consists of
    ctx: typer.Context,
    page_id: Annotated[str, typer.Argument(metavar="PAGE_ID")],
    comment_id: Annotated[str, typer.Argument(metavar="COMMENT_ID")],
    action: Annotated[DecidedAction, typer.Argument(help="What is decided.")],
    *,
    reason: _Reason,
    by: _By,
) -> None:
    """Approve, reject or flag a comment; a rejected one leaves its page until that is undone."""
    from app.domain.decision import Action  # noqa: PLC0415 - on need
    from app.exchange.decisions import decision_as_json  # noqa: PLC0415 - on need

    with _ledger(ctx) as ledger:
        taken = ledger.decide(
            page_id, comment_id, Action(action.value), reason=reason, decided_by=by
        )
        write_json(decision_as_json(taken), indent=None)


def undo(
    ctx: typer.Context,
    decision_id: Annotated[str, typer.Argument(metavar="DECISION_ID")],
    *,
    reason: _Reason,
    by: _By,
) -> None:
    """Take a decision back; the decision that does so is written."""
    from app.exchange.decisions import decision_as_json  # noqa: PLC0415 - on need

    with _ledger(ctx) as ledger:
        taken = ledger.undo(decision_id, reason=reason, decided_by=by)
        write_json(decision_as_json(taken), indent=None)


def show(
    ctx: typer.Context,
    *,
    page_id: Annotated[
        str | None, typer.Option("--page", metavar="PAGE_ID", help="Only of that page.")
    ] = None,
    form: Annotated[LedgerForm, typer.Option("--format")] = LedgerForm.JSON,
) -> None:
    """Write all decisions, the latest first.

    In the table, cells that a spreadsheet would run begin with an apostrophe.
    """
    from app.domain.decision import DecisionFilter  # noqa: PLC0415 - on need
    from app.exchange.decisions import decision_as_json  # noqa: PLC0415 - on need

    wanted = DecisionFilter(page_id=page_id)
    with _ledger(ctx) as ledger:
        if form is LedgerForm.CSV:
            for piece in ledger.export(wanted):
                typer.echo(piece, nl=False)
        else:
            for decision in ledger.walk(wanted):
                typer.echo(json.dumps(decision_as_json(decision)))


@contextmanager
def _ledger(ctx: typer.Context) -> Iterator[Ledger]:
    from app.bootstrap import build_service  # noqa: PLC0415 - on need
    from app.config import load_settings  # noqa: PLC0415 - on need

    service = build_service(load_settings(), migrate=True, load_scorer=ctx.obj)
    try:
        yield service.ledger
    finally:
        service.close()
