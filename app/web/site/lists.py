"""Lists across pages: claims found, an actor's page, comments by their words, campaigns."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request  # noqa: TC002  (read by FastAPI at run time)
from starlette.responses import Response  # noqa: TC002  (as above)

from app.domain.listing import AttributionFilter, PageFilter
from app.domain.question import CommentFilter, CountFilter, Grouping
from app.domain.stance import Label, Role
from app.errors import InvalidRequest
from app.web.gate import SITE_TAG
from app.web.parts import Parts, parts_of
from app.web.site.claims import found_claim
from app.web.site.days import draw_days
from app.web.site.route import SiteRoute
from app.web.site.site import Site, site_of

if TYPE_CHECKING:
    from app.domain.listing import AttributionRecord, Slice

_Parts = Annotated[Parts, Depends(parts_of)]
_Site = Annotated[Site, Depends(site_of)]
_Cursor = Annotated[str | None, Query(max_length=500)]
_Short = Annotated[str, Query(max_length=20)]
_Name = Annotated[str, Query(max_length=500)]

CLAIMS = 30
"""Claims of one slice: some screens of reading."""

COUNTED = 12
"""Actors and sites beside the claims, those with most."""

DAYS = 200
"""Days with claims that an actor's picture shows, the latest."""


def list_routes() -> APIRouter:
    """Return the routes of what is found across pages."""
    router = APIRouter(tags=[SITE_TAG], include_in_schema=False, route_class=SiteRoute)
    router.add_api_route("/claims", list_claims, methods=["GET"])
    router.add_api_route("/actors", show_actor, methods=["GET"])
    router.add_api_route("/search", search, methods=["GET"])
    router.add_api_route("/campaigns", list_campaigns, methods=["GET"])
    router.add_api_route("/campaigns/{campaign_id}", show_campaign, methods=["GET"])
    return router


def list_claims(  # noqa: PLR0913 - the filters of a list
    *,
    request: Request,
    parts: _Parts,
    site: _Site,
    actor: _Name = "",
    label: _Short = "support",
    role: _Short = "",
    certain: _Short = "",
    since: _Short = "",
    cursor: _Cursor = None,
) -> Response:
    """Search the claims of all pages, accusations unless something else is asked for."""
    given = {
        "actor": actor,
        "label": label,
        "role": role,
        "certain": certain,
        "since": since,
    }
    wanted = AttributionFilter(
        actor=actor.strip() or None,
        label=Label(label) if label in {"support", "deny", "query"} else None,
        role=Role(role) if role in list(Role) else None,
        certain={"true": True, "false": False}.get(certain),
        since=_read_day(since),
    )
    questions = parts.service.questions
    return site.answer(
        request,
        "claims.html",
        here="claims",
        given=given,
        found=_claims(parts, wanted, cursor),
        actors=questions.count_claims(CountFilter(Grouping.ACTOR), limit=COUNTED).items,
        sites=questions.count_claims(CountFilter(Grouping.SITE), limit=COUNTED).items,
        roles=list(Role),
    )


def show_actor(  # noqa: PLR0913 - the filters of a list
    *,
    request: Request,
    parts: _Parts,
    site: _Site,
    name: _Name,
    label: _Short = "",
    cursor: _Cursor = None,
) -> Response:
    """Show what is said for and against an actor, over time, by site, and in which comments."""
    if not name.strip():
        raise InvalidRequest("expected the name of an actor, got none")
    questions = parts.service.questions
    days = questions.count_claims(CountFilter(Grouping.DAY, actor=name), limit=DAYS).items
    sites = questions.count_claims(CountFilter(Grouping.SITE, actor=name), limit=COUNTED).items
    wanted = AttributionFilter(
        actor=name, label=Label(label) if label in {"support", "deny", "query"} else None
    )
    return site.answer(
        request,
        "actor.html",
        here="claims",
        name=name,
        label=label,
        days=draw_days(days),
        sites=sites,
        totals={
            each: sum(getattr(day, each) for day in days) for each in ("support", "deny", "query")
        },
        found=_claims(parts, wanted, cursor),
        pages=parts.service.list_pages(PageFilter(actor=name), limit=COUNTED).items,
    )


def search(
    *,
    request: Request,
    parts: _Parts,
    site: _Site,
    q: Annotated[str, Query(max_length=500)] = "",
    cursor: _Cursor = None,
) -> Response:
    """Find comments, pages and actors by words."""
    asked = q.strip()
    service = parts.service
    comments = pages = None
    actors: tuple[object, ...] = ()
    if asked:
        comments = service.questions.find_comments(
            CommentFilter(asked), cursor=cursor, limit=CLAIMS
        )
        if cursor is None:
            pages = service.list_pages(PageFilter(text=asked), limit=COUNTED)
            named = service.list_attributions(AttributionFilter(actor=asked), limit=1).items
            actors = tuple(each.actor_name for each in named)
    return site.answer(
        request,
        "search.html",
        here="search",
        asked=asked,
        comments=comments,
        pages=pages,
        actors=actors,
    )


def list_campaigns(
    *,
    request: Request,
    parts: _Parts,
    site: _Site,
    pages: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    cursor: _Cursor = None,
) -> Response:
    """List the texts that are copied from comment to comment."""
    campaigns = parts.service.campaigns
    behind = campaigns.catch_up()
    return site.answer(
        request,
        "campaigns.html",
        here="campaigns",
        behind=behind,
        least_pages=pages,
        found=campaigns.list(min_pages=pages, cursor=cursor, limit=CLAIMS),
    )


def show_campaign(
    campaign_id: str, request: Request, parts: _Parts, site: _Site, cursor: _Cursor = None
) -> Response:
    """List the comments that have a campaign's text."""
    found = parts.service.campaigns.comments(campaign_id, cursor=cursor, limit=CLAIMS)
    return site.answer(
        request, "campaign.html", here="campaigns", campaign_id=campaign_id, found=found
    )


def _claims(parts: Parts, wanted: AttributionFilter, cursor: str | None) -> dict[str, object]:
    found: Slice[AttributionRecord] = parts.service.list_attributions(
        wanted, cursor=cursor, limit=CLAIMS
    )
    return {
        "items": [found_claim(record) for record in found.items],
        "next_cursor": found.next_cursor,
    }


def _read_day(day: str) -> datetime | None:
    """Return the beginning of a day as the form of a browser writes it; empty is none."""
    if not day.strip():
        return None
    try:
        return datetime.combine(datetime.fromisoformat(day.strip()).date(), time.min, tzinfo=UTC)
    except ValueError as error:
        raise InvalidRequest(f"expected a day such as 2025-03-02, got {day!r}") from error
