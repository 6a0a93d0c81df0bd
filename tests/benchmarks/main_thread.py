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

#: Printed into the trace where what is recorded begins: to begin tracing takes the page some
#: milliseconds, which are none of its own.
_BEGIN = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => {
    console.timeStamp('recorded from here')
    done()
  }))
})"""
_CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]


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
                self._page.evaluate(_BEGIN)
                perform()
            finally:
                self._browser.stop_tracing()
            return Recording(_tasks(json.loads(path.read_bytes())["traceEvents"]))


def _tasks(events: list[dict[str, Any]]) -> list[Task]:
    thread = _busiest_main_thread(events)
    own = [event for event in events if _thread_of(event) == thread]
    begins = [event["ts"] for event in own if event["name"] == "TimeStamp"]
    own = [event for event in own if event["ts"] >= max(begins, default=0)]
    frame_times = [event["ts"] for event in own if event["name"] == "Commit"]
    tasks = [
        Task(
            at_ms=event["ts"] / 1000,
            wall_ms=event["dur"] / 1000,
            cpu_ms=event.get("tdur", 0) / 1000,
            is_frame=any(event["ts"] <= at <= event["ts"] + event["dur"] for at in frame_times),
        )
        for event in own
        if event["name"] == "RunTask" and event["ph"] == "X"
    ]
    return sorted(tasks, key=lambda task: task.at_ms)


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
