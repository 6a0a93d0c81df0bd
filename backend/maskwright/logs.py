"""Structured logs, of one form for every process: readable lines, or one JSON object each.

What was noted in `kernel.log_context` (a request's id, a job's id, who acts) is on every line that
follows, those of libraries included.
"""

import json
import logging
import sys

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
    structlog.configure(
        processors=[*shared, *_rendering(settings)],
        logger_factory=structlog.WriteLoggerFactory(sys.stdout),
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


def _add_context(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {**log_context(), **event}


def _json(event: EventDict, **_: object) -> str:
    try:
        return to_json(event, fallback=repr).decode()
    except (PydanticSerializationError, UnicodeError):
        return json.dumps(event, default=repr)


def _rendering(settings: Settings) -> list[Processor]:
    if settings.log_format == "json":
        return [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer(_json)]
    return [
        structlog.dev.ConsoleRenderer(
            colors=False,
            pad_event_to=0,
            # The plain form: a frame's local variables may hold people's data and secrets.
            exception_formatter=structlog.dev.plain_traceback,
        )
    ]
