"""The first page: send a page or an archive, try an example, see what is there and what runs."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends
from starlette.datastructures import UploadFile
from starlette.requests import Request  # noqa: TC002  (read by FastAPI at run time)
from starlette.responses import RedirectResponse, Response

from app.domain.job import JobState
from app.domain.listing import PageFilter
from app.errors import InvalidRequest, PageTooLarge, UnreadablePage, UnsupportedContent
from app.web.body import wait_until_gone
from app.web.gate import SITE_TAG
from app.web.parts import Parts, parts_of
from app.web.site.examples import find_example, find_examples
from app.web.site.forms import read_upload
from app.web.site.route import SiteRoute
from app.web.site.site import Site, site_of
from app.web.site.templates import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.job import Job

_Parts = Annotated[Parts, Depends(parts_of)]
_Site = Annotated[Site, Depends(site_of)]

RECENT = 12
"""Pages on the first page: as many as are taken in at a glance."""

JOBS = 20
"""Jobs that are looked at, the latest."""

_LONGEST_URL = 2048

_ARCHIVES = frozenset(
    ".zip .gz .bz2 .zst .zstd .warc .arc .xml .atom .jsonl .ndjson .db .sqlite .mt".split()
)
"""How the names of archives end; whatever else cannot be read as a page is tried as one too."""


def home_routes() -> APIRouter:
    """Return the routes of the first page and of what it sends."""
    router = APIRouter(tags=[SITE_TAG], include_in_schema=False, route_class=SiteRoute)
    router.add_api_route("/", show_home, methods=["GET"])
    router.add_api_route("/pages", add_page, methods=["POST"])
    router.add_api_route("/examples/{name}", try_example, methods=["POST"])
    return router


def show_home(request: Request, parts: _Parts, site: _Site, cursor: str | None = None) -> Response:
    """Show what can be done, and what is there."""
    pages = parts.service.list_pages(PageFilter(), cursor=cursor, limit=RECENT)
    return site.answer(
        request,
        "home.html",
        here="home",
        pages=pages,
        first=cursor is None,
        jobs=unfinished(parts.service.jobs.latest(limit=JOBS)),
        examples=find_examples(),
        max_comments=parts.settings.max_comments,
    )


async def add_page(request: Request, parts: _Parts) -> Response:
    """Mine what was pasted or dropped, and lead to the page, or to the job that mines it."""
    settings = parts.settings
    form = await read_upload(
        request, limit=settings.max_archive_bytes, text_limit=settings.max_body_bytes
    )
    try:
        url = str(form.get("url") or "").strip() or None
        if url is not None and (web_address(url) is None or len(url) > _LONGEST_URL):
            raise InvalidRequest("expected an address that begins with http:// or https://")
        file = form.get("file")
        if isinstance(file, UploadFile) and file.filename:
            return await _add_file(request, parts, file, url=url, kind=str(form.get("kind") or ""))
        text = str(form.get("text") or "")
        if not text.strip():
            raise InvalidRequest("expected a text or a file, got neither")
        return await _mine(request, parts, text.encode("utf-8", "replace"), url=url)
    finally:
        await form.close()


async def try_example(name: str, request: Request, parts: _Parts) -> Response:
    """Mine one of the examples, or lead to it where that was done before."""
    data = await run_sync(find_example(name).read)
    return await _mine(request, parts, data)


async def _add_file(
    request: Request, parts: Parts, file: UploadFile, *, url: str | None, kind: str
) -> Response:
    suffix = PurePath(file.filename or "").suffix.lower()
    too_large = (file.size or 0) > parts.settings.max_body_bytes
    if kind == "archive" or (kind != "page" and (suffix in _ARCHIVES or too_large)):
        return await _add_archive(parts, file)
    if too_large:
        limit = parts.settings.max_body_bytes
        raise PageTooLarge(f"expected a page of at most {limit} bytes, got {file.size}")
    data = await file.read()
    try:
        return await _mine(request, parts, data, url=url)
    except (UnreadablePage, UnsupportedContent):
        if kind == "page":
            raise
        await file.seek(0)
        return await _add_archive(parts, file)


async def _add_archive(parts: Parts, file: UploadFile) -> Response:
    job = await run_sync(partial(parts.service.archives.submit_upload, file.file, None))
    return _lead_to_job(job)


async def _mine(request: Request, parts: Parts, data: bytes, *, url: str | None = None) -> Response:
    service = parts.service
    page = await run_sync(partial(service.parse, data, url=url))
    there = await run_sync(service.find_page, page)
    if there is None and await run_sync(service.is_long, page):
        return _lead_to_job(await run_sync(service.jobs.submit_page, page))
    if there is None:
        there = await parts.admission.run(
            partial(service.add_page, page, on_scored=parts.meters.count_comments),
            until_gone=wait_until_gone(request),
        )
        parts.meters.name_model(there.mined.model)
    return RedirectResponse(f"/pages/{there.id}", status_code=303)


def _lead_to_job(job: Job) -> Response:
    return RedirectResponse(f"/jobs/{job.id}", status_code=303)


def unfinished(jobs: Iterable[Job]) -> list[Job]:
    """Return the jobs that are still of interest: those that led to their page are not."""
    return [job for job in jobs if job.state is not JobState.DONE]
