"""One line of log a request and its counts; the last catch for what nobody expected.

A line never holds a body, a path or a query string: any of them may hold somebody's words.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from starlette.requests import Request

from app.web.problems import unexpected_answer

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send
    from structlog.typing import FilteringBoundLogger

    from app.web.meters import Meters

UNMATCHED = "unmatched"
"""The route of requests that no route answers to; their paths are anybody's invention."""

_LONGEST_METHOD = 16
"""Characters of a method that are logged: those that exist are shorter."""


class AccessLog:
    """Logs and counts each request, and answers 500 where something unforeseen was raised."""

    def __init__(self, app: ASGIApp, *, meters: Meters, logger: FilteringBoundLogger) -> None:
        self._app = app
        self._meters = meters
        self._logger = logger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and say how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        status: int | None = None

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except Exception:
            # The logs show its class and frames, not its message.
            self._logger.exception("unexpected error", route=_route_of(scope))
            if status is None:
                await unexpected_answer(Request(scope))(scope, receive, send_and_note)
        self._note(scope, status or 0, time.perf_counter() - begun)

    def _note(self, scope: Scope, status: int, duration_s: float) -> None:
        route = _route_of(scope)
        self._meters.count_request(
            method=scope["method"], route=route, status=status, duration_s=duration_s
        )
        self._logger.info(
            "request",
            method=scope["method"][:_LONGEST_METHOD],
            route=route,
            status=status,
            duration_ms=round(duration_s * 1000, 1),
        )


def _route_of(scope: Scope) -> str:
    path = getattr(scope.get("route"), "path", None)
    return path if isinstance(path, str) else UNMATCHED
