"""Lets a browser in with an API key, which then comes along in a cookie that no script can read."""

from __future__ import annotations

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query
from starlette.requests import Request  # noqa: TC002  (read by FastAPI at run time)
from starlette.responses import RedirectResponse, Response

from app.errors import KeyRefused
from app.web.gate import KEY_COOKIE, SITE_TAG
from app.web.parts import Parts, parts_of
from app.web.site.forms import read_fields
from app.web.site.route import SiteRoute
from app.web.site.site import Site, site_of

_Parts = Annotated[Parts, Depends(parts_of)]
_Site = Annotated[Site, Depends(site_of)]

_STAY_S = 12 * 3600
"""A working day; whoever leaves a browser open does not leave it open for good."""


def sign_in_routes() -> APIRouter:
    """Return the routes by which a browser comes in and goes out."""
    router = APIRouter(tags=[SITE_TAG], include_in_schema=False, route_class=SiteRoute)
    router.add_api_route("/sign-in", show_form, methods=["GET"])
    router.add_api_route("/sign-in", sign_in, methods=["POST"])
    router.add_api_route("/sign-out", sign_out, methods=["POST"])
    return router


def show_form(
    request: Request, site: _Site, next_: Annotated[str, Query(alias="next")] = "/"
) -> Response:
    """Ask for a key."""
    return site.answer(request, "sign_in.html", here="sign-in", next=local_path(next_))


async def sign_in(request: Request, parts: _Parts) -> Response:
    """Set the cookie where the key is good, and lead to where the browser came from."""
    fields = await read_fields(request)
    secret = fields.get("key", "").strip()
    goal = local_path(fields.get("next", "/"))
    if await run_sync(parts.service.keys.find, secret) is None:
        raise KeyRefused("expected an API key that is in use, got another", given=True)
    answer = RedirectResponse(goal, status_code=303)
    answer.set_cookie(
        KEY_COOKIE,
        secret,
        max_age=_STAY_S,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


async def sign_out() -> Response:
    """Take the cookie back."""
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(KEY_COOKIE, httponly=True, samesite="strict")
    return answer


def local_path(path: str) -> str:
    """Return a path of this service, or its first page where it would lead anywhere else."""
    local = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if local and path.isprintable() else "/"
