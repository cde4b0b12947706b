"""Puts the HTTP application together: routes, problem documents, what surrounds every request."""

from __future__ import annotations

from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import structlog
from anyio.to_thread import run_sync
from fastapi import Depends, FastAPI
from starlette.middleware import Middleware

from app.bootstrap import batches_at_once, build_service
from app.config import load_settings
from app.jobs import JobRunner
from app.logs import set_up_logs
from app.web.access import AccessLog
from app.web.admission import Admission
from app.web.api.attributions import attribution_routes
from app.web.api.campaigns import campaign_routes
from app.web.api.decisions import DecisionIn, UndoIn, decision_routes
from app.web.api.describe import describe
from app.web.api.graph import graph_routes
from app.web.api.jobs import job_routes
from app.web.api.operations import operation_routes
from app.web.api.pages import page_routes
from app.web.api.questions import question_routes
from app.web.api.ranking import ranking_routes
from app.web.api.schemas import CommentEdit, CommentsIn, PageIn
from app.web.api.stance import StanceIn, stance_routes
from app.web.batching import Batcher
from app.web.gate import check_keys_made, check_request, needs_keys
from app.web.hosts import OwnHosts
from app.web.integrations.coral import coral_routes
from app.web.integrations.oamf import oamf_routes
from app.web.integrations.openai_moderations import openai_routes
from app.web.integrations.perspective import perspective_routes
from app.web.integrations.tei import tei_routes
from app.web.key_description import describe_keys
from app.web.meters import Meters
from app.web.parts import Parts
from app.web.problems import install_handlers
from app.web.security import RequestIds, SecurityHeaders
from app.web.site.routes import site_routes
from app.web.site.site import make_site
from app.web.unread import UnreadBodies

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from structlog.typing import FilteringBoundLogger

    from app.config import Settings
    from app.service import Service

AT_ONCE = 12
"""Requests at the model at a time: they take turns of one batch each, whoever has had least of it
first, so that a short text passes long pages as long as not all of them are here. On two cores
two batches of up to three short texts run at a time; as many wait to go with the next."""

STANCE_CHARS = 2_400
"""Code points of questions about stances that are read together: six short comments with three
targets each, a batch of the model's own size (`app.inference.schedule.MAX_PADDED_TOKENS`)."""


def create_app(
    service: Service,
    settings: Settings,
    *,
    runs_jobs: bool = True,
    logger: FilteringBoundLogger | None = None,
) -> FastAPI:
    """Return the application on that service; while it serves, it also runs waiting jobs."""
    admission = Admission(workers=AT_ONCE, limit=settings.queue_limit)
    meters = Meters(admission)
    stances = Batcher(
        service.score_stances,
        admission,
        at_once=batches_at_once(settings),
        most=STANCE_CHARS,
    )

    @asynccontextmanager
    async def run_jobs(_: FastAPI) -> AsyncIterator[None]:
        service.go_on()
        runner = JobRunner(service) if runs_jobs else None
        if runner is not None:
            runner.start()
        try:
            yield
        finally:
            if runner is not None:
                runner.ask_to_stop()
            service.break_off()  # requests that outlasted the grace, which held up the end
            if runner is not None:
                await run_sync(runner.stop)

    app = FastAPI(
        title="Fingerpost",
        version=version("fingerpost"),
        summary="Reads an article with its comments and says who points the finger at whom.",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        # The pages for these would load scripts from other hosts.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # Logs and meters here are our own; this would look for others' at every request.
        telemetry={"tracing": False, "metrics": False, "logs": False},
        lifespan=run_jobs,
        dependencies=[Depends(check_request)],
        middleware=[
            Middleware(UnreadBodies),
            Middleware(SecurityHeaders),
            Middleware(RequestIds),
            Middleware(AccessLog, meters=meters, logger=logger or structlog.get_logger("web")),
            *_guards(settings),
        ],
    )
    app.state.parts = Parts(service, settings, admission, stances, meters)
    app.state.site = make_site()
    install_handlers(app)
    # Looked through in this order: first come those of which a moderation tool asks one a comment.
    for routes in (
        stance_routes,
        perspective_routes,
        openai_routes,
        tei_routes,
        coral_routes,
        oamf_routes,
        page_routes,
        graph_routes,
        ranking_routes,
        attribution_routes,
        campaign_routes,
        question_routes,
        decision_routes,
        job_routes,
        operation_routes,
        site_routes,
    ):
        app.include_router(routes())

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            bodies = (PageIn, CommentsIn, CommentEdit, DecisionIn, UndoIn, StanceIn)
            app.openapi_schema = describe(app, *bodies)
            describe_keys(app.openapi_schema, settings)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to change it
    return app


def _guards(settings: Settings) -> list[Middleware]:
    if needs_keys(settings):
        return []
    names = [name.strip() for name in settings.trusted_hosts.split(",") if name.strip()]
    return [Middleware(OwnHosts, names=names)]


def app_from_environment() -> FastAPI:
    """Return the application that the environment's settings ask for, with its logs set up.

    Raises:
        ConfigInvalid: a setting has a value that it cannot have.
        StorageUnusable: the database's URL or place is not one that can be used.
    """
    settings = load_settings()
    set_up_logs(level=settings.log_level, form=settings.log_format)
    service = build_service(settings, migrate=True)
    check_keys_made(service, settings)
    return create_app(service, settings)
