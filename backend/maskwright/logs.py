"""Structured logs, of one form for every process: readable lines, or one JSON object each.

What was noted in `kernel.log_context` (a request's id, a job's id, who acts) is on every line that
follows, those of libraries included.
"""

import asyncio
import json
import logging
import sys
from datetime import UTC, datetime
from threading import Lock
from typing import Self, TextIO
from uuid import UUID

import structlog
from pydantic_core import PydanticSerializationError, to_json
from structlog.types import EventDict, Processor, WrappedLogger

from maskwright.kernel.log_context import log_context
from maskwright.settings import Settings

_QUIET = ("alembic", "amqp", "celery.worker.strategy", "kombu", "PIL", "urllib3")


def configure_logging(settings: Settings) -> None:
    """Send the logs of structlog and of the standard library to stdout, in the form that is set.

    Ours go there directly: through the standard library's loggers, filters and formatters a line
    costs five times as much, and every request writes one.
    """
    shared: list[Processor] = [
        _add_context,
        structlog.processors.add_log_level,
        structlog.processors.StackInfoRenderer(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    is_json = settings.log_format == "json"
    structlog.configure(
        processors=_IN_ONE_GO if is_json else [*shared, *_rendering(settings)],
        logger_factory=_LineWriter(sys.stdout),
        wrapper_class=structlog.make_filtering_bound_logger(settings.log_level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendering(settings),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


class _LineWriter:
    """Writes lines to a file. Those of an event loop that are of no hurry are written together when
    it comes round: each write lets another thread take the interpreter, which gives it back when it
    pleases, and answers that were found together are logged together."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._lock = Lock()
        self._kept: list[str] = []
        self._keeper: asyncio.AbstractEventLoop | None = None

    def __call__(self, *_: object) -> Self:
        """As structlog asks for a logger."""
        return self

    def info(self, line: str) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # in a thread without one
            self.error(line)
            return
        with self._lock:
            if not self._kept or self._keeper is not loop:
                self._keeper = loop
                loop.call_soon(self._write_kept)
            self._kept.append(line)

    def error(self, line: str) -> None:
        """At once, and what came before it."""
        self._write_kept(line)

    debug = info
    warning = critical = error

    def _write_kept(self, *more: str) -> None:
        with self._lock:
            lines = [*self._kept, *more]
            self._kept.clear()
            if lines:
                self._file.write("\n".join([*lines, ""]))
                self._file.flush()


def _add_context(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {**log_context(), **event}


def _complete(_logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Context, level and time at once, the time as it is: writing it is a matter of the JSON's
    writer. Every request writes a line, and each processor of a chain has its price."""
    return {**log_context(), **event, "level": method, "timestamp": datetime.now(UTC)}


_add_stack = structlog.processors.StackInfoRenderer()
# A frame's local variables may hold people's data and secrets.
_add_trace = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
)


def _add_traces(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    if "exc_info" not in event and "stack_info" not in event:
        return event
    return _add_trace(logger, method, _add_stack(logger, method, event))


def _json_of(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    return _json(event)


_IN_ONE_GO: list[Processor] = [_complete, _add_traces, _json_of]


def _json(event: EventDict, **_: object) -> str:
    try:
        return to_json(event, fallback=repr).decode()
    except (PydanticSerializationError, UnicodeError):
        return json.dumps(event, default=_written)


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else repr(value)


def _as_people_write_them(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """An id that is read in a line is looked for elsewhere: without Python's wrapping."""
    return {name: _plain(value) for name, value in event.items()}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _rendering(settings: Settings) -> list[Processor]:
    if settings.log_format == "json":
        return [_add_trace, structlog.processors.JSONRenderer(_json)]
    return [
        _as_people_write_them,
        structlog.dev.ConsoleRenderer(
            colors=False,
            pad_event_to=0,
            # The plain form shows no frame's local variables.
            exception_formatter=structlog.dev.plain_traceback,
        ),
    ]
