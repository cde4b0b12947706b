"""The route of argument graphs, in the forms that other programs read."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from app.errors import InvalidRequest, NotFound
from app.exchange.forms import JSON_FORMS, TRAITS, Export, Form, losses_of
from app.service.exports import export_page
from app.web.answers import json_answer
from app.web.api import examples
from app.web.api.describe import answer, problem_responses
from app.web.api.schemas import GraphOut
from app.web.parts import Parts, parts_of

LOSSES_HEADER = "fingerpost-losses"
"""How many kinds of things the form could not hold; `losses=true` tells which."""


def graph_routes() -> APIRouter:
    """Return the route GET /v1/pages/{id}/graph."""
    router = APIRouter(tags=["pages"])
    router.add_api_route(
        "/v1/pages/{page_id}/graph",
        show_graph,
        methods=["GET"],
        summary="Show the argument graph of a page",
        responses={200: _described(), **problem_responses(NotFound, InvalidRequest)},
    )
    return router


def show_graph(
    page_id: str,
    parts: Annotated[Parts, Depends(parts_of)],
    *,
    form: Annotated[Form, Query(alias="format")] = Form.JSON,
    losses: Annotated[
        bool,
        Query(description="Instead of the graph, say what that form cannot hold of it."),
    ] = False,
) -> Response:
    """Return who says what, and what supports or attacks what.

    Forms that are no JSON come as files. The header `Fingerpost-Losses` counts the kinds of things
    that the form could not hold; `losses=true` lists them, with the ids of their places.
    """
    export = export_page(parts.service, page_id, form)
    if losses:
        return json_answer(losses_of(export))
    headers = {LOSSES_HEADER: str(len(export.losses))}
    if form in JSON_FORMS:
        return json_answer(export.content, headers=headers)
    name = f"{quote(page_id, safe='')}.{TRAITS[form].suffix}"
    headers["content-disposition"] = f'attachment; filename="{name}"'
    return Response(_bytes_of(export), headers=headers, media_type=TRAITS[form].media_type)


def _bytes_of(export: Export) -> bytes:
    assert isinstance(export.content, bytes)  # noqa: S101 - what is no JSON is bytes
    return export.content


def _described() -> dict[str, Any]:
    """Return OpenAPI's entry for the graph in all its forms."""
    graph = answer(
        GraphOut,
        examples.GRAPH,
        "The graph in the form that was asked for; the header `Fingerpost-Losses` counts the kinds "
        "of things that this form could not hold.",
    )
    graph["headers"] = {
        LOSSES_HEADER: {
            "description": "0 where nothing got lost; `losses=true` lists what did.",
            "schema": {"type": "integer"},
        }
    }
    graph["content"] = {
        "application/json": {
            "examples": {
                "json": {"value": examples.GRAPH},
                "aif": {"value": examples.AIF_GRAPH},
                "xaif": {"value": {"AIF": examples.AIF_GRAPH, "text": {"txt": ""}, "dialog": True}},
                "losses=true": {"value": _LOSSES},
            }
        },
        **{
            TRAITS[form].media_type.partition(";")[0]: {
                "schema": {"type": "string"},
                "example": example,
            }
            for form, example in _FILES.items()
        },
    }
    return graph


_LOSSES = {
    "format": "argdown",
    "losses": [
        {"what": "probability of a relation", "count": 1, "places": ["comment/c1/actor/veltra"]}
    ],
}

_FILES = {
    Form.DOT: 'digraph arguments { n0 [kind="I", text="It burned."]; }',
    Form.GRAPHML: '<graphml><graph edgedefault="directed"><node id="n0"/></graph></graphml>',
    Form.ARGDOWN: '[account]: It burned. {"about": "account"}\n  + [comment/c1/text]\n',
    Form.CSV: "row,id,kind,text\nnode,account,I,It burned.\n",
    Form.CONVOKIT: "(a zip with the folder that convokit.Corpus loads)",
}
