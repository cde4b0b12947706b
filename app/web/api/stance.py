"""The route of stances to any sentences; nothing of it is stored."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema
from starlette.responses import Response

from app.domain.asking import StanceQuestion
from app.errors import Busy, InvalidRequest, ModelUnusable, PageTooLarge, UnsupportedContent
from app.exchange.contract import stance_as_json
from app.web.answers import json_answer
from app.web.api import examples
from app.web.api.describe import answer, body, json_body, problem_responses
from app.web.api.schemas import Cautions, StanceOut
from app.web.body import read_json, wait_until_gone
from app.web.parts import parts_of

_Said = Annotated[str, WithJsonSchema({"type": "string", "pattern": r"\S"})]
"""A text with something in it, which the service itself checks and says."""


class StanceIn(BaseModel):
    """A text, what it answers if anything, and the claims it may take a stance to."""

    model_config = ConfigDict(extra="forbid")

    text: _Said
    context: _Said | None = None
    targets: Annotated[list[_Said], Field(min_length=1)]


class StancesOut(BaseModel):
    """One stance a target, in their order."""

    stances: list[StanceOut]
    cautions: Cautions


def stance_routes() -> APIRouter:
    """Return the route POST /v1/stance."""
    router = APIRouter(tags=["stance"])
    router.add_api_route(
        "/v1/stance",
        score_stance,
        methods=["POST"],
        summary="Tell how a text stands to any claims",
        responses={
            200: answer(StancesOut, examples.STANCES_OUT, "One stance a target."),
            **problem_responses(
                PageTooLarge, UnsupportedContent, InvalidRequest, Busy, ModelUnusable
            ),
        },
        openapi_extra=body(application_json=json_body(StanceIn, examples.STANCE_IN)),
    )
    return router


async def score_stance(request: Request) -> Response:
    """Return the text's stance to each target; nothing is stored.

    A target is a topic ("gun control"), a claim, "X is responsible for Y", which is read as a
    page's hypotheses are, or the very words of `context`, which is what the text replies to then.
    """
    parts = await parts_of(request)  # no dependency: that costs a twentieth of the request's Python
    wanted = await read_json(request, StanceIn, limit=parts.settings.max_body_bytes)
    question = StanceQuestion(wanted.text, tuple(wanted.targets), wanted.context)
    parts.service.check_stance(question)
    answered = await parts.stances.ask(
        question, size=question.chars, until_gone=wait_until_gone(request)
    )
    return json_answer(
        {
            "stances": [stance_as_json(stance) for stance in answered.stances],
            "cautions": [caution.value for caution in answered.cautions],
        }
    )
