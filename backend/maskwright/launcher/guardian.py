"""Ends the children of a supervisor that died without doing so (kill -9, out of memory).

A process of its own that holds the reading end of a pipe. The supervisor writes to it which
children there are; the kernel closes the pipe when the supervisor goes, however it went. Run as a
plain script, it imports nothing of ours, so that it stays small and can't fail for our reasons.

Lines: `+PID SIGNAL SECONDS` (a child, and how to ask it to end), `-PID`, and `done`.
"""

import os
import signal
import sys
import time

_GRACE_SECONDS = 5.0
_POLL_SECONDS = 0.05


def main() -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    children: dict[int, tuple[int, float]] = {}
    for line in sys.stdin:
        words = line.split()
        if line.startswith("+"):
            children[int(words[0])] = (int(words[1]), float(words[2]))
        elif line.startswith("-"):
            children.pop(-int(words[0]), None)
        elif words == ["done"]:
            return
    _end(children)


def _end(children: dict[int, tuple[int, float]]) -> None:
    """Last started, first ended: what uses a server goes before the server."""
    for pid, (stop_signal, seconds) in reversed(children.items()):
        _send(pid, stop_signal)
        deadline = time.monotonic() + min(seconds, _GRACE_SECONDS)
        while _is_alive(pid) and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
        try:
            os.killpg(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue


def _send(pid: int, stop_signal: int) -> None:
    try:
        os.kill(pid, stop_signal)
    except (ProcessLookupError, PermissionError):
        return


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        # Orphans are reaped by process 1, which in some containers never does it.
        with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123 - pathlib would double this process
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except (PermissionError, FileNotFoundError):  # not ours to ask, or no /proc on this system
        return True


if __name__ == "__main__":
    main()
