"""The routes of jobs: pages and archives that are mined in the background."""

from collections.abc import Mapping
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import Annotated, Any, BinaryIO, cast

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from app import errors
from app.domain.job import ArchiveTally, Job, JobKind, JobState
from app.errors import (
    Conflict,
    FingerpostError,
    InvalidRequest,
    NotFound,
    PageTooLarge,
)
from app.web.answers import json_answer
from app.web.api import examples
from app.web.api.describe import answer, problem_responses
from app.web.body import read_json, spool_body
from app.web.parts import Parts, parts_of
from app.web.problems import kind_of, status_of

_IN_MEMORY_BYTES = 1 << 20
"""Smaller archives never touch the disk on their way in."""


class JobProblem(BaseModel):
    """Why a job failed, in the members of a problem document."""

    type: str
    title: str
    status: int
    detail: str


class FailedRecordsOut(BaseModel):
    """Records of an archive that failed in one way, and the first of them."""

    kind: str
    count: int
    examples: list[dict[str, str]]


class ArchiveOut(BaseModel):
    """What has come of an archive; `passed_over` are pages without comments."""

    pages: int
    comments: int
    passed_over: int
    failed: int
    failures: list[FailedRecordsOut]


class JobOut(BaseModel):
    """How far a job has come; `result` is the page's id, or what has come of an archive so far."""

    id: str
    state: JobState
    done: int
    total: int
    result: str | ArchiveOut | None = None
    problem: JobProblem | None = None


class ArchiveIn(BaseModel):
    """An archive in the folder that the operator set, by its path in there."""

    model_config = {"extra": "forbid"}

    archive: str = Field(min_length=1, max_length=1000, examples=["2024/comments.ndjson.zst"])
    format: str | None = Field(default=None, max_length=40, examples=["reddit"])


def job_routes() -> APIRouter:
    """Return the routes under /v1/jobs."""
    router = APIRouter(prefix="/v1/jobs", tags=["jobs"])
    shown = answer(JobOut, examples.JOB, "The job.")
    router.add_api_route(
        "",
        add_job,
        methods=["POST"],
        summary="Have an archive mined",
        status_code=202,
        responses={
            202: {**shown, "description": "A job was made; `Location` leads to it."},
            **problem_responses(InvalidRequest, NotFound, PageTooLarge),
        },
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": ArchiveIn.model_json_schema(),
                        "example": {"archive": "2024/comments.ndjson.zst"},
                    },
                    "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
                },
            }
        },
    )
    router.add_api_route(
        "/{job_id}",
        show_job,
        methods=["GET"],
        summary="Show how far a job has come",
        responses={200: shown, **problem_responses(NotFound, InvalidRequest)},
    )
    router.add_api_route(
        "/{job_id}/cancel",
        cancel_job,
        methods=["POST"],
        summary="Cancel a job",
        responses={200: shown, **problem_responses(NotFound, InvalidRequest)},
    )
    router.add_api_route(
        "/{job_id}/retry",
        retry_job,
        methods=["POST"],
        summary="Try a failed job again",
        responses={200: shown, **problem_responses(NotFound, Conflict, InvalidRequest)},
    )
    return router


async def add_job(
    request: Request,
    parts: Annotated[Parts, Depends(parts_of)],
    form: Annotated[
        str | None,
        Query(
            alias="format",
            max_length=40,
            description="The archive's format; told by its content if not said.",
            examples=["wordpress"],
        ),
    ] = None,
) -> Response:
    """Mine and store the pages of an archive in the background.

    The body is the archive itself, plain, gzip, zstd, bz2 or zip; or, as `application/json`, the
    name of one in the folder that the operator set. Pages that are stored already are not mined
    again.
    """
    archives, settings = parts.service.archives, parts.settings
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        named = await read_json(request, ArchiveIn, limit=settings.max_body_bytes)
        job = await run_sync(
            partial(archives.submit_reference, named.archive, named.format or form)
        )
    else:
        with SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as spool:
            stream = cast("BinaryIO", spool)
            await spool_body(request, stream, limit=settings.max_archive_bytes)
            job = await run_sync(partial(archives.submit_upload, stream, form))
    return job_answer(job, status=202, headers={"location": f"/v1/jobs/{job.id}"})


def show_job(job_id: str, parts: Annotated[Parts, Depends(parts_of)]) -> Response:
    """Return a job; done, it names the page that it made, failed, the problem."""
    return job_answer(parts.service.jobs.load(job_id))


def cancel_job(job_id: str, parts: Annotated[Parts, Depends(parts_of)]) -> Response:
    """Cancel a job that waits or runs, and return it; pages that it has stored stay.

    A job that is over stays as it is.
    """
    return job_answer(parts.service.jobs.cancel(job_id))


def retry_job(job_id: str, parts: Annotated[Parts, Depends(parts_of)]) -> Response:
    """Queue a failed job again, and return it; an archive goes on where it failed.

    What a failed job was to mine is kept for seven days.
    """
    return job_answer(parts.service.jobs.retry(job_id))


def job_answer(
    job: Job, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a job as JSON, without the fields that say nothing yet."""
    content: dict[str, Any] = {
        "id": job.id,
        "state": job.state.value,
        "done": job.done,
        "total": job.total,
    }
    if job.result is not None:
        content["result"] = job.result
    if job.kind is JobKind.ARCHIVE and job.tally is not None:
        content["result"] = _describe_tally(job.tally)
    if job.problem is not None or job.problem_kind is not None:
        content["problem"] = _describe_problem(job)
    return json_answer(content, status=status, headers=headers)


def _describe_tally(tally: ArchiveTally) -> dict[str, object]:
    failures = [
        FailedRecordsOut(
            kind=each.kind,
            count=each.count,
            examples=[
                {"file": file, "position": position, "problem": problem}
                for file, position, problem in each.examples
            ],
        )
        for each in tally.failures
    ]
    return ArchiveOut(
        pages=tally.pages,
        comments=tally.comments,
        passed_over=tally.passed_over,
        failed=tally.failed,
        failures=failures,
    ).model_dump()


def _describe_problem(job: Job) -> dict[str, object]:
    error = getattr(errors, job.problem_kind or "", None)
    if isinstance(error, type) and issubclass(error, FingerpostError):
        status = status_of(error)
        if status is not None:
            kind, title = kind_of(error)
            return JobProblem(
                type=kind, title=title, status=status, detail=job.problem or title
            ).model_dump()
    return JobProblem(
        type="about:blank",
        title="Internal Server Error",
        status=500,
        detail="Something went wrong here while the job ran.",
    ).model_dump()
