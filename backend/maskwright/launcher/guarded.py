"""Our end of the guardian: tells it which children there are."""

import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from maskwright.launcher.program import Child

_SCRIPT = Path(__file__).with_name("guardian.py")


class Guardian:
    """The process that ends our children should we be killed (see guardian.py).

    hold_fds  descriptors that it keeps open for as long as it lives: a lock shared with it is
              released only when the last child is gone
    """

    def __init__(self, hold_fds: tuple[int, ...] = ()) -> None:
        self._hold_fds = hold_fds
        self._children: dict[int, Child] = {}
        self._process = self._start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def watch(self, child: Child) -> None:
        self._children[child.pid] = child
        self._tell([self._line_for(child)])

    def forget(self, child: Child) -> None:
        if self._children.pop(child.pid, None):
            self._tell([f"-{child.pid}\n"])

    def ensure_running(self) -> bool:
        """Whether it had to be started anew."""
        if self._process.poll() is None:
            return False
        self._close_pipe()
        self._process = self._start()
        self._tell(map(self._line_for, self._children.values()))
        return True

    def dismiss(self) -> None:
        """All children are gone: so may the guardian."""
        self._tell(["done\n"])
        self._close_pipe()
        self._process.wait()

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            # Isolated and without site: a bare interpreter of a few megabytes.
            [sys.executable, "-I", "-S", str(_SCRIPT)],
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,
            pass_fds=self._hold_fds,
        )

    def _tell(self, lines: Iterable[str]) -> None:
        pipe = self._process.stdin
        if pipe is None:
            return
        with suppress(BrokenPipeError):  # it died; ensure_running tells its successor everything
            pipe.writelines(lines)
            pipe.flush()

    def _close_pipe(self) -> None:
        pipe = self._process.stdin
        if pipe:
            with suppress(BrokenPipeError):
                pipe.close()

    @staticmethod
    def _line_for(child: Child) -> str:
        program = child.program
        return f"+{child.pid} {int(program.stop_signal)} {program.stop_seconds}\n"
