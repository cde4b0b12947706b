"""Routes of pages: send one, look at it, list them, add comments, delete either."""

from functools import partial
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.domain.listing import PageFilter
from app.errors import (
    Busy,
    InvalidRequest,
    ModelUnusable,
    NotFound,
    PageTooLarge,
    UnreadablePage,
    UnsupportedContent,
)
from app.exchange.contract import mined_as_json
from app.service import AddedPage
from app.web.answers import json_answer
from app.web.api import examples
from app.web.api.describe import answer, body, json_body, problem_responses, text_body
from app.web.api.jobs import JobOut, job_answer
from app.web.api.listing import Cursor, Limit, PageList, page_list_as_json
from app.web.api.schemas import CommentEdit, CommentsIn, MinedPageOut, PageIn
from app.web.body import read_body, read_json, refuse_other_than_json, wait_until_gone
from app.web.parts import Parts, parts_of

_Parts = Annotated[Parts, Depends(parts_of)]
_Url = Annotated[
    str | None,
    Query(
        max_length=2048,
        pattern=r"^(?i:https?)://\S+$",
        description="Where the page stands, if it does not say so itself.",
        examples=["https://news.example/depot-fire"],
    ),
]


def page_routes() -> APIRouter:
    """Return the routes under /v1/pages, but for the graph."""
    router = APIRouter(prefix="/v1/pages", tags=["pages"])
    mined = answer(MinedPageOut, examples.MINED_PAGE, "The mined page.")
    reading = problem_responses(UnreadablePage, PageTooLarge, UnsupportedContent)
    refusing = problem_responses(InvalidRequest, Busy, ModelUnusable)
    router.add_api_route(
        "",
        add_page,
        methods=["POST"],
        summary="Send a page",
        status_code=201,
        responses={
            201: {**mined, "description": "Mined and stored; `Location` leads to it."},
            200: {**mined, "description": "The same content was sent before: the page there."},
            202: answer(JobOut, examples.JOB, "A job was made; `Location` leads to it."),
            **reading,
            **refusing,
        },
        openapi_extra=body(
            application_json=json_body(PageIn, examples.PAGE_IN),
            text_html=text_body(examples.PAGE_AS_HTML),
            text_plain=text_body(examples.PAGE_AS_TEXT),
        ),
    )
    router.add_api_route(
        "",
        list_pages,
        methods=["GET"],
        summary="List pages",
        responses={
            200: answer(PageList, PageList.example(), "Some pages, the latest mined first."),
            **problem_responses(InvalidRequest),
        },
    )
    router.add_api_route(
        "/{page_id}",
        show_page,
        methods=["GET"],
        summary="Show a mined page",
        responses={200: mined, **problem_responses(NotFound, InvalidRequest)},
    )
    router.add_api_route(
        "/{page_id}",
        delete_page,
        methods=["DELETE"],
        summary="Delete a page with all that was made of it",
        status_code=204,
        responses=problem_responses(NotFound, InvalidRequest),
    )
    router.add_api_route(
        "/{page_id}/comments",
        add_comments,
        methods=["POST"],
        summary="Add comments to a page",
        responses={200: mined, **reading, **refusing, **problem_responses(NotFound)},
        openapi_extra=body(application_json=json_body(CommentsIn, examples.COMMENTS_IN)),
    )
    # `path`, because ids of comments are the caller's own and may hold a slash.
    router.add_api_route(
        "/{page_id}/comments/{comment_id:path}",
        delete_comment,
        methods=["DELETE"],
        summary="Delete a comment from a page, its ranking and its graph",
        status_code=204,
        responses={**refusing, **problem_responses(NotFound)},
    )
    router.add_api_route(
        "/{page_id}/comments/{comment_id:path}",
        edit_comment,
        methods=["PATCH"],
        summary="Give a comment another text",
        responses={200: mined, **reading, **refusing, **problem_responses(NotFound)},
        openapi_extra=body(application_json=json_body(CommentEdit, examples.COMMENT_EDIT)),
    )
    return router


