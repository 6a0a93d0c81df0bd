"""Errors as `application/problem+json` (RFC 9457).

The domain raises small typed errors; every slice's `routes.py` names, in `PROBLEMS`, how its own
look from outside; `ProblemTable` holds them all. A problem has a stable `code`, a `title` that a
person can act on, the request's id, and the error's extras as further members.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import psycopg
import sqlalchemy.exc
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from maskwright.kernel.errors import (
    Conflict,
    Forbidden,
    InvalidInput,
    MaskwrightError,
    NotFound,
    Unauthenticated,
)

log = structlog.get_logger(__name__)

TYPE_PREFIX = "https://maskwright.dev/problems/"
MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """How an error looks from outside."""

    status: int
    code: str
    headers: Mapping[str, str] = field(default_factory=dict)


ErrorType = type[MaskwrightError]

KERNEL_PROBLEMS: dict[ErrorType, Problem] = {
    NotFound: Problem(404, "not-found"),
    Unauthenticated: Problem(401, "unauthenticated"),
    Forbidden: Problem(403, "forbidden"),
    Conflict: Problem(409, "conflict"),
    InvalidInput: Problem(422, "invalid-input"),
}


class ProblemTable:
    """Which problem an error is; a derived error that is not named takes its parent's."""

    def __init__(self, *tables: Mapping[ErrorType, Problem]) -> None:
        self._problems: dict[ErrorType, Problem] = dict(KERNEL_PROBLEMS)
        for table in tables:
            self._problems.update(table)

    @property
    def table(self) -> Mapping[ErrorType, Problem]:
        """Every error with a problem of its own."""
        return self._problems

    def of(self, error: MaskwrightError) -> Problem:
        for ancestor in type(error).__mro__:
            if ancestor in self._problems:
                return self._problems[ancestor]
        return Problem(500, "internal-error")

    def body(self, error: MaskwrightError) -> dict[str, Any]:
        """The problem as JSON values, for answers that carry problems of several items."""
        problem = self.of(error)
        return {
            "type": TYPE_PREFIX + problem.code,
            "code": problem.code,
            "title": str(error),
            "status": problem.status,
            **jsonable_encoder(error.extras),
        }


def install_problem_handlers(app: FastAPI, table: ProblemTable) -> None:
    """Every error that leaves a route becomes a problem; the unforeseen ones are logged in full
    and answered without their insides."""

    def on_domain_error(request: Request, error: MaskwrightError) -> JSONResponse:
        headers = dict(table.of(error).headers)
        if "retry_after_seconds" in error.extras:
            headers["Retry-After"] = str(error.extras["retry_after_seconds"])
        return problem_response(request, table.body(error), headers)

    def on_invalid_request(request: Request, error: RequestValidationError) -> JSONResponse:
        if isinstance(error.body, bytes) and error.body:
            return problem_response(request, _NOT_JSON)
        return problem_response(request, _body_of_validation(error.errors(), error.body))

    def on_http_error(request: Request, error: HTTPException) -> JSONResponse:
        code, title = _HTTP_ERRORS.get(error.status_code, ("http-error", str(error.detail)))
        body = {
            "type": TYPE_PREFIX + code,
            "code": code,
            "title": title,
            "status": error.status_code,
            "detail": str(error.detail),
        }
        return problem_response(request, body, dict(error.headers or {}))

    def on_surprise(request: Request, error: Exception) -> JSONResponse:
        log.error("unhandled_error", exc_info=error, path=request.url.path)
        return problem_response(
            request,
            {
                "type": TYPE_PREFIX + "internal-error",
                "code": "internal-error",
                "title": "Something went wrong on our side. Nothing was changed; try again, "
                "and tell your administrator the request id if it stays.",
                "status": 500,
            },
        )

    app.exception_handler(MaskwrightError)(on_domain_error)
    app.exception_handler(RequestValidationError)(on_invalid_request)
    app.exception_handler(HTTPException)(on_http_error)
    app.exception_handler(Exception)(on_surprise)
    _install_database_handlers(app, table)


def _install_database_handlers(app: FastAPI, table: ProblemTable) -> None:
    """What the database says of a request, of others at the same moment, or of itself."""

    def on_unstorable(request: Request, error: Exception) -> JSONResponse:
        return problem_response(request, _UNSTORABLE)

    def on_collision(request: Request, error: Exception) -> JSONResponse:
        refusal = getattr(error, "orig", error)
        if not isinstance(refusal, _COLLISIONS):
            raise error
        log.warning("collision", constraint=refusal.diag.constraint_name, path=request.url.path)
        return problem_response(request, table.body(Conflict()))

    def on_database_trouble(request: Request, error: Exception) -> JSONResponse:
        log.error("database_trouble", error=str(error), path=request.url.path)
        return problem_response(request, _DATABASE_UNAVAILABLE, {"Retry-After": "2"})

    for kind in _UNSTORABLES:
        app.exception_handler(kind)(on_unstorable)
    for kind in (sqlalchemy.exc.IntegrityError, psycopg.IntegrityError):
        app.exception_handler(kind)(on_collision)
    for kind in _DATABASE_TROUBLES:
        app.exception_handler(kind)(on_database_trouble)


