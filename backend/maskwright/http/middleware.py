"""What surrounds every request: its id, its line in the log, its time, the headers that protect
the browser, and the bound on its size.

Plain ASGI: Starlette's base class for middleware runs each request in a task group of its own,
which costs more than everything done here.
"""

import re
from collections.abc import Mapping
from time import perf_counter
from typing import Any

import structlog
from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from maskwright.http.authentication import cookie_name
from maskwright.http.hot import HotRoute, ShortWay
from maskwright.http.metrics import RequestMetrics
from maskwright.http.openapi import complete_document
from maskwright.http.packed_bodies import PackedBodies
from maskwright.kernel.ids import new_id
from maskwright.kernel.log_context import begin_log_context
from maskwright.settings import SecuritySettings, Settings

log = structlog.get_logger(__name__)

REQUEST_ID_HEADER = "X-Request-ID"
#: Of the client's choice only where it can't forge a line of the log.
_SAFE_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
#: What the OpenAPI document promises to whoever is not signed in.
PUBLIC_OPERATIONS = frozenset(
    {
        *(("get", path) for path in _PROBES),
        ("post", "/api/v1/session"),
        ("get", "/api/v1/invitations/by-token/{token}"),
        ("post", "/api/v1/invitations/by-token/{token}/accept"),
        ("post", "/api/v1/password-resets"),
        ("get", "/api/v1/password-resets/by-token/{reset_token}"),
        ("post", "/api/v1/password-resets/by-token/{reset_token}"),
        ("post", "/api/v1/unsubscribe/{unsubscribe_token}"),
    }
)
#: Who says nothing about himself can only sign in, accept an invitation or set a password anew.
STRANGER_BODY_BYTES = 64 * 1024
_CLIENT_LEFT = 499

RawHeaders = list[tuple[bytes, bytes]]


class Application(FastAPI):
    """A FastAPI around which our middleware lies outermost, so that the 500 of an unforeseen
    error has an id, a line in the log and its headers, too."""

    def __init__(self, settings: Settings, **options: Any) -> None:
        super().__init__(**options)
        self.settings = settings
        self.metrics = RequestMetrics()
        self.hot_routes: list[HotRoute] = []

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            complete_document(super().openapi(), PUBLIC_OPERATIONS)
        return super().openapi()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As Starlette's, which FastAPI's asks the environment about telemetry before, each time:
        that of our own middleware is all we have."""
        if scope["type"] != "http" or self.middleware_stack is None or self.root_path:
            await super().__call__(scope, receive, send)
            return
        scope["app"] = self
        await self.middleware_stack(scope, receive, send)

    def build_middleware_stack(self) -> ASGIApp:
        bounded = BodyLimit(super().build_middleware_stack(), self.settings)
        short = ShortWay(bounded, self, self.hot_routes)
        unpacked = PackedBodies(short, self, bounded.limit_of)
        return RequestMiddleware(unpacked, self.settings.security, self.metrics)


class RequestMiddleware:
    """Gives each request an id, and sees to what it leaves behind."""

    def __init__(self, app: ASGIApp, security: SecuritySettings, metrics: RequestMetrics) -> None:
        self.app = app
        self.metrics = metrics
        headers = security_headers(security)
        self._pages = _raw(headers)
        self._api = _raw({**headers, "Cache-Control": "no-store"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id_of(scope)
        scope["request_id"] = request_id
        begin_log_context(request_id=request_id)
        status, streams = _CLIENT_LEFT, False

        async def send_with_headers(message: Message) -> None:
            nonlocal status, streams
            if message["type"] == "http.response.start":
                status = message["status"]
                present = dict(message["headers"])
                streams = present.get(b"content-type", b"").startswith(b"text/event-stream")
                added = [(b"x-request-id", request_id.encode()), *self._added_to(scope["path"])]
                message["headers"] = [
                    *message["headers"],
                    *(header for header in added if header[0] not in present),
                ]
            await send(message)

        began = perf_counter()
        self.metrics.began()
        try:
            await self.app(scope, receive, send_with_headers)
        finally:
            self._ended(scope, status, perf_counter() - began, streams=streams)

    def _added_to(self, path: str) -> RawHeaders:
        """The headers of answers at this path, save those that the handler has set itself."""
        return self._api if path.startswith("/api/") else self._pages

    def _ended(self, scope: Scope, status: int, seconds: float, *, streams: bool) -> None:
        method, route = scope["method"], route_template(scope)
        self.metrics.ended(method, route, status, seconds, streams=streams)
        write = log.debug if route in _PROBES else log.info
        write("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))


def _raw(headers: Mapping[str, str]) -> RawHeaders:
    """As ASGI sends them; made once, for they go out with every answer."""
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def route_template(scope: Scope) -> str:
    """`/api/v1/projects/{project_id}`: the path itself may hold secrets (of an invitation), and
    there is no end of paths."""
    # A route of an included router knows only its own part of the path.
    context = scope.get("fastapi", {}).get("effective_route_context")
    path = getattr(context, "path", None) or getattr(scope.get("route"), "path", None)
    # A mounted folder has no route, but a root.
    return path or scope.get("root_path") or "unmatched"


def security_headers(security: SecuritySettings) -> Mapping[str, str]:
    headers = {
        "Content-Security-Policy": PAGE_POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    if security.public_url.lower().startswith("https://"):
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


PAGE_POLICY = "; ".join(
    (
        "default-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' blob: data:",
        "object-src 'none'",
        "script-src 'self'",
        # Dialogs and menus put their positions into style attributes.
        "style-src 'self' 'unsafe-inline'",
        "worker-src 'self' blob:",
    )
)


class BodyLimit:
    """Bounds what a request may send, before it is read. Files (multipart) have bounds of their
    own, which the assets slice keeps while it stores them piece by piece."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.known_bytes = settings.limits.request_json_bytes
        self.cookie = f"{cookie_name(settings.security)}="

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = self.limit_of(headers)
        if limit is None or (limit == self.known_bytes and _is_read_by_lines(scope, headers)):
            await self.app(scope, receive, send)
            return
        declared = headers.get("content-length", "")
        received = int(declared) if declared.isdecimal() else 0

        async def receive_within_limit() -> Message:
            # Raised here, the error passes through the handlers that make problems of errors.
            nonlocal received
            if received > limit:
                raise HTTPException(413, f"The bound is {limit} bytes.")
            message = await receive()
            if message["type"] == "http.request" and not declared:
                received += len(message.get("body", b""))
                if received > limit:
                    raise HTTPException(413, f"The bound is {limit} bytes.")
            return message

        await self.app(scope, receive_within_limit, send)

    def limit_of(self, headers: Headers) -> int | None:
        """How many bytes this sender's body may have; None where another bound holds."""
        knows_us = "authorization" in headers or self.cookie in headers.get("cookie", "")
        if not knows_us:
            return STRANGER_BODY_BYTES
        if headers.get("content-type", "").startswith("multipart/form-data"):
            return None
        return self.known_bytes


def _request_id_of(scope: Scope) -> str:
    sent = Headers(scope=scope).get(REQUEST_ID_HEADER, "")
    return sent if _SAFE_REQUEST_ID.fullmatch(sent) else str(new_id())


_READ_BY_LINES = re.compile(r"/api/v1/projects/[^/]+/predictions")


def _is_read_by_lines(scope: Scope, headers: Headers) -> bool:
    """Such a body is never whole in memory; who reads it bounds its lines."""
    if not headers.get("content-type", "").startswith("application/x-ndjson"):
        return False
    return _READ_BY_LINES.fullmatch(scope["path"]) is not None
