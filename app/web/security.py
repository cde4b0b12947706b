"""What every answer carries and every request must not: headers, request ids, stray characters.

Pure ASGI, so that nothing is buffered and a hang-up is seen at once.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

import structlog
from starlette.requests import Request  # noqa: TC002  (read by FastAPI at run time)

from app.errors import InvalidRequest

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY_HEADERS = {
    # Answers are data: a browser that is shown one loads and runs nothing from it.
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}

_RAW_HEADERS = [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]

SITE_HEADERS = {
    # Pages for people: style and script from here alone, none of it in the page, nothing of others.
    # The picture of a page becomes a PNG by way of a blob.
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' blob:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'",
    # Without a referrer, browsers send "null" for the origin of a form of ours too.
    "referrer-policy": "same-origin",
}
"""What the pages for people carry instead."""

REQUEST_ID_HEADER = "x-request-id"
_RAW_ID_HEADER = REQUEST_ID_HEADER.encode()
_REQUEST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""Request ids that are taken over from a caller: nothing that could break a log or a header."""


class SecurityHeaders:
    """Puts the security headers on every answer; a header that an answer sets itself stays."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and complete the headers of its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name for name, _ in message["headers"]}
                missing = [header for header in _RAW_HEADERS if header[0] not in there]
                message["headers"] = [*message["headers"], *missing]
            await send(message)

        await self._app(scope, receive, send_with_headers)


class RequestIds:
    """Gives every request an id, its caller's where that is harmless, and echoes it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; whatever is logged on its way carries the id."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _take_request_id(scope)

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (_RAW_ID_HEADER, request_id.encode())]
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await self._app(scope, receive, send_with_id)


def _take_request_id(scope: Scope) -> str:
    headers = scope["headers"]
    given = next((value for key, value in headers if key == _RAW_ID_HEADER), b"").decode("latin-1")
    return given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)


def refuse_null_characters(request: Request) -> None:
    """Refuse a path or query with U+0000, which no database column holds.

    Raises:
        InvalidRequest: there is one.
    """
    values = (*request.path_params.values(), *request.query_params.values())
    if any("\0" in str(value) for value in values):
        raise InvalidRequest("expected a path and a query without the character U+0000, got one")
