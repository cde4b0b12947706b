"""The route of argument graphs, in the forms that other programs read."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from app.errors import InvalidRequest, NotFound
from app.exchange.aif import graph_as_aif
from app.exchange.contract import graph_as_json
from app.web.answers import json_answer
from app.web.api import examples
from app.web.api.describe import answer, problem_responses
from app.web.api.schemas import GraphOut
from app.web.parts import Parts, parts_of


class GraphFormat(StrEnum):
    """The forms in which a graph can be had."""

    JSON = "json"
    AIF = "aif"


def graph_routes() -> APIRouter:
    """Return the route GET /v1/pages/{id}/graph."""
    router = APIRouter(tags=["pages"])
    graph = answer(GraphOut, examples.GRAPH, "The graph; with `format=aif` as AIFdb writes it.")
    graph["content"]["application/json"] = {
        "examples": {"json": {"value": examples.GRAPH}, "aif": {"value": examples.AIF_GRAPH}}
    }
    router.add_api_route(
        "/v1/pages/{page_id}/graph",
        show_graph,
        methods=["GET"],
        summary="Show the argument graph of a page",
        responses={200: graph, **problem_responses(NotFound, InvalidRequest)},
    )
    return router


def show_graph(
    page_id: str,
    parts: Annotated[Parts, Depends(parts_of)],
    form: Annotated[GraphFormat, Query(alias="format")] = GraphFormat.JSON,
) -> Response:
    """Return who says what, and what supports or attacks what."""
    graph = parts.service.graph(page_id)
    match form:
        case GraphFormat.JSON:
            return json_answer(graph_as_json(graph))
        case GraphFormat.AIF:
            return json_answer(graph_as_aif(graph))
