"""What OpenAPI says of the routes beyond their types: bodies read raw, and problem documents."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from app.errors import (
    Busy,
    FingerpostError,
    InvalidRequest,
    ModelUnusable,
    NoCommentsFound,
    NotFound,
    PageTooLarge,
    StorageUnusable,
    UnreadablePage,
    UnsupportedContent,
)
from app.web.api.schemas import Problem
from app.web.problems import PROBLEM_TYPE, kind_of, status_of

Responses = dict[int | str, dict[str, Any]]

_REFERENCE = "#/components/schemas/{model}"

_DETAILS: dict[type[FingerpostError], str] = {
    UnreadablePage: "expected JSON, got something else at line 1 column 1",
    NotFound: "there is nothing of that id",
    PageTooLarge: "expected a body of at most 8000000 bytes, got 20971520",
    UnsupportedContent: "expected a page as JSON, HTML or plain text, got image/png",
    NoCommentsFound: "expected comments under the article, found none",
    InvalidRequest: "limit: Input should be less than or equal to 200",
    Busy: "expected at most 64 requests to wait for the model, and that many do already",
    ModelUnusable: "expected the model's weights in its folder, found none",
    StorageUnusable: "expected to reach the database, could not",
}


def problem_responses(*errors: type[FingerpostError]) -> Responses:
    """Return OpenAPI's entries for the problem documents that a route may answer with."""
    return {
        int(status): {
            "description": kind_of(error)[1],
            "content": {
                PROBLEM_TYPE: {
                    "schema": {"$ref": _REFERENCE.format(model="Problem")},
                    "example": _example(error),
                }
            },
        }
        for error in errors
        if (status := status_of(error)) is not None
    }


def answer(model: type[BaseModel], example: object, description: str) -> dict[str, Any]:
    """Return OpenAPI's entry for a JSON answer."""
    return {
        "model": model,
        "description": description,
        "content": {"application/json": {"example": example}},
    }


def body(**content: dict[str, Any]) -> dict[str, Any]:
    """Return OpenAPI's `requestBody` for a body that the route reads itself.

    Content types are given as names: `application_json`, `text_html`, `text_plain`.
    """
    types = {kind.replace("_", "/", 1): entry for kind, entry in content.items()}
    return {"requestBody": {"required": True, "content": types}}


def json_body(model: type[BaseModel], example: object) -> dict[str, Any]:
    """Return one entry of `body`: JSON of that model."""
    return {"schema": {"$ref": _REFERENCE.format(model=model.__name__)}, "example": example}


def text_body(example: str) -> dict[str, Any]:
    """Return one entry of `body`: a text in any charset."""
    return {"schema": {"type": "string"}, "example": example}


def describe(app: FastAPI, *bodies: type[BaseModel]) -> dict[str, Any]:
    """Return the OpenAPI document, with the models that only raw bodies and problems refer to."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        license_info=app.license_info,
        routes=app.routes,
        tags=app.openapi_tags,
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    models: tuple[type[BaseModel], ...] = (Problem, *bodies)
    for model in models:
        schema = model.model_json_schema(ref_template=_REFERENCE)
        schemas.update(schema.pop("$defs", {}))
        schemas[model.__name__] = schema
    return document


def _example(error: type[FingerpostError]) -> dict[str, Any]:
    kind, title = kind_of(error)
    return {
        "type": kind,
        "title": title,
        "status": status_of(error),
        "detail": _DETAILS.get(error, title),
        "instance": "/v1/pages",
    }
