"""Builds what OpenAPI says of a route that speaks another product's protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema = dict[str, Any]
"""A part of an OpenAPI document."""

SAID = "Veltra Transit is behind this, mark my words."
"""The comment of the examples."""

TEXT = {"type": "string"}
OPTIONAL_TEXT = {"type": ["string", "null"]}
ANY_OBJECT = {"type": "object"}
WHOLE = {"type": "integer"}
PROBABILITY = {"type": "number", "minimum": 0, "maximum": 1}


def an_object(required: Mapping[str, Schema], /, **optional: Schema) -> Schema:
    """Return the schema of an object that may hold more than is described."""
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
    }


def a_list(of: Schema, **more: int) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": of, **more}


def in_json(schema: Schema, example: object) -> Schema:
    """Return the content of a body or an answer in JSON."""
    return {"application/json": {"schema": schema, "example": example}}


def described(
    summary: str, *, body: Schema, answers: Mapping[int | str, Schema], error: Schema | None = None
) -> dict[str, Any]:
    """Return what a router's `add_api_route` takes to describe a route.

    `error` is the content of every answer that is none; without it these are problem documents,
    which are in `answers`.
    """
    responses = dict(answers)
    if error is not None:
        responses["4XX"] = {"description": "What is wrong, in that form.", "content": error}
        responses["5XX"] = {"description": "It cannot answer now.", "content": error}
    return {
        "summary": summary,
        "responses": responses,
        "openapi_extra": {"requestBody": {"required": True, "content": body}},
    }


def ok(description: str, content: Schema) -> dict[int | str, Schema]:
    """Return the entry of an answer with status 200."""
    return {200: {"description": description, "content": content}}
