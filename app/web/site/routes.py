"""All routes of the pages for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends

from app.web.gate import SITE_TAG
from app.web.site.home import home_routes
from app.web.site.jobs import job_routes
from app.web.site.lists import list_routes
from app.web.site.moderation import moderation_routes
from app.web.site.pages import page_routes
from app.web.site.route import SiteRoute
from app.web.site.sign_in import sign_in_routes
from app.web.site.site import Site, site_of

if TYPE_CHECKING:
    from starlette.responses import Response


def site_routes() -> APIRouter:
    """Return the routes of the site, its files included."""
    router = APIRouter(tags=[SITE_TAG], include_in_schema=False, route_class=SiteRoute)
    router.add_api_route("/static/{version}/{name}", show_file, methods=["GET"])
    for routes in (
        home_routes,
        page_routes,
        job_routes,
        list_routes,
        moderation_routes,
        sign_in_routes,
    ):
        router.include_router(routes())
    return router


async def show_file(version: str, name: str, site: Annotated[Site, Depends(site_of)]) -> Response:
    """Return a style sheet or a script, whatever version the address names."""
    del version
    return site.assets.answer(name)
