"""The site: its templates and files, and how a template becomes an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from starlette.requests import Request  # noqa: TC002  (read by FastAPI at run time)
from starlette.responses import HTMLResponse, Response

from app.web.security import SITE_HEADERS
from app.web.site.assets import Assets
from app.web.site.templates import make_environment

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class Site:
    """What the routes of the pages for people work with, besides the service."""

    environment: Environment
    assets: Assets

    def answer(
        self, request: Request, template: str, *, status: int = 200, **context: object
    ) -> Response:
        """Return the template filled with the context as an answer."""
        key = getattr(request.state, "key", None)
        text = self.environment.get_template(template).render(
            signed_in=None if key is None else key.name, **context
        )
        # Half of a surrogate pair is no text that can be sent.
        return HTMLResponse(
            text.encode("utf-8", "replace"), status_code=status, headers=SITE_HEADERS
        )


def make_site() -> Site:
    """Return the site with its files read."""
    environment, assets = make_environment(), Assets()
    environment.globals["asset"] = assets.address
    return Site(environment, assets)


async def site_of(request: Request) -> Site:
    """Return the site of the application that answers this request."""
    return cast("Site", request.app.state.site)


def wants_json(request: Request) -> bool:
    """Return whether a script asks, which reads JSON, and not a browser that shows pages."""
    return request.headers.get("accept", "").startswith("application/json")
