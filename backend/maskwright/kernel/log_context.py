"""What all log lines of one request (or one job) have in common: its id, who asked, what for.

The values live in one dict that is shared by the event loop and the worker thread that runs the
handler, so that what the handler learns (who acts) is in the access line too. A plain context
variable would not do: a thread gets a copy, and what it sets there is lost.
"""

from contextvars import ContextVar

_context: ContextVar[dict[str, object] | None] = ContextVar("log_context", default=None)


def begin_log_context(**values: object) -> dict[str, object]:
    """Start afresh with `values`; returns the dict that `note` adds to."""
    context = dict(values)
    _context.set(context)
    return context


def continue_log_context(context: dict[str, object]) -> None:
    """Go on with a context in a thread that was not given a copy of the variables."""
    _context.set(context)


def note(**values: object) -> None:
    """Add to every further line of this request; without effect outside of one."""
    context = _context.get()
    if context is not None:
        context.update(values)


def log_context() -> dict[str, object]:
    """What was noted so far."""
    context = _context.get()
    return {} if context is None else context
