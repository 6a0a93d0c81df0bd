"""Routes that open their work themselves.

FastAPI runs a plain `def` handler in a worker thread, and every plain `def` dependency in a
thread hop of its own, which costs about a quarter of a small request. So the dependencies here
are coroutines without I/O: they only collect what the request brought. The route then opens the
`Work` (session, authentication, commit) inside the handler's own thread, around the handler, and
the commit has held before a byte of the answer is sent.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from fastapi.routing import APIRoute, APIRouter

from maskwright.work import Work

_OPENS_WORK = "__opens_work__"


class WorkRoute(APIRoute):
    """A route whose handler's `work` argument is open while the handler runs."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, _opening_work(endpoint), **options)


def work_router(**options: Any) -> APIRouter:
    """A router for handlers that take `work: CurrentWork` (or `PublicWork`)."""
    return APIRouter(route_class=WorkRoute, **options)


def _opening_work(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    # FastAPI builds a route anew when a router is included; the handler is wrapped once.
    if getattr(endpoint, _OPENS_WORK, False):
        return endpoint

    @wraps(endpoint)
    def handler(*arguments: Any, **named: Any) -> Any:
        work = named.get("work")
        if not isinstance(work, Work):
            return endpoint(*arguments, **named)
        with work:
            return endpoint(*arguments, **named)

    setattr(handler, _OPENS_WORK, True)
    return handler
