"""The short way for the busiest routes.

A route declared `@hot` is a route like any other: FastAPI reads its signature, describes it and
can answer it. But what FastAPI and Starlette do around a handler (eight layers of middleware, a
search through all routes, a dependency graph solved anew for each request, a hop to a shared
thread) takes longer than these handlers. So a request for one of them is looked at first: where
it is as it should be, the body is read straight from its bytes, and the same handler runs on a
thread of its own. Whatever is out of the ordinary (no credentials, a body that is not what the
schema says, a bad id) goes FastAPI's way from the start, and is answered as everywhere.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from inspect import Parameter, signature
from typing import Any, TypeVar, cast
from uuid import UUID

from fastapi import Request, Response
from fastapi.params import Depends, Header
from fastapi.routing import APIRoute, APIRouter
from pydantic import TypeAdapter, ValidationError
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from maskwright.accounts.domain import Actor, Credentials
from maskwright.accounts.service import recognize
from maskwright.http.authentication import credentials_from
from maskwright.http.dependencies import collect_lane_work, collect_work, raw_body, work_for
from maskwright.http.problems import answer_to_error
from maskwright.http.threads import HandlerThreads
from maskwright.kernel.log_context import continue_log_context, log_context
from maskwright.work import Resources, Work

F = TypeVar("F", bound=Callable[..., Any])

AnswerTogether = Callable[
    [Work, Sequence[tuple[Work, Mapping[str, Any]]]], Sequence[Response | None]
]
"""Takes the work that is open for all of them, and each request's: that of its sender, and its
handler's arguments."""

Apart = Callable[[Resources, UUID], bool]
"""Whether a request for what has this id is better answered by itself. Asked in the event loop, so
that it must know without looking."""

_HOT = "__hot__"
_TOGETHER = "__hot_together__"
_APART = "__hot_apart__"
#: Whose body is longer takes so long that others should not wait for it.
_TOGETHER_BYTES = 64 * 1024
_ID_IN_TEMPLATE = re.compile(r"\{(\w+)\}")
_ID = "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"


def hot(handler: F) -> F:
    """Let requests for this handler go the short way.

    It takes `work` and one id from the path; besides, as it likes, a body, headers and the body's
    bytes. It answers with a `Response`.
    """
    setattr(handler, _HOT, True)
    return handler


def hot_together(together: AnswerTogether, *, apart: Apart | None = None) -> Callable[[F], F]:
    """The same for a handler of whose requests several are answered at once where they come at
    the same moment. `together` is asked then, with the arguments that the handler would be called
    with; where it has no answer, the handler is asked. It is asked first where `apart` says so."""

    def mark(handler: F) -> F:
        setattr(handler, _TOGETHER, together)
        setattr(handler, _APART, apart)
        return hot(handler)

    return mark


class OutOfTheOrdinary(Exception):
    """The request is not as the short way needs it."""


@dataclass(slots=True)
class HotRoute:
    """What is found out about a hot route before a request comes."""

    method: str
    path: str
    """the template, as in the OpenAPI document"""
    pattern: re.Pattern[str]
    id_name: str
    handler: Callable[..., Response]
    on_lane: bool = False
    body_name: str = ""
    body: TypeAdapter[Any] | None = None
    body_may_be_missing: bool = False
    raw_name: str = ""
    headers: list[tuple[str, str, TypeAdapter[Any]]] = field(default_factory=list)
    """(parameter, name, type)"""
    together: AnswerTogether | None = None
    apart: Apart | None = None

    @classmethod
    def of(cls, route: APIRoute, prefix: str) -> "HotRoute":
        path, method = prefix + route.path, min(route.methods or ())
        [id_name] = _ID_IN_TEMPLATE.findall(path)
        pattern = re.compile(_ID_IN_TEMPLATE.sub(_ID, path))
        hot_route = cls(method, path, pattern, id_name, route.endpoint)
        hot_route.together = getattr(route.endpoint, _TOGETHER, None)
        hot_route.apart = getattr(route.endpoint, _APART, None)
        for parameter in signature(route.endpoint).parameters.values():
            if parameter.name != id_name:
                hot_route._learn(parameter)
        return hot_route

    def _learn(self, parameter: Parameter) -> None:
        """Take in one parameter of the handler, by what FastAPI would make of it."""
        for marker in getattr(parameter.annotation, "__metadata__", ()):
            if isinstance(marker, Header):
                name = marker.alias or parameter.name.replace("_", "-")
                adapter = TypeAdapter[Any](parameter.annotation)
                self.headers.append((parameter.name, name, adapter))
                return
            if isinstance(marker, Depends):
                if marker.dependency is raw_body:
                    self.raw_name = parameter.name
                    return
                if parameter.name == "work" and marker.dependency in (
                    collect_lane_work,
                    collect_work,
                ):
                    self.on_lane = marker.dependency is collect_lane_work
                    return
                raise TypeError(f"{self.path}: {parameter.name} is nothing for the short way.")
        self.body_name = parameter.name
        self.body = TypeAdapter(parameter.annotation)
        self.body_may_be_missing = parameter.default is None

    def goes_together(self, resources: Resources, call: "Call") -> bool:
        """Whether it is answered with others, should there be any."""
        if len(call.raw) > _TOGETHER_BYTES:
            return False
        return self.apart is None or not self.apart(resources, UUID(call.id_))

    def arguments(self, call: "Call") -> dict[str, Any]:
        """The handler's, but for `work`; raises OutOfTheOrdinary, also where FastAPI might see
        nothing wrong: it has the last word."""
        try:
            arguments: dict[str, Any] = {self.id_name: UUID(call.id_)}
            raw = call.raw
            if self.body is not None and (raw or not self.body_may_be_missing):
                arguments[self.body_name] = self.body.validate_json(raw)
            for parameter, name, adapter in self.headers:
                arguments[parameter] = adapter.validate_python(call.headers.get(name))
        except ValidationError as error:
            raise OutOfTheOrdinary from error
        if self.raw_name:
            arguments[self.raw_name] = raw
        return arguments


