"""The route of jobs: pages that are mined in the background."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from starlette.responses import Response

from app import errors
from app.domain.job import Job, JobState
from app.errors import FingerpostError, InvalidRequest, NotFound
from app.web.answers import json_answer
from app.web.api import examples
from app.web.api.describe import answer, problem_responses
from app.web.parts import Parts, parts_of
from app.web.problems import kind_of, status_of


class JobProblem(BaseModel):
    """Why a job failed, in the members of a problem document."""

    type: str
    title: str
    status: int
    detail: str


class JobOut(BaseModel):
    """How far a job has come; `result` is the id of the page that it made."""

    id: str
    state: JobState
    done: int
    total: int
    result: str | None = None
    problem: JobProblem | None = None


def job_routes() -> APIRouter:
    """Return the route GET /v1/jobs/{id}."""
    router = APIRouter(tags=["jobs"])
    router.add_api_route(
        "/v1/jobs/{job_id}",
        show_job,
        methods=["GET"],
        summary="Show how far a job has come",
        responses={
            200: answer(JobOut, examples.JOB, "The job."),
            **problem_responses(NotFound, InvalidRequest),
        },
    )
    return router


def show_job(job_id: str, parts: Annotated[Parts, Depends(parts_of)]) -> Response:
    """Return a job; done, it names the page that it made, failed, the problem."""
    return job_answer(parts.service.job(job_id))


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
    if job.problem is not None or job.problem_kind is not None:
        content["problem"] = _describe_problem(job)
    return json_answer(content, status=status, headers=headers)


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
