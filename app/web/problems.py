"""From errors to problem documents (RFC 9457): the one table of statuses, and its handlers."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import quote

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Match

from app.errors import (
    Busy,
    Conflict,
    FingerpostError,
    InputError,
    InvalidPage,
    InvalidRequest,
    KeyRefused,
    ModelUnusable,
    NoCommentsFound,
    NotAllowed,
    NotFound,
    PageTooLarge,
    StorageUnusable,
    UnreadablePage,
    UnsupportedContent,
)
from app.web.answers import json_answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from fastapi import FastAPI

PROBLEM_TYPE = "application/problem+json"

STATUSES: Mapping[type[FingerpostError], HTTPStatus] = {
    InputError: HTTPStatus.BAD_REQUEST,
    UnsupportedContent: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    UnreadablePage: HTTPStatus.BAD_REQUEST,
    PageTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    NoCommentsFound: HTTPStatus.UNPROCESSABLE_ENTITY,
    InvalidPage: HTTPStatus.UNPROCESSABLE_ENTITY,
    InvalidRequest: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    KeyRefused: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    Busy: HTTPStatus.TOO_MANY_REQUESTS,
    ModelUnusable: HTTPStatus.SERVICE_UNAVAILABLE,
    StorageUnusable: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""An error has the status of the nearest class here; one without is ours to mend: 500."""

CLIENT_CLOSED_REQUEST = 499
"""No standard status; nobody receives it, it only stands in the log (nginx's number)."""

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")

_LONGEST_PATH = 200
"""Characters of the request's path that a problem repeats."""


def problem_answer(  # noqa: PLR0913  (the members of a problem document, each by its name)
    request: Request,
    status: int,
    *,
    detail: str,
    kind: str = "about:blank",
    title: str | None = None,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[Mapping[str, object]] | None = None,
) -> Response:
    """Return a problem document; without a title it is the status' own phrase."""
    content: dict[str, object] = {
        "type": kind,
        "title": title or HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        "instance": quote(request.scope["path"][:_LONGEST_PATH]),
    }
    if errors is not None:
        content["errors"] = errors
    return json_answer(content, status=int(status), headers=headers, media_type=PROBLEM_TYPE)


def unexpected_answer(request: Request) -> Response:
    """Return the problem document for an error of ours, which tells nothing of it."""
    return problem_answer(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        detail="Something went wrong here; the log has more under this request's id.",
    )


def install_handlers(app: FastAPI) -> None:
    """Make every error that a route raises a problem document."""
    app.add_exception_handler(FingerpostError, _on_own_error)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(ClientDisconnect, _on_disconnect)


def status_of(error: type[Exception]) -> HTTPStatus | None:
    """Return the status of the nearest class in the table, None for an error of ours."""
    return next((STATUSES[cls] for cls in error.__mro__ if cls in STATUSES), None)


def kind_of(error: type[FingerpostError]) -> tuple[str, str]:
    """Return the URI and the title of a kind of problem, both from the class."""
    slug = re.sub(r"(?<!^)(?=[A-Z])", "-", error.__name__).lower()
    summary = (error.__doc__ or "").partition("\n")[0]
    return f"urn:fingerpost:problem:{slug}", summary


async def _on_own_error(request: Request, error: Exception) -> Response:
    status = status_of(type(error))
    if status is None or not isinstance(error, FingerpostError):
        _reraise(error)
    kind, title = kind_of(type(error))
    headers = {"retry-after": str(error.retry_after_s)} if isinstance(error, Busy) else None
    if isinstance(error, KeyRefused):
        headers = {"www-authenticate": "Bearer"}
    return problem_answer(
        request, status, detail=str(error), kind=kind, title=title, headers=headers
    )


def _reraise(error: Exception) -> NoReturn:
    raise error


async def _on_validation_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        _reraise(error)
    kind, title = kind_of(InvalidRequest)
    errors = [_describe(each) for each in error.errors()]
    first = f"{errors[0]['field']}: {errors[0]['message']}" if errors else "not as expected"
    return problem_answer(
        request,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        detail=first,
        kind=kind,
        title=title,
        errors=errors,
    )


def _describe(error: Mapping[str, Any]) -> dict[str, object]:
    """Return where and what; never the value itself, which may be somebody's text."""
    return {
        "field": ".".join(str(step) for step in error["loc"]) or "body",
        "message": str(error["msg"]),
    }


async def _on_http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        _reraise(error)
    details = {
        HTTPStatus.NOT_FOUND: "There is nothing under this path.",
        HTTPStatus.METHOD_NOT_ALLOWED: "This path does not answer to this method.",
    }
    headers: Mapping[str, str] | None = error.headers
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers = {"allow": ", ".join(_allowed(request))}
    return problem_answer(
        request,
        error.status_code,
        detail=details.get(HTTPStatus(error.status_code), str(error.detail)),
        headers=headers,
    )


def _allowed(request: Request) -> list[str]:
    """Return the methods of all routes of a path; the router only knows those of the first."""
    routes = request.app.routes
    return [
        method
        for method in _METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes
        )
    ]


async def _on_disconnect(request: Request, error: Exception) -> Response:
    del request, error
    return Response(status_code=CLIENT_CLOSED_REQUEST)
