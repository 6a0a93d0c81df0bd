"""Waiting on conditions, never on time."""

import time
from collections.abc import Callable

_POLL_SECONDS = 0.02
#: Nothing waits so long where it works, on however slow a machine; whoever means a shorter time
#: measures it.
PATIENCE_SECONDS = 60.0


def wait_until(
    condition: Callable[[], bool], what: str, *, seconds: float = PATIENCE_SECONDS
) -> None:
    """Return as soon as `condition` holds; raises TimeoutError that says `what` did not."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds:g} s in vain until {what}")
        time.sleep(_POLL_SECONDS)
