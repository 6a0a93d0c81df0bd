"""Programs that are run as children: what to start, and how to stop it."""

import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from maskwright.launcher.notes import OWN_PREFIX

LogLine = Callable[[str, str], None]
_KEPT_LINES = 40
_POLL_SECONDS = 0.02


@dataclass(frozen=True)
class SystemUser:
    """The uid and gid that a program runs as where we are root and it refuses to be."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Program:
    """A program to run as a child.

    is_ready        asked again and again after the start until it says so
    stop_signal     asks the program to end in its own good order
    before_restart  run before each start after the first; mends what a crash left behind
    is_noise        lines that nobody needs to read
    begins_message  whether a line is the first of what is said together
    is_cause        whether a line begins what says why it ended; where none does, the last one does
    """

    name: str
    argv: Sequence[str]
    is_ready: Callable[[], bool] = lambda: True
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    system_user: SystemUser | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0
    pass_fds: tuple[int, ...] = ()
    before_restart: Callable[[], None] = lambda: None
    is_noise: Callable[[str], object] = lambda line: None
    begins_message: Callable[[str], object] = lambda line: True
    is_cause: Callable[[str], object] = lambda line: None


class Child:
    """A started program, in a session of its own, whose lines are handed to `log`.

    A session of its own: Ctrl-C in the terminal reaches only the supervisor, which then ends its
    children in the right order, and a whole group can be ended with one signal.
    """

    def __init__(self, program: Program, log: LogLine) -> None:
        self.program = program
        self.started_at = time.monotonic()
        self.last_lines: deque[str] = deque(maxlen=_KEPT_LINES)
        self._log = log
        user = program.system_user
        self._process = subprocess.Popen(
            program.argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, **program.environment},
            cwd=program.folder,
            pass_fds=program.pass_fds,
            start_new_session=True,
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
        )
        self._reader = threading.Thread(target=self._read, name=f"{program.name}-log", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        return self._process.poll()

    @property
    def exit_words(self) -> str:
        """How it ended, in words: "exit code 1", "signal KILL"."""
        code = self.exit_code
        if code is None:
            return "still running"
        if code < 0:
            return f"signal {signal.Signals(-code).name.removeprefix('SIG')}"
        return f"exit code {code}"

    @property
    def last_words(self) -> str:
        """Why it ended, or else what it said last, in one line; how it ended, where it said
        nothing."""
        messages: list[list[str]] = []
        for line in self.last_lines:
            if self.program.begins_message(line) or not messages:
                messages.append([])
            messages[-1].append(line)
        causes = [lines for lines in messages if self.program.is_cause(lines[0])]
        said = next(reversed(causes or messages), [])
        return " ".join(line.removeprefix(OWN_PREFIX).strip() for line in said) or self.exit_words

    @property
    def uptime_seconds(self) -> float:
        return time.monotonic() - self.started_at

    def ask_to_stop(self) -> None:
        with suppress(ProcessLookupError):
            self._process.send_signal(self.program.stop_signal)

    def wait(self, seconds: float) -> bool:
        """Whether it ended within `seconds`."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def close(self) -> None:
        """End what is left of it and of whatever it started, at once."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join(timeout=1)

    def stop(self) -> None:
        """Ask it to end, and end it where it doesn't."""
        if self.exit_code is None:
            self.ask_to_stop()
            self.wait(self.program.stop_seconds)
        self.close()

    def wait_until_ready(self, seconds: float) -> bool:
        """Whether it became ready within `seconds`, and is still there."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.exit_code is None:
            if self.program.is_ready():
                return True
            time.sleep(_POLL_SECONDS)
        self._reader.join(timeout=0.5 if self.exit_code is not None else 0)
        return False

    def _read(self) -> None:
        pipe = self._process.stdout
        if pipe is None:  # Popen was given a pipe; this tells the type checker
            return
        with pipe:
            for raw in pipe:
                line = raw.decode(errors="replace").rstrip()
                if line:
                    self.last_lines.append(line)
                    if not self.program.is_noise(line):
                        self._log(self.program.name, line)
