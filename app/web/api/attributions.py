"""The route of claims about actors across all pages."""

import re
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BeforeValidator
from starlette.responses import Response

from app.domain.listing import AttributionFilter
from app.domain.stance import Label, Role
from app.errors import InvalidRequest
from app.web.answers import json_answer
from app.web.api.describe import answer, problem_responses
from app.web.api.listing import ClaimList, Cursor, Limit, claim_list_as_json
from app.web.parts import Parts, parts_of

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def _refuse_numbers(given: object) -> object:
    """Refuse what would be read as seconds since 1970, and is most likely a slip."""
    if isinstance(given, str) and not _DATE.match(given):
        raise ValueError("expected a time that begins with its date, such as 2025-03-02T08:00:00Z")
    return given


def attribution_routes() -> APIRouter:
    """Return the route GET /v1/attributions."""
    router = APIRouter(tags=["attributions"])
    router.add_api_route(
        "/v1/attributions",
        list_attributions,
        methods=["GET"],
        summary="List claims about actors across pages",
        responses={
            200: answer(ClaimList, ClaimList.example(), "Some claims, with comment and page."),
            **problem_responses(InvalidRequest),
        },
    )
    return router


def list_attributions(  # noqa: PLR0913  (the contract's filters)
    *,
    parts: Annotated[Parts, Depends(parts_of)],
    actor: Annotated[
        str | None, Query(max_length=500, description="A name or alias, in any case.")
    ] = None,
    label: Annotated[
        Label | None, Query(description="support, deny or query; comment has no rows.")
    ] = None,
    role: Role | None = None,
    certain: Annotated[bool | None, Query(description="The comment commits, or does not.")] = None,
    since: Annotated[
        datetime | None,
        BeforeValidator(_refuse_numbers),
        Query(description="Not before this time (RFC 3339); without a zone it is UTC."),
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """List who supports, denies or asks whether an actor is responsible, on whatever page."""
    if since is not None and since.tzinfo is None:
        since = since.replace(tzinfo=UTC)
    wanted = AttributionFilter(actor, label, role, certain, since)
    found = parts.service.list_attributions(wanted, cursor=cursor, limit=limit)
    return json_answer(claim_list_as_json(found))