def answer_to_error(app: Starlette, request: Request, error: Exception) -> Response:
    """The problem that an error is, where it did not pass through FastAPI's own handling."""
    for kind in type(error).__mro__:
        handler: Any = app.exception_handlers.get(kind)
        if handler is not None:
            return cast(Response, handler(request, error))
    raise error


def problem_response(
    request: Request, body: dict[str, Any], headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """A problem as an answer to this request."""
    completed = {
        **body,
        "instance": request.url.path,
        "request_id": request.scope.get("request_id"),
    }
    return JSONResponse(completed, body["status"], dict(headers or {}), media_type=MEDIA_TYPE)


#: Away, out of connections, too slow, or in the way of itself (a deadlock): all pass.
_DATABASE_TROUBLES: tuple[type[Exception], ...] = (
    sqlalchemy.exc.OperationalError,
    sqlalchemy.exc.InterfaceError,
    sqlalchemy.exc.TimeoutError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
)
_DATABASE_UNAVAILABLE: dict[str, Any] = {
    "type": TYPE_PREFIX + "database-unavailable",
    "code": "database-unavailable",
    "title": "The database does not answer, or has too much to do. Try again in a moment.",
    "status": 503,
}
#: What was free or there when we looked, and is not any more: of two who do the same at one moment,
#: the later one. Who looks again is told what it is.
_COLLISIONS = (psycopg.errors.UniqueViolation, psycopg.errors.ForeignKeyViolation)
_UNSTORABLES: tuple[type[Exception], ...] = (sqlalchemy.exc.DataError, psycopg.DataError)
#: What passed our checks but not the database's, such as U+0000 in a text.
_UNSTORABLE: dict[str, Any] = {
    "type": TYPE_PREFIX + "invalid-input",
    "code": "invalid-input",
    "title": "Some text or number holds what can't be stored, such as the character U+0000.",
    "status": 422,
}

#: A body reaches the check as bytes only where its content type was not JSON's.
_NOT_JSON: dict[str, Any] = {
    "type": TYPE_PREFIX + "unsupported-media-type",
    "code": "unsupported-media-type",
    "title": "Send the body as JSON, with the header Content-Type: application/json.",
    "status": 415,
}

_HTTP_ERRORS: dict[int, tuple[str, str]] = {
    404: ("not-found", "There is nothing at this address."),
    405: ("method-not-allowed", "This address does not take that method."),
    400: ("malformed-request", "The request could not be read."),
    413: ("too-large", "What was sent is larger than this server takes."),
}


def _body_of_validation(errors: Sequence[Any], sent: object) -> dict[str, Any]:
    """Fields are named as a client writes them: `classes[0].name`."""
    fields = [_fault(error, sent) for error in errors]
    first = fields[0] if fields else {"field": "", "message": "unreadable"}
    return {
        "type": TYPE_PREFIX + "invalid-input",
        "code": "invalid-input",
        "title": f"{first['field'] or 'The request'}: {first['message']}",
        "status": 422,
        "errors": fields,
    }


def _fault(error: Mapping[str, Any], sent: object) -> dict[str, str]:
    if error["type"] == "json_invalid":
        reason = error.get("ctx", {}).get("error", "it can't be read")
        return {
            "field": "",
            "message": f"The body is no JSON at character {error['loc'][-1]}: {reason}",
        }
    location = error["loc"]
    if location and location[0] == "body":
        return {"field": _field_name(_path_in(sent, location[1:])), "message": error["msg"]}
    return {"field": _field_name(location[1:]), "message": error["msg"]}


def _path_in(sent: object, location: Sequence[str | int]) -> Iterator[str | int]:
    """The parts of a location that the client wrote. The others name branches of unions, which
    are our affair; only a field that is missing is told although it isn't there."""
    here: Any = sent
    for position, part in enumerate(location):
        if _is_there(here, part):
            here = here[part]
        elif position < len(location) - 1 or not isinstance(here, dict):
            continue
        yield part


def _is_there(value: object, part: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, dict) and part in value


def _field_name(location: Iterable[str | int]) -> str:
    name = ""
    for part in location:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
    return name if len(name) <= _FIELD_CHARACTERS else name[:_FIELD_CHARACTERS] + "…"


_FIELD_CHARACTERS = 200
