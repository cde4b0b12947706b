"""Routes for those who run the service: is it up, is it ready, what has it done."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel
from starlette.responses import Response

from app.errors import InvalidRequest, ModelUnusable, StorageUnusable
from app.web.answers import json_answer
from app.web.api import examples
from app.web.api.describe import answer, problem_responses
from app.web.api.schemas import ModelOut
from app.web.parts import Parts, parts_of

_Parts = Annotated[Parts, Depends(parts_of)]


class HealthOut(BaseModel):
    """The process is up."""

    status: Literal["up"]


class ReadyOut(BaseModel):
    """The model is loaded, the database reached and migrated."""

    status: Literal["ready"]
    model: ModelOut


def operation_routes() -> APIRouter:
    """Return the routes /health, /ready and /metrics, and the index at /v1."""
    router = APIRouter(tags=["operations"])
    router.add_api_route(
        "/health",
        show_health,
        methods=["GET"],
        summary="Is the process up?",
        responses={200: answer(HealthOut, {"status": "up"}, "It is.")},
    )
    router.add_api_route(
        "/ready",
        show_ready,
        methods=["GET"],
        summary="Can it work?",
        responses={
            200: answer(
                ReadyOut, {"status": "ready", "model": examples.MINED_PAGE["model"]}, "It can."
            ),
            **problem_responses(InvalidRequest, ModelUnusable, StorageUnusable),
        },
    )
    router.add_api_route(
        "/metrics",
        show_metrics,
        methods=["GET"],
        summary="Counts and times, for Prometheus",
        responses={
            200: {
                "description": "Prometheus' text format.",
                "content": {
                    "text/plain": {
                        "schema": {"type": "string"},
                        "example": "fingerpost_comments_scored_total 9.0\n",
                    }
                },
            }
        },
        response_class=Response,
    )
    router.add_api_route("/v1", show_index, methods=["GET"], include_in_schema=False)
    return router


async def show_index(request: Request) -> Response:
    """Return where to find what; the description of every route is /openapi.json."""
    paths = ("/v1/pages", "/v1/attributions", "/openapi.json", "/health", "/ready", "/metrics")
    return json_answer(
        {"name": request.app.title, "version": request.app.version, "links": list(paths)}
    )


async def show_health() -> Response:
    """Answer from the event loop alone, whatever the model and the database do."""
    return json_answer({"status": "up"})


def show_ready(parts: _Parts) -> Response:
    """Load the model if it is not loaded, and look into the database."""
    parts.service.check_ready()
    model = parts.service.model
    parts.meters.name_model(model)
    return json_answer(
        {"status": "ready", "model": {"name": model.name, "revision": model.revision}}
    )


def show_metrics(parts: _Parts) -> Response:
    """Return what has been counted since the start."""
    return Response(parts.meters.write(), headers={"content-type": CONTENT_TYPE_LATEST})