async def add_page(
    *,
    request: Request,
    parts: _Parts,
    url: _Url = None,
    wait: Annotated[bool, Query(description="False: answer with a job at once.")] = True,
    remine: Annotated[bool, Query(description="Mine again what is there.")] = False,
) -> Response:
    """Mine a page, store it, and answer with what its comments say about who is responsible.

    A saved web page, a page as plain text, or JSON. Long pages, and `wait=false`, are answered
    with a job that mines the page in the background.
    """
    data = await read_body(request, limit=parts.settings.max_body_bytes)
    content_type = request.headers.get("content-type")
    service = parts.service
    page = await run_sync(partial(service.parse, data, content_type=content_type, url=url))
    if not remine and (there := await run_sync(service.find_page, page)):
        return _page_answer(there)
    if not wait or await run_sync(service.is_long, page):
        job = await run_sync(partial(service.jobs.submit_page, page, remine=remine))
        return job_answer(job, status=202, headers={"location": f"/v1/jobs/{job.id}"})
    added = await parts.admission.run(
        partial(service.add_page, page, remine=remine, on_scored=parts.meters.count_comments),
        until_gone=wait_until_gone(request),
    )
    parts.meters.name_model(added.mined.model)
    return _page_answer(added)


def show_page(page_id: str, parts: _Parts) -> Response:
    """Return a stored page with everything that was mined from it."""
    return json_answer(mined_as_json(page_id, parts.service.page(page_id)))


def list_pages(  # noqa: PLR0913  (the contract's filters)
    *,
    parts: _Parts,
    url: Annotated[
        str | None,
        Query(max_length=2000, description='The address, or its beginning with "*" at the end.'),
    ] = None,
    actor: Annotated[
        str | None, Query(max_length=500, description="A name or alias of an actor, in any case.")
    ] = None,
    text: Annotated[
        str | None,
        Query(max_length=500, description="Words in the title, the article or a comment."),
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """List stored pages; each filter that is given narrows the list."""
    found = parts.service.list_pages(PageFilter(url, actor, text), cursor=cursor, limit=limit)
    return json_answer(page_list_as_json(found))


def delete_page(page_id: str, parts: _Parts) -> Response:
    """Remove a page from store, lists and exports, for good."""
    parts.service.delete_page(page_id)
    return Response(status_code=204)


async def add_comments(page_id: str, request: Request, parts: _Parts) -> Response:
    """Add comments to a stored page; only they, and what they touch, are read by the model."""
    refuse_other_than_json(request)
    data = await read_body(request, limit=parts.settings.max_body_bytes)
    mined = await parts.admission.run(
        partial(parts.service.comments.add, page_id, data, on_scored=parts.meters.count_comments),
        until_gone=wait_until_gone(request),
    )
    return await run_sync(lambda: json_answer(mined_as_json(page_id, mined)))


async def delete_comment(
    page_id: str, comment_id: str, request: Request, parts: _Parts
) -> Response:
    """Remove one comment for good; what answered it is read again where it now stands."""
    await parts.admission.run(
        partial(parts.service.comments.delete, page_id, comment_id),
        until_gone=wait_until_gone(request),
    )
    return Response(status_code=204)


async def edit_comment(page_id: str, comment_id: str, request: Request, parts: _Parts) -> Response:
    """Give one comment another text; only it, and what it touches, is read by the model."""
    edit = await read_json(request, CommentEdit, limit=parts.settings.max_body_bytes)
    mined = await parts.admission.run(
        partial(
            parts.service.comments.edit,
            page_id,
            comment_id,
            edit.text,
            on_scored=parts.meters.count_comments,
        ),
        until_gone=wait_until_gone(request),
    )
    return await run_sync(lambda: json_answer(mined_as_json(page_id, mined)))


def _page_answer(added: AddedPage) -> Response:
    return json_answer(
        mined_as_json(added.id, added.mined),
        status=201 if added.created else 200,
        headers={"location": f"/v1/pages/{added.id}"},
    )
