"""A module of the open Argument Mining Framework: a file in xAIF in, the same with stances out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request  # noqa: TC002  (read by FastAPI at run time)
from starlette.responses import Response

from app.errors import IllegalGraph, UnreadablePage
from app.service.dialogue import STANCES, add_stances
from app.service.limits import check_page
from app.web.answers import json_answer
from app.web.body import read_body, wait_until_gone
from app.web.integrations.descriptions import OAMF
from app.web.parts import Parts, parts_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from app.domain.mined import MinedPage
    from app.domain.page import Page

ROUTE = "/integrations/oamf"

DOCUMENTATION = f"""Fingerpost as a module of the open Argument Mining Framework.

POST a form (multipart/form-data) with the field "file": a document in xAIF. It comes back as it
was, with one more key, "{STANCES}":

  model       which model read it
  actors      who is weighed as responsible, and where each is named (by nodeID)
  hypotheses  the same actors, ranked
  nodes       for each locution by its nodeID: reply_to, reply_stance, attributions,
              claimed_perpetrators and cautions, as GET /v1/pages/{{id}} has them of a comment

Locutions are read as comments; one answers another where a transition (TA) leads from that to it,
or where its words tell. Nothing is stored. Where keys are needed, the address carries ?key=.
"""

_DOCUMENTED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "What it takes and answers.",
        "content": {"text/plain": {"schema": {"type": "string"}, "example": DOCUMENTATION}},
    }
}


def oamf_routes() -> APIRouter:
    """Return the module's routes."""
    router = APIRouter(tags=["integrations"])
    router.add_api_route(ROUTE, annotate, methods=["POST"], **OAMF)
    router.add_api_route(
        ROUTE,
        document,
        methods=["GET"],
        summary="What the module does",
        responses=_DOCUMENTED,
        response_class=Response,
    )
    return router


async def document() -> Response:
    """Return what the module does; clients also take it for a sign of life."""
    return Response(DOCUMENTATION, media_type="text/plain")


async def annotate(request: Request, parts: Annotated[Parts, Depends(parts_of)]) -> Response:
    """Return the document with the stances of its locutions."""
    data = await read_body(request, limit=parts.settings.max_body_bytes)
    sent = await _read_file(request, data)
    found = await parts.admission.run(
        partial(_annotate, parts, sent), until_gone=wait_until_gone(request)
    )
    return json_answer(found)


def _annotate(parts: Parts, data: bytes) -> dict[str, object]:
    def mine(page: Page) -> MinedPage:
        check_page(page, parts.settings)
        return parts.service.mine(page, on_scored=parts.meters.count_comments)

    try:
        return add_stances(data, mine)
    except IllegalGraph as error:  # of a caller's document, not of a graph that we drew
        raise UnreadablePage(str(error)) from error


async def _read_file(request: Request, data: bytes) -> bytes:
    """Return the file in the form.

    Raises:
        UnreadablePage: the body is no form, or has no file of that name.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise UnreadablePage("expected a form with a file (multipart/form-data), got another body")

    async def once() -> AsyncGenerator[bytes, None]:
        yield data

    try:
        form = await MultiPartParser(request.headers, once(), max_files=1, max_fields=16).parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise UnreadablePage("expected a form that can be read, got a broken one") from error
    file = form.get("file")
    try:
        if not isinstance(file, UploadFile):
            raise UnreadablePage('expected a file in the field "file", got none')
        return await file.read()
    finally:
        await form.close()
