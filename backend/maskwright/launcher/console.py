"""The log in the terminal: one line after the other, each prefixed by who said it."""

import os
import sys
import threading
from typing import TextIO

_NAME_WIDTH = 10
_COLORS = {
    "maskwright": "\x1b[1m",
    "postgres": "\x1b[34m",
    "redis": "\x1b[31m",
    "setup": "\x1b[33m",
    "api": "\x1b[32m",
    "worker": "\x1b[35m",
    "web": "\x1b[36m",
}
_RESET = "\x1b[0m"


class Console:
    """Writes prefixed lines from many threads; in colour where somebody looks at it."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._lock = threading.Lock()
        self._colored = "NO_COLOR" not in os.environ and (
            "FORCE_COLOR" in os.environ or self._stream.isatty()
        )

    def line(self, name: str, text: str) -> None:
        prefix = f"{name:<{_NAME_WIDTH}} |"
        if self._colored:
            prefix = f"{_COLORS.get(name, '')}{prefix}{_RESET}"
        with self._lock:
            print(prefix, text, file=self._stream, flush=True)

    def say(self, text: str) -> None:
        """A line of the supervisor's own."""
        self.line("maskwright", text)
