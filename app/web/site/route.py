"""Routes whose errors are pages too: what went wrong, in words, and where to go from there."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import RedirectResponse, Response

from app.errors import Busy, FingerpostError, InvalidRequest, KeyRefused
from app.web.problems import kind_of, status_of
from app.web.security import SITE_HEADERS
from app.web.site.origin import check_origin
from app.web.site.site import site_of, wants_json
from app.web.site.templates import query_of

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from starlette.requests import Request


class SiteRoute(APIRoute):
    """A route of the pages for people."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request: after the check where it comes from, errors as pages."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                check_origin(request)
                return await handle(request)
            except (FingerpostError, RequestValidationError) as error:
                if wants_json(request):
                    raise
                return await _answer_error(request, error)

        return answer


async def _answer_error(
    request: Request, error: FingerpostError | RequestValidationError
) -> Response:
    if isinstance(error, KeyRefused) and request.method == "GET":
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(
            query_of("/sign-in", next=asked), status_code=303, headers=SITE_HEADERS
        )
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        error = InvalidRequest(f"{first['loc'][-1]}: {first['msg']}")
    kind = type(error)
    status = status_of(kind)
    if status is None:  # an error of ours: the last catch answers and logs it
        raise error
    _, title = kind_of(kind)
    site = await site_of(request)
    page = site.answer(
        request,
        "problem.html",
        status=status,
        here="problem",
        title=title,
        detail=str(error),
        status_line=f"{int(status)} {status.phrase}",
        sign_in=status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN},
    )
    if isinstance(error, Busy):
        page.headers["retry-after"] = str(error.retry_after_s)
    return page
