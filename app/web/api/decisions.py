"""Routes of moderation: decide about a comment, take a decision back, read the ledger."""

from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response, StreamingResponse

from app.domain.decision import Action, DecisionFilter
from app.errors import (
    AlreadyUndone,
    Busy,
    InvalidRequest,
    ModelUnusable,
    NotFound,
    PageTooLarge,
    UnsupportedContent,
)
from app.exchange.decisions import decision_as_json
from app.service.ledger import MAX_NAME_CHARS, MAX_REASON_CHARS
from app.web.answers import json_answer
from app.web.api import examples
from app.web.api.describe import answer, body, json_body, problem_responses
from app.web.api.listing import Cursor, Limit
from app.web.api.schemas import ModelOut
from app.web.body import read_json, wait_until_gone
from app.web.parts import Parts, parts_of

_Parts = Annotated[Parts, Depends(parts_of)]
_Reason = Annotated[str, Field(min_length=1, max_length=MAX_REASON_CHARS)]
_Name = Annotated[
    str, Field(min_length=1, max_length=MAX_NAME_CHARS, description="Who decides: a name or id.")
]


class UndoIn(BaseModel):
    """Why a decision is taken back, and by whom."""

    model_config = ConfigDict(extra="forbid")

    reason: _Reason
    decided_by: _Name


class DecisionIn(UndoIn):
    """A decision about a comment of the page."""

    comment: Annotated[str, Field(description="The id of the comment.")]
    action: Literal["approve", "reject", "flag"]


class DecisionOut(BaseModel):
    """A decision as it stands in the ledger."""

    id: str
    page: str
    comment: str
    action: Action
    reason: str
    decided_by: str
    decided_at: datetime
    model: Annotated[ModelOut, Field(description="What had read the page when it was taken.")]
    undoes: Annotated[str | None, Field(description="The decision that an undo takes back.")]
    undone_by: Annotated[str | None, Field(description="The undo that took it back.")]


class DecisionList(BaseModel):
    """Some decisions; `next_cursor` is null where the ledger ends."""

    items: list[DecisionOut]
    next_cursor: str | None

    @staticmethod
    def example() -> dict[str, Any]:
        """Return a list of one decision."""
        return {"items": [examples.DECISION], "next_cursor": None}


class LedgerForm(StrEnum):
    """The forms in which the ledger is written."""

    JSON = "json"
    CSV = "csv"


def decision_routes() -> APIRouter:
    """Return the routes of decisions."""
    router = APIRouter(tags=["moderation"])
    taken = answer(DecisionOut, examples.DECISION, "The decision, in force and in the ledger.")
    refusing = problem_responses(
        InvalidRequest, NotFound, PageTooLarge, UnsupportedContent, Busy, ModelUnusable
    )
    router.add_api_route(
        "/v1/pages/{page_id}/decisions",
        decide,
        methods=["POST"],
        summary="Approve, reject or flag a comment",
        status_code=201,
        responses={201: taken, **refusing},
        openapi_extra=body(application_json=json_body(DecisionIn, examples.DECISION_IN)),
    )
    router.add_api_route(
        "/v1/decisions/{decision_id}/undo",
        undo,
        methods=["POST"],
        summary="Take a decision back",
        status_code=201,
        responses={201: taken, **refusing, **problem_responses(AlreadyUndone)},
        openapi_extra=body(application_json=json_body(UndoIn, examples.UNDO_IN)),
    )
    ledger = answer(DecisionList, DecisionList.example(), "Some decisions, the latest first.")
    ledger["content"]["text/csv"] = {"schema": {"type": "string"}, "example": examples.LEDGER}
    router.add_api_route(
        "/v1/decisions",
        list_decisions,
        methods=["GET"],
        summary="List decisions, or export them all as CSV",
        responses={200: ledger, **problem_responses(InvalidRequest)},
    )
    return router


async def decide(page_id: str, request: Request, parts: _Parts) -> Response:
    """Take a decision about a comment.

    A rejected comment leaves the page, its graph, its ranking and its exports until the decision
    is undone or the comment approved; whatever answered it is read again where it now stands.
    """
    wanted = await read_json(request, DecisionIn, limit=parts.settings.max_body_bytes)
    decision = await parts.admission.run(
        partial(
            parts.service.ledger.decide,
            page_id,
            wanted.comment,
            Action(wanted.action),
            reason=wanted.reason,
            decided_by=wanted.decided_by,
        ),
        until_gone=wait_until_gone(request),
    )
    return json_answer(decision_as_json(decision), status=201)


async def undo(decision_id: str, request: Request, parts: _Parts) -> Response:
    """Take a decision back: what the decisions that are left say of the comment holds again."""
    wanted = await read_json(request, UndoIn, limit=parts.settings.max_body_bytes)
    decision = await parts.admission.run(
        partial(
            parts.service.ledger.undo,
            decision_id,
            reason=wanted.reason,
            decided_by=wanted.decided_by,
        ),
        until_gone=wait_until_gone(request),
    )
    return json_answer(decision_as_json(decision), status=201)


async def list_decisions(  # noqa: PLR0913  (the filters of a list)
    *,
    parts: _Parts,
    page: Annotated[str | None, Query(max_length=64, description="The id of a page.")] = None,
    comment: Annotated[
        str | None, Query(max_length=500, description="The id of a comment.")
    ] = None,
    action: Action | None = None,
    decided_by: Annotated[str | None, Query(max_length=MAX_NAME_CHARS)] = None,
    form: Annotated[LedgerForm, Query(alias="format")] = LedgerForm.JSON,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """List decisions, the latest first; each filter that is given narrows the list.

    `format=csv` is all of them at once, without cursor and limit. Cells that a spreadsheet would
    run begin with an apostrophe there.
    """
    wanted = DecisionFilter(page, comment, action, decided_by)
    ledger = parts.service.ledger
    if form is LedgerForm.CSV:
        pieces = ledger.export(wanted)
        return StreamingResponse(
            pieces,
            media_type="text/csv; charset=utf-8; header=present",
            headers={"content-disposition": 'attachment; filename="decisions.csv"'},
        )
    found = await run_sync(partial(ledger.list, wanted, cursor=cursor, limit=limit))
    items = [decision_as_json(decision) for decision in found.items]
    return json_answer({"items": items, "next_cursor": found.next_cursor})
