"""Threads for the handlers of the hot paths alone.

FastAPI's worker threads are shared by all plain handlers: sixteen people who sign in, or whose
images are read from a slow disk, would make everybody's next image wait. These are ours, and they
are handed a job with a queue and a wake-up, which costs a third of what anyio's hop does.
"""

import asyncio
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")

_Job = tuple[Callable[[], Any], asyncio.AbstractEventLoop, "asyncio.Future[Any]"]


class HandlerThreads:
    """So many threads, started with the first job."""

    def __init__(self, number: int) -> None:
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._number = number
        self._threads: list[threading.Thread] = []

    async def run(self, job: Callable[[], T]) -> T:
        """What the job returns, or raises. It runs to its end even where nobody waits any more."""
        if not self._threads:
            self._start()
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.put((job, loop, future))
        return await future

    def close(self) -> None:
        """Wait for the jobs that are running."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(timeout=5)
        self._threads.clear()

    def _start(self) -> None:
        for number in range(self._number):
            thread = threading.Thread(target=self._work, name=f"handler-{number}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def _work(self) -> None:
        while (waiting := self._jobs.get()) is not None:
            job, loop, future = waiting
            try:
                outcome, error = job(), None
            except BaseException as raised:  # noqa: BLE001 - it is raised where it is awaited
                outcome, error = None, raised
            try:
                loop.call_soon_threadsafe(_settle, future, outcome, error)
            except RuntimeError:
                return  # the loop was closed: nobody waits for anything any more


def _settle(future: "asyncio.Future[Any]", outcome: object, error: BaseException | None) -> None:
    if future.done():
        return  # whoever waited was cancelled
    if error is None:
        future.set_result(outcome)
    else:
        future.set_exception(error)
