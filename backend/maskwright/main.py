"""Wires the application together; holds no logic."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import anyio.to_thread
from fastapi import FastAPI
from fastapi.routing import APIRoute, APIRouter
from starlette.routing import BaseRoute

from maskwright.accounts import audit_routes as audit
from maskwright.accounts import invitation_routes as invitations
from maskwright.accounts import project_role_routes as project_roles
from maskwright.accounts import role_routes as roles
from maskwright.accounts import routes as accounts
from maskwright.annotations import routes as annotations
from maskwright.assets import routes as assets
from maskwright.assets.attachments import routes as attachments
from maskwright.assets.fetches import routes as fetches
from maskwright.comments import routes as comments
from maskwright.courses import routes as courses
from maskwright.events import routes as events
from maskwright.exports import routes as exports
from maskwright.gold import routes as gold
from maskwright.gold.truths import routes as truths
from maskwright.http import packed_bodies
from maskwright.http.frontend import install_frontend
from maskwright.http.hot import hot_routes
from maskwright.http.middleware import Application
from maskwright.http.operations import install_operations
from maskwright.http.problems import ProblemTable, install_problem_handlers
from maskwright.http.reference import reference_router
from maskwright.http.threads import HandlerThreads
from maskwright.insights import routes as insights
from maskwright.notifications import routes as notifications
from maskwright.ontologies import routes as ontologies
from maskwright.predictions import routes as predictions
from maskwright.projects import routes as projects
from maskwright.quality import routes as quality
from maskwright.quality.service.onlooking import use_quality
from maskwright.queue import desk_routes as queue_desk
from maskwright.queue import routes as queue
from maskwright.queue.gauges import QueueCollector
from maskwright.queue.service import keep_queue
from maskwright.resources import open_resources
from maskwright.reviews import routes as reviews
from maskwright.reviews.service.workflow import use_reviews
from maskwright.settings import Settings
from maskwright.workforce import routes as workforce

API_PREFIX = "/api/v1"

#: Every slice that has routes: a module with `router` and `PROBLEMS`. Routes are matched in this
#: order, at some microseconds each: the busiest come first.
SLICES = (
    queue,
    accounts,
    projects,
    ontologies,
    assets,
    attachments,
    fetches,
    annotations,
    comments,
    exports,
    gold,
    truths,
    quality,
    courses,
    events,
    queue_desk,
    predictions,
    audit,
    invitations,
    roles,
    project_roles,
    reviews,
    workforce,
    insights,
    notifications,
)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; contacts nothing before it is started."""
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        app.state.resources = open_resources(settings)
        app.metrics.watch(app.state.resources)
        app.metrics.registry.register(QueueCollector(app.state.resources))
        keep_queue(app.state.resources)
        use_reviews(app.state.resources)
        use_quality(app.state.resources)
        app.state.handler_threads = HandlerThreads(settings.hot_threads)
        # As many handler threads as the pool keeps connections: a handler that waits for a thread
        # costs less than one for which a connection is opened, used once and closed again, and
        # fewer threads fight less for the interpreter. What overflows is for the keeper.
        limiter = anyio.to_thread.current_default_thread_limiter()
        limiter.total_tokens = settings.database.pool_size
        yield
        app.state.handler_threads.close()
        app.state.resources.close()

    app = Application(
        settings,
        title="Maskwright",
        version="1",
        lifespan=lifespan,
        openapi_url=f"{API_PREFIX}/openapi.json",
        docs_url=None,  # its program is loaded from elsewhere; see http/reference.py
        redoc_url=None,
        generate_unique_id_function=_operation_id,
    )
    problems = ProblemTable(packed_bodies.PROBLEMS, *(part.PROBLEMS for part in SLICES))
    app.state.problems = problems
    install_problem_handlers(app, problems)
    app.router.routes.extend(_slice_routes())
    app.hot_routes += hot_routes((part.router for part in SLICES), API_PREFIX)
    app.include_router(reference_router(f"{API_PREFIX}/openapi.json", f"{API_PREFIX}/docs"))
    install_operations(app)
    install_frontend(app, settings.frontend_folder or _FRONTEND_DIST)
    return app


@cache
def _slice_routes() -> list[BaseRoute]:
    """The routes of every slice, shared by all applications of this process: FastAPI reads all
    signatures at the first request, a sixth of a second's work, and keeps with these objects what
    it found."""
    table = APIRouter(generate_unique_id_function=_operation_id)
    for part in SLICES:
        # Each by itself: a router around them all would be passed by every request.
        table.include_router(part.router, prefix=API_PREFIX)
    return table.routes


_FRONTEND_DIST = Path(__file__).parents[2] / "frontend" / "dist"


def _operation_id(route: APIRoute) -> str:
    """`claim_next_task`: names that read well in a generated client."""
    return route.name
