"""Keeps the children running: starts them, restarts them with back-off, stops them in order."""

import threading
import time
from dataclasses import dataclass

from maskwright.launcher.console import Console
from maskwright.launcher.errors import ChildFailed
from maskwright.launcher.guarded import Guardian
from maskwright.launcher.notes import NOTE_MARK
from maskwright.launcher.program import Child, Program

_POLL_SECONDS = 0.1
_FIRST_DELAY_SECONDS = 0.25
_LONGEST_DELAY_SECONDS = 15.0
_STEADY_SECONDS = 30.0


class StopRequested(Exception):
    """Somebody asked to stop while we were still starting."""


@dataclass
class _Managed:
    """A program and its present child, or the time at which it is started again.

    stage  what has a higher stage uses what has a lower one, and is stopped before it
    """

    program: Program
    stage: int
    child: Child | None
    failures: int = 0
    restart_at: float = 0.0


class Supervisor:
    """Runs programs until `stopping` is set. All methods are called from one thread."""

    def __init__(
        self,
        console: Console,
        guardian: Guardian,
        stopping: threading.Event,
        hurry: threading.Event,
    ) -> None:
        self._console = console
        self._guardian = guardian
        self._stopping = stopping
        self._hurry = hurry
        self._managed: list[_Managed] = []
        self._passing: list[Child] = []

    def start(self, program: Program, *, stage: int) -> Child:
        child = self._spawn(program)
        self._managed.append(_Managed(program, stage, child))
        return child

    def wait_until_ready(self, child: Child, seconds: float) -> None:
        """Raises ChildFailed with its last words, or StopRequested."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self._stopping.is_set():
                raise StopRequested
            if child.wait_until_ready(_POLL_SECONDS):
                return
            if child.exit_code is not None:
                break
        raise ChildFailed(f"{child.program.name} could not start: {child.last_words}")

    def run_once(self, program: Program) -> list[str]:
        """Run a program that ends by itself; the notes that it left. Raises ChildFailed."""
        return self.finish(self.begin(program))

    def begin(self, program: Program) -> Child:
        """Start a program that ends by itself, for `finish`."""
        child = self._spawn(program)
        self._passing.append(child)
        return child

    def finish(self, child: Child) -> list[str]:
        """Wait for its end; the notes that it left. Raises ChildFailed, or StopRequested."""
        try:
            while not child.wait(_POLL_SECONDS):
                if self._stopping.is_set():
                    raise StopRequested
        finally:
            self._end(child)
        if child.exit_code:
            raise ChildFailed(child.last_words)
        return [line for line in child.last_lines if line.startswith(NOTE_MARK)]

    def watch_until_stopped(self) -> None:
        """Restart whatever ends, until we are asked to stop."""
        while not self._stopping.wait(_POLL_SECONDS):
            if self._guardian.ensure_running():
                self._console.say("The guardian was gone; another one watches now.")
            for managed in self._managed:
                self._look_after(managed)

    def stop_all(self) -> None:
        """End all children, users before servers; at once where somebody is in a hurry."""
        for child in list(self._passing):
            self._end(child)
        for stage in sorted({managed.stage for managed in self._managed}, reverse=True):
            children = [m.child for m in self._managed if m.stage == stage and m.child]
            for child in children:
                child.ask_to_stop()
            deadline = time.monotonic() + max(
                (child.program.stop_seconds for child in children), default=0
            )
            while time.monotonic() < deadline and not self._hurry.is_set():
                if all(child.wait(_POLL_SECONDS) for child in children):
                    break
            for child in children:
                if child.exit_code is None:
                    self._console.say(f"{child.program.name} did not stop in time; killed.")
                child.close()
                self._guardian.forget(child)

    def _look_after(self, managed: _Managed) -> None:
        child = managed.child
        if child is None:
            if time.monotonic() >= managed.restart_at:
                managed.program.before_restart()
                managed.child = self._spawn(managed.program)
            return
        if child.exit_code is None:
            return
        child.close()
        self._guardian.forget(child)
        managed.failures = 0 if child.uptime_seconds > _STEADY_SECONDS else managed.failures + 1
        delay = min(_FIRST_DELAY_SECONDS * 2**managed.failures, _LONGEST_DELAY_SECONDS)
        managed.child, managed.restart_at = None, time.monotonic() + delay
        self._console.say(
            f"{managed.program.name} ended ({child.exit_words}); starting it again in {delay:g} s."
        )

    def _end(self, child: Child) -> None:
        self._passing.remove(child)
        child.stop()
        self._guardian.forget(child)

    def _spawn(self, program: Program) -> Child:
        child = Child(program, self._console.line)
        self._guardian.watch(child)
        return child
