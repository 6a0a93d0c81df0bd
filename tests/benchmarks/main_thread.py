"""What a page's main thread does, from Chromium's own trace.

Other processes on the machine lengthen what a clock shows. The trace also knows how long the main
thread itself computed. At a quarter of the speed that includes Chromium's throttling, which halts
the thread by making it compute.
"""

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

_ASKED = "recorder asked"
_FIRST_INPUT = "recorder's first input"
#: Printed into the trace where what is recorded begins: to begin tracing takes the page some
#: milliseconds, as does answering to this, and neither is its own.
_BEGIN = """([asked, firstInput]) => new Promise((done) => {
  const names = ['pointermove', 'pointerdown', 'pointerup', 'keydown']
  const note = () => {
    for (const name of names) removeEventListener(name, note, true)
    performance.mark(firstInput)
  }
  requestAnimationFrame(() => requestAnimationFrame(() => {
    for (const name of names) addEventListener(name, note, true)
    performance.mark(asked)
    done()
  }))
})"""
#: Tasks and little else: with what DevTools asks for besides, a fourth of what a stroke computed
#: was the tracer's.
_CATEGORIES = ["toplevel", "blink.user_timing"]
_TASK = "ThreadControllerImpl::RunTask"
#: Where Chromium posts the tasks that end in a frame.
_FRAME_SOURCE = "ScheduledActionSendBeginMainFrame"


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the main thread; times in ms.

    is_frame  it ended in a frame handed to the screen
    """

    at_ms: float
    wall_ms: float
    cpu_ms: float
    is_frame: bool


@dataclass(frozen=True, slots=True)
class Recording:
    tasks: Sequence[Task]

    def longest_cpu_ms(self) -> float:
        return max((task.cpu_ms for task in self.tasks), default=0.0)

    def frames_cpu_ms(self) -> list[float]:
        """What was computed between the ends of frames, per frame."""
        frames: list[float] = []
        since_last_ms = 0.0
        for task in self.tasks:
            since_last_ms += task.cpu_ms
            if task.is_frame:
                frames.append(since_last_ms)
                since_last_ms = 0.0
        return frames


class Tracer:
    """Records what the main thread of one page does."""

    def __init__(self, browser: Browser, page: Page) -> None:
        self._browser = browser
        self._page = page

    def record(self, perform: Callable[[], object]) -> Recording:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "trace.json"
            self._browser.start_tracing(page=self._page, path=path, categories=_CATEGORIES)
            try:
                self._page.evaluate(_BEGIN, [_ASKED, _FIRST_INPUT])
                perform()
            finally:
                self._browser.stop_tracing()
            return Recording(_tasks(json.loads(path.read_bytes())["traceEvents"]))


def _tasks(events: list[dict[str, Any]]) -> list[Task]:
    thread = _busiest_main_thread(events)
    own = [event for event in events if _thread_of(event) == thread]
    begin = _begin(own)
    tasks = [
        Task(
            at_ms=event["ts"] / 1000,
            wall_ms=event["dur"] / 1000,
            cpu_ms=event.get("tdur", 0) / 1000,
            is_frame=event["args"].get("src_func") == _FRAME_SOURCE,
        )
        for event in own
        if event["name"] == _TASK and event["ph"] == "X" and event["ts"] + event["dur"] > begin
    ]
    if not any(task.is_frame for task in tasks):
        raise RuntimeError("The trace has no frame: Chromium may name its tasks otherwise by now.")
    return sorted(tasks, key=lambda task: task.at_ms)


def _begin(events: list[dict[str, Any]]) -> float:
    """The first input, which the task that is recorded first handles; without any, the asking."""
    for mark in (_FIRST_INPUT, _ASKED):
        times = [float(event["ts"]) for event in events if event["name"] == mark]
        if times:
            return max(times)
    raise RuntimeError("The trace does not say where what was to be recorded begins.")


def _busiest_main_thread(events: list[dict[str, Any]]) -> tuple[int, int]:
    """Each renderer has a main thread; that of the page is the one with work to do."""
    busy_us = {
        _thread_of(event): 0
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    for event in events:
        thread = _thread_of(event)
        if thread in busy_us:
            busy_us[thread] += event.get("tdur", 0)
    return max(busy_us, key=lambda thread: busy_us[thread])


def _thread_of(event: dict[str, Any]) -> tuple[int, int]:
    return event["pid"], event["tid"]
