"""Routes of campaigns: texts that are copied from comment to comment, across all pages."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel
from starlette.responses import Response

from app.errors import InvalidRequest, NotFound
from app.exchange.rankings import campaign_as_json, campaign_comment_as_json
from app.web.answers import json_answer
from app.web.api import examples
from app.web.api.describe import answer, problem_responses
from app.web.api.listing import Cursor, Limit
from app.web.parts import Parts, parts_of

_Parts = Annotated[Parts, Depends(parts_of)]
_MOST = 1_000_000
"""More comments or pages than anybody asks for, and few enough for every database."""


class CampaignOut(BaseModel):
    """A text that stands, nearly the same, in several comments."""

    id: str
    comments: int
    pages: int
    authors: int
    text: str


class CampaignList(BaseModel):
    """Some campaigns; `behind` pages are not compared yet, ask again for them."""

    items: list[CampaignOut]
    next_cursor: str | None
    behind: int

    @staticmethod
    def example() -> dict[str, Any]:
        """Return a list of one campaign."""
        text = examples.MINED_PAGE["comments"][0]["text"]
        campaign = {"id": "gk3d0q7w2t5", "comments": 41, "pages": 3, "authors": 38, "text": text}
        return {"items": [campaign], "next_cursor": None, "behind": 0}


class CopyOut(BaseModel):
    """The comment that has the text."""

    id: str
    author: str | None
    text: str
    created_at: datetime | None


class PageOfCopy(BaseModel):
    """The page on which it stands."""

    id: str
    url: str | None
    title: str | None


class MemberOut(BaseModel):
    """A comment of a campaign, with its page."""

    comment: CopyOut
    page: PageOfCopy


class MemberList(BaseModel):
    """Some comments of a campaign; `next_cursor` is null where the list ends."""

    items: list[MemberOut]
    next_cursor: str | None

    @staticmethod
    def example() -> dict[str, Any]:
        """Return a list of one comment."""
        page = examples.MINED_PAGE
        comment = {name: page["comments"][0][name] for name in CopyOut.model_fields}
        where = {name: page[name] for name in PageOfCopy.model_fields}
        return {"items": [{"comment": comment, "page": where}], "next_cursor": None}


def campaign_routes() -> APIRouter:
    """Return the routes under /v1/campaigns."""
    router = APIRouter(prefix="/v1/campaigns", tags=["campaigns"])
    router.add_api_route(
        "",
        list_campaigns,
        methods=["GET"],
        summary="List texts that are copied",
        responses={
            200: answer(CampaignList, CampaignList.example(), "Some campaigns, the latest first."),
            **problem_responses(InvalidRequest),
        },
    )
    router.add_api_route(
        "/{campaign_id}",
        show_campaign,
        methods=["GET"],
        summary="List the comments that have a copied text",
        responses={
            200: answer(MemberList, MemberList.example(), "Some comments, with their pages."),
            **problem_responses(NotFound, InvalidRequest),
        },
    )
    return router


def list_campaigns(
    *,
    parts: _Parts,
    min_comments: Annotated[
        int, Query(ge=2, le=_MOST, description="In at least so many comments.")
    ] = 2,
    min_pages: Annotated[int, Query(ge=1, le=_MOST, description="On at least so many pages.")] = 1,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """List texts of eight words or more that stand, nearly the same, in several comments.

    Some of the pages that were stored or changed since are compared first.
    """
    campaigns = parts.service.campaigns
    behind = campaigns.catch_up()
    found = campaigns.list(
        min_comments=min_comments, min_pages=min_pages, cursor=cursor, limit=limit
    )
    items = [campaign_as_json(each) for each in found.items]
    return json_answer({"items": items, "next_cursor": found.next_cursor, "behind": behind})


def show_campaign(
    campaign_id: str, parts: _Parts, *, cursor: Cursor = None, limit: Limit = 50
) -> Response:
    """List the comments that have a campaign's text, page by page."""
    found = parts.service.campaigns.comments(campaign_id, cursor=cursor, limit=limit)
    items = [campaign_comment_as_json(each) for each in found.items]
    return json_answer({"items": items, "next_cursor": found.next_cursor})
