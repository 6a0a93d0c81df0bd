"""`/healthz`, `/readyz`, `/metrics`: what those who run Maskwright, and their machines, ask."""

import hmac
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

import sqlalchemy as sa
import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel

from maskwright.db.migrations import is_at_head
from maskwright.http.dependencies import resources_of
from maskwright.http.middleware import Application
from maskwright.kernel.errors import Unauthenticated
from maskwright.work import Resources

log = structlog.get_logger(__name__)

_PROBE_SECONDS = 2
_PROBE_KEY = "health/probe"


class Health(BaseModel):
    status: Literal["ok"] = "ok"


class Part(BaseModel):
    """One thing that this process needs. `error` says in a word what is wrong with it."""

    ok: bool
    error: str | None = None


class Readiness(BaseModel):
    """`degraded`: without Redis the queue goes on through Postgres, without the blob store open
    images can be labeled on; only without the database nothing can be done."""

    status: Literal["ready", "degraded", "not-ready"]
    parts: dict[str, Part]


def install_operations(app: Application) -> None:
    app.include_router(router)


router = APIRouter(tags=["operations"])


@router.get("/healthz")
async def is_alive() -> Health:
    """Whether this process answers at all."""
    return Health()


@router.get("/readyz", responses={503: {"model": Readiness}})
def is_ready(request: Request) -> JSONResponse:
    """Whether this process can do its work, and which part is missing where it can't."""
    readiness = readiness_of(resources_of(request))
    status = 503 if readiness.status == "not-ready" else 200
    return JSONResponse(readiness.model_dump(exclude_none=True), status)


@router.get("/metrics", response_class=Response)
def metrics(request: Request) -> Response:
    """In the form of Prometheus; behind a bearer token where one is set."""
    resources = resources_of(request)
    wanted = resources.settings.security.metrics_token.get_secret_value()
    sent = request.headers.get("Authorization", "")
    if wanted and not hmac.compare_digest(sent.encode(), f"Bearer {wanted}".encode()):
        raise Unauthenticated
    return Response(generate_latest(request.app.metrics.registry), media_type=CONTENT_TYPE_LATEST)


def readiness_of(resources: Resources) -> Readiness:
    parts = {
        "postgres": _probe("postgres", lambda: _ask_postgres(resources)),
        "redis": _probe("redis", lambda: _ask_redis(resources)),
        "blobs": _probe("blobs", lambda: _write_blob(resources)),
    }
    if all(part.ok for part in parts.values()):
        return Readiness(status="ready", parts=parts)
    return Readiness(status="degraded" if parts["postgres"].ok else "not-ready", parts=parts)


class SchemaIsOther(Exception):
    """The database was migrated further than this code, or not as far."""


def _probe(name: str, ask: Callable[[], None]) -> Part:
    """A probe must answer whatever is wrong, so it is the one place that catches everything. What
    the error says may hold addresses and names: that is for the log, not for the answer."""
    try:
        ask()
    except Exception as error:  # noqa: BLE001
        log.warning("part_not_ready", part=name, error=str(error))
        return Part(ok=False, error=type(error).__name__)
    return Part(ok=True)


def _ask_postgres(resources: Resources) -> None:
    """On a connection of its own: a pool in full use is no reason to call the process unready,
    and a server that hangs must not hang the probe."""
    with _probe_engine(resources.settings.database.sqlalchemy_url).connect() as connection:
        if not is_at_head(connection):
            raise SchemaIsOther("run `maskwright migrate`, or start the newer version")


@lru_cache(maxsize=4)
def _probe_engine(url: str) -> sa.Engine:
    """Keeps no connection; only what SQLAlchemy learns about the server is kept."""
    options = f"-c statement_timeout={_PROBE_SECONDS * 1000}"
    return sa.create_engine(
        url,
        poolclass=sa.NullPool,
        connect_args={"connect_timeout": _PROBE_SECONDS, "options": options},
    )


def _ask_redis(resources: Resources) -> None:
    resources.redis.ping()


def _write_blob(resources: Resources) -> None:
    resources.blobs.put(_PROBE_KEY, b"ok", content_type="text/plain")