@dataclass(frozen=True, slots=True)
class Call:
    """A request for a hot route.

    id_      the one in its path
    context  what all lines of its log have in common
    """

    credentials: Credentials
    id_: str
    headers: Headers
    raw: bytes
    context: dict[str, object]


def hot_routes(routers: Iterable[APIRouter], prefix: str) -> list[HotRoute]:
    """Those of these routers, under a prefix."""
    return [
        HotRoute.of(route, prefix)
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute) and hasattr(route.endpoint, _HOT)
    ]


class ShortWay:
    """Answers what is for a hot route and as it should be; hands all else on."""

    def __init__(self, app: ASGIApp, application: Starlette, routes: list[HotRoute]) -> None:
        self.app = app
        self.application = application
        self._routes = [(route.method, route.pattern.fullmatch, route) for route in routes]
        self._last_words = {route.path.rpartition("/")[2] for route in routes}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._find(scope) if scope["type"] == "http" else None
        if found is None:
            await self.app(scope, receive, send)
            return
        route, id_ = found
        headers = Headers(scope=scope)
        scope["app"] = self.application
        request = Request(scope)
        credentials = credentials_from(request)
        resources = cast(Resources, self.application.state.resources)
        limit = resources.settings.limits.request_json_bytes
        if not _is_ordinary(headers, credentials, limit):
            await self.app(scope, receive, send)
            return
        raw = await _read(receive)
        if raw is None:  # the client left
            return
        scope["route"] = route
        call = Call(credentials, id_, headers, raw, log_context())
        try:
            response = await self._answer(route, call)
        except OutOfTheOrdinary:
            await self.app(scope, _again(raw, receive), send)
            return
        except Exception as error:  # noqa: BLE001 - as Starlette does around every handler
            response = answer_to_error(self.application, request, error)
        await response(scope, receive, send)

    async def _answer(self, route: HotRoute, call: Call) -> Response:
        resources = cast(Resources, self.application.state.resources)
        threads = cast(HandlerThreads, self.application.state.handler_threads)
        if route.together is not None and route.goes_together(resources, call):
            answer_all = partial(_answer_together, resources, route, route.together)
            response = await threads.gathering(route.path, answer_all).do(call)
            if response is not None:
                return response
        return await threads.run(partial(_answer, resources, route, call))

    def _find(self, scope: Scope) -> tuple[HotRoute, str] | None:
        path: str = scope["path"]
        if path.rpartition("/")[2] not in self._last_words:
            return None
        method = scope["method"]
        for wanted, match, route in self._routes:
            if method == wanted and (matched := match(path)) is not None:
                return route, matched[1]
        return None


def _answer(resources: Resources, route: HotRoute, call: Call) -> Response:
    """In a handler's thread."""
    continue_log_context(call.context)
    arguments = route.arguments(call)
    work = work_for(resources, call.credentials, on_lane=route.on_lane)
    return route.handler(work=work, **arguments)


def _answer_together(
    resources: Resources, route: HotRoute, together: AnswerTogether, calls: Sequence[Call]
) -> list[Response | None]:
    """In a handler's thread: the answers to those calls that are as they should be. Whatever is
    wrong with one of them is found again, and said, when it is answered by itself."""
    responses: list[Response | None] = [None] * len(calls)
    ordinary = dict(_ordinary_calls(route, calls))
    if not ordinary:
        return responses
    try:
        with Work(resources, authenticate=lambda _: None, on_lane=True) as work:
            actors = recognize(work.lane, [calls[at].credentials for at in ordinary])
            known = {
                at: (_in_the_name_of(work, actor, calls[at]), arguments)
                for (at, arguments), actor in zip(ordinary.items(), actors, strict=True)
                if actor is not None
            }
            for at, response in zip(known, together(work, list(known.values())), strict=True):
                responses[at] = response
    except Exception:  # noqa: BLE001 - it is that of one of them, who meets it again by himself
        return [None] * len(calls)
    return responses


def _ordinary_calls(
    route: HotRoute, calls: Sequence[Call]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for at, call in enumerate(calls):
        with suppress(OutOfTheOrdinary):
            yield at, route.arguments(call)


def _in_the_name_of(work: Work, actor: Actor, call: Call) -> Work:
    call.context.update(user_id=actor.user_id, organization_id=actor.organization_id)
    return work.acting_as(actor)


def _is_ordinary(headers: Headers, credentials: Credentials, limit: int) -> bool:
    """Somebody with credentials, and a body of JSON, of a length that is known and allowed."""
    if credentials.bearer is None and credentials.session_secret is None:
        return False
    declared = headers.get("content-length", "0")
    if "transfer-encoding" in headers or not declared.isdecimal() or int(declared) > limit:
        return False
    return declared == "0" or headers.get("content-type", "").lower() == "application/json"


async def _read(receive: Receive) -> bytes | None:
    """The body; None where the client left before it was all here."""
    parts = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts) if len(parts) > 1 else cast(bytes, parts[0])


def _again(raw: bytes, receive: Receive) -> Receive:
    """The body once more, for who reads it the long way."""
    waiting: list[Message] = [{"type": "http.request", "body": raw, "more_body": False}]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again
