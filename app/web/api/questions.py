"""Routes of questions across pages: comments by their words, claims counted."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from app.domain.question import CommentFilter, CountFilter, FoundComment, Grouping
from app.errors import InvalidRequest
from app.web.answers import json_answer
from app.web.api import examples
from app.web.api.describe import answer, problem_responses
from app.web.api.listing import Cursor, Limit
from app.web.parts import Parts, parts_of

_Parts = Annotated[Parts, Depends(parts_of)]


class FoundPage(BaseModel):
    """The page that a comment stands on."""

    id: str
    url: str | None
    title: str | None


class FoundCommentOut(BaseModel):
    """A comment that holds the words."""

    id: str
    author: str | None
    text: str
    created_at: datetime | None
    page: FoundPage


class FoundList(BaseModel):
    """Some comments; `next_cursor` is null where there are no more."""

    items: list[FoundCommentOut]
    next_cursor: str | None

    @staticmethod
    def example() -> dict[str, Any]:
        """Return a list of one comment."""
        page, comment = examples.MINED_PAGE, examples.MINED_PAGE["comments"][0]
        item = {name: comment[name] for name in ("id", "author", "text", "created_at")}
        item["page"] = {name: page[name] for name in FoundPage.model_fields}
        return {"items": [item], "next_cursor": None}


class CountOut(BaseModel):
    """How many claims there are of one actor, site or day."""

    item: Annotated[str, Field(description="A name, a host or a day, as `by` says.")]
    claims: int
    support: int
    deny: int
    query: int


class CountList(BaseModel):
    """Some counts; `next_cursor` is null where there are no more."""

    items: list[CountOut]
    next_cursor: str | None

    @staticmethod
    def example() -> dict[str, Any]:
        """Return a list of one count."""
        item = {"item": "Veltra Transit", "claims": 5, "support": 3, "deny": 1, "query": 1}
        return {"items": [item], "next_cursor": None}


def question_routes() -> APIRouter:
    """Return the routes GET /v1/comments and GET /v1/attributions/counts."""
    router = APIRouter()
    router.add_api_route(
        "/v1/comments",
        find_comments,
        methods=["GET"],
        tags=["comments"],
        summary="Find comments by their words, on whatever page",
        responses={
            200: answer(
                FoundList, FoundList.example(), "Some comments, of the latest pages first."
            ),
            **problem_responses(InvalidRequest),
        },
    )
    router.add_api_route(
        "/v1/attributions/counts",
        count_claims,
        methods=["GET"],
        tags=["attributions"],
        summary="Count claims by actor, site or day",
        responses={
            200: answer(CountList, CountList.example(), "Some counts."),
            **problem_responses(InvalidRequest),
        },
    )
    return router


def find_comments(
    *,
    parts: _Parts,
    text: Annotated[
        str,
        Query(
            max_length=500,
            description='Words and "phrases" that a comment must hold, whole and in any case.',
            examples=['insurance "bus depot"'],
        ),
    ],
    page: Annotated[str | None, Query(max_length=64, description="Only on that page.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Find the comments that hold all of these words."""
    found = parts.service.questions.find_comments(
        CommentFilter(text, page), cursor=cursor, limit=limit
    )
    items = [_comment(comment) for comment in found.items]
    return json_answer(
        FoundList(items=items, next_cursor=found.next_cursor).model_dump(mode="json")
    )


def count_claims(  # noqa: PLR0913  (the filters of a list)
    *,
    parts: _Parts,
    by: Annotated[Grouping, Query(description="What is counted.")],
    actor: Annotated[
        str | None,
        Query(max_length=500, description="Only about that actor: the canonical name, any case."),
    ] = None,
    site: Annotated[
        str | None, Query(max_length=255, description='Only on that host, without "www.".')
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Count who is held responsible: actors and sites with most claims first, the latest day first.

    `actor` and `site` narrow, one at a time, what is counted by something else.
    """
    found = parts.service.questions.count_claims(
        CountFilter(by, actor, site), cursor=cursor, limit=limit
    )
    items = [
        CountOut(
            item=each.item,
            claims=each.claims,
            support=each.support,
            deny=each.deny,
            query=each.query,
        )
        for each in found.items
    ]
    return json_answer(
        CountList(items=items, next_cursor=found.next_cursor).model_dump(mode="json")
    )


def _comment(comment: FoundComment) -> FoundCommentOut:
    return FoundCommentOut(
        id=comment.id,
        author=comment.author,
        text=comment.text,
        created_at=comment.created_at,
        page=FoundPage(id=comment.page_id, url=comment.page_url, title=comment.page_title),
    )
