"""Routes that speak another product's protocol: whatever goes wrong is said in its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.routing import APIRoute

from app.errors import Busy, FingerpostError
from app.web.problems import status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from starlette.requests import Request
    from starlette.responses import Response

    Answering = Callable[[Request], Coroutine[Any, Any, Response]]
    Phrasing = Callable[[FingerpostError, int], Response]


def route_in_form(phrase: Phrasing) -> type[APIRoute]:
    """Return a kind of route whose errors are answered by `phrase(error, status)`.

    An error of ours without a status is raised on, and so becomes the service's own 500. Where
    the caller should come back later, the answer says when.
    """

    class ProtocolRoute(APIRoute):
        def get_route_handler(self) -> Answering:
            answer = super().get_route_handler()

            async def answer_in_form(request: Request) -> Response:
                try:
                    return await answer(request)
                except FingerpostError as error:
                    status = status_of(type(error))
                    if status is None:
                        raise
                    refusal = phrase(error, int(status))
                    if isinstance(error, Busy):
                        refusal.headers["retry-after"] = str(error.retry_after_s)
                    return refusal

            return answer_in_form

    return ProtocolRoute
