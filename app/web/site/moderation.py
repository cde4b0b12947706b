"""Moderation: a queue of claims, decided one by one into the ledger, and taken back from there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query
from starlette.requests import Request  # noqa: TC002  (read by FastAPI at run time)
from starlette.responses import RedirectResponse, Response

from app.domain.decision import Action, DecisionFilter
from app.domain.listing import AttributionFilter
from app.domain.stance import Label
from app.errors import InvalidRequest
from app.exchange.decisions import decision_as_json
from app.service.ledger import MAX_NAME_CHARS, MAX_REASON_CHARS
from app.web.answers import json_answer
from app.web.body import wait_until_gone
from app.web.gate import SITE_TAG
from app.web.parts import Parts, parts_of
from app.web.site.forms import read_fields
from app.web.site.queue import LOOKED_AT, SHOWN, SortedBy, fill_queue
from app.web.site.route import SiteRoute
from app.web.site.sign_in import local_path
from app.web.site.site import Site, site_of, wants_json
from app.web.site.templates import query_of

if TYPE_CHECKING:
    from app.domain.decision import Decision

_Parts = Annotated[Parts, Depends(parts_of)]
_Site = Annotated[Site, Depends(site_of)]
_Short = Annotated[str, Query(max_length=20)]
_Name = Annotated[str, Query(max_length=500)]

SORTS = {
    SortedBy.NEWEST: "newest first",
    SortedBy.OLDEST: "oldest first",
    SortedBy.SUREST: "surest reading first",
    SortedBy.DOUBTFUL: "most doubtful reading first",
    SortedBy.MOST: "most blamed actor first",
}

REASONS = (
    "accuses without grounds",
    "names a private person",
    "calls for violence",
    "copied text",
    "off the subject",
)
"""Reasons that a key each stands for; any other can be written."""

LATEST = 20
"""Decisions of the ledger beside the queue."""


def moderation_routes() -> APIRouter:
    """Return the routes under /moderation."""
    router = APIRouter(tags=[SITE_TAG], include_in_schema=False, route_class=SiteRoute)
    router.add_api_route("/moderation", show_queue, methods=["GET"])
    router.add_api_route("/moderation/decide", decide, methods=["POST"])
    router.add_api_route("/moderation/undo", undo, methods=["POST"])
    return router


def show_queue(  # noqa: PLR0913 - the filters of a list
    *,
    request: Request,
    parts: _Parts,
    site: _Site,
    sort: SortedBy = SortedBy.NEWEST,
    label: _Short = "support",
    actor: _Name = "",
    certain: _Short = "",
    page: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """Show the comments that wait, and the latest decisions."""
    wanted = AttributionFilter(
        actor=actor.strip() or None,
        label=Label(label) if label in {"support", "deny", "query"} else None,
        certain={"true": True, "false": False}.get(certain),
    )
    queue = fill_queue(parts.service, wanted=wanted, page_id=page or None, by=sort)
    latest = parts.service.ledger.list(DecisionFilter(page_id=page or None), limit=LATEST)
    given = {"sort": sort.value, "label": label, "actor": actor, "certain": certain, "page": page}
    key = getattr(request.state, "key", None)
    return site.answer(
        request,
        "moderation.html",
        here="moderation",
        given=given,
        sorts=SORTS,
        reasons=REASONS,
        queue=queue[:SHOWN],
        waiting=len(queue),
        looked_at=LOOKED_AT,
        decisions=latest.items,
        decided_by="" if key is None else key.name[:MAX_NAME_CHARS],
        max_reason=MAX_REASON_CHARS,
        back=query_of("/moderation", {name: value for name, value in given.items() if value}),
    )


async def decide(request: Request, parts: _Parts) -> Response:
    """Take a decision about a comment."""
    fields = await read_fields(request)
    action = fields.get("action", "")
    if action not in {Action.APPROVE, Action.REJECT, Action.FLAG}:
        raise InvalidRequest(f"expected approve, reject or flag, got {action[:20]!r}")
    decision = await parts.admission.run(
        partial(
            parts.service.ledger.decide,
            fields.get("page", ""),
            fields.get("comment", ""),
            Action(action),
            reason=_reason_of(fields.get("reason", ""), action),
            decided_by=_name_of(request, fields.get("decided_by", "")),
        ),
        until_gone=wait_until_gone(request),
    )
    return await run_sync(_answer, request, decision, fields.get("back", ""))


async def undo(request: Request, parts: _Parts) -> Response:
    """Take a decision back."""
    fields = await read_fields(request)
    decision = await parts.admission.run(
        partial(
            parts.service.ledger.undo,
            fields.get("decision", ""),
            reason=fields.get("reason", "").strip() or "taken back",
            decided_by=_name_of(request, fields.get("decided_by", "")),
        ),
        until_gone=wait_until_gone(request),
    )
    return await run_sync(_answer, request, decision, fields.get("back", ""))


def _reason_of(reason: str, action: str) -> str:
    """Return the reason; an approval needs none in so many words."""
    return reason.strip() or ("nothing against it" if action == Action.APPROVE else "")


def _name_of(request: Request, given: str) -> str:
    """Return who decides: the key's name where one signed in, so that nobody decides as another."""
    key = getattr(request.state, "key", None)
    return given if key is None else key.name[:MAX_NAME_CHARS]


def _answer(request: Request, decision: Decision, back: str) -> Response:
    if wants_json(request):
        return json_answer(decision_as_json(decision), status=201)
    return RedirectResponse(local_path(back) if back else "/moderation", status_code=303)
