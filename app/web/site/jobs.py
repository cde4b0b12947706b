"""The pages of jobs: how far one has come, watched live where scripts run; cancel, try again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request  # noqa: TC002  (read by FastAPI at run time)
from starlette.responses import RedirectResponse, Response

from app.web.answers import json_answer
from app.web.gate import SITE_TAG
from app.web.parts import Parts, parts_of
from app.web.site.home import JOBS
from app.web.site.route import SiteRoute
from app.web.site.site import Site, site_of, wants_json

if TYPE_CHECKING:
    from app.domain.job import Job

_Parts = Annotated[Parts, Depends(parts_of)]
_Site = Annotated[Site, Depends(site_of)]


def job_routes() -> APIRouter:
    """Return the routes under /jobs."""
    router = APIRouter(tags=[SITE_TAG], include_in_schema=False, route_class=SiteRoute)
    router.add_api_route("/jobs", list_jobs, methods=["GET"])
    router.add_api_route("/jobs/{job_id}", show_job, methods=["GET"])
    router.add_api_route("/jobs/{job_id}/cancel", cancel_job, methods=["POST"])
    router.add_api_route("/jobs/{job_id}/retry", retry_job, methods=["POST"])
    return router


def list_jobs(request: Request, parts: _Parts, site: _Site) -> Response:
    """Show the latest jobs; to a script as JSON."""
    jobs = parts.service.jobs.latest(limit=JOBS)
    if wants_json(request):
        return json_answer([_describe(job) for job in jobs])
    return site.answer(request, "jobs.html", here="jobs", jobs=jobs)


def show_job(job_id: str, request: Request, parts: _Parts, site: _Site) -> Response:
    """Show how far a job has come, and lead on to the page that it made."""
    job = parts.service.jobs.load(job_id)
    if wants_json(request):
        return json_answer(_describe(job))
    if job.result is not None:
        return RedirectResponse(f"/pages/{job.result}", status_code=303)
    return site.answer(request, "job.html", here="jobs", job=job)


def cancel_job(job_id: str, parts: _Parts) -> Response:
    """Cancel a job, and show what is left of it."""
    parts.service.jobs.cancel(job_id)
    return RedirectResponse(f"/jobs/{job_id}", status_code=303)


def retry_job(job_id: str, parts: _Parts) -> Response:
    """Try a failed job again."""
    parts.service.jobs.retry(job_id)
    return RedirectResponse(f"/jobs/{job_id}", status_code=303)


def _describe(job: Job) -> dict[str, object]:
    return {
        "id": job.id,
        "state": job.state.value,
        "over": job.state.is_final,
        "done": job.done,
        "total": job.total,
        "page": job.result,
    }
