"""Threads for the handlers of the hot paths alone.

FastAPI's worker threads are shared by all plain handlers: sixteen people who sign in, or whose
images are read from a slow disk, would make everybody's next image wait. These are ours, and they
are handed a job with a queue and a wake-up, which costs a third of what anyio's hop does.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

A = TypeVar("A")
T = TypeVar("T")

Done = Callable[[Any, BaseException | None], None]
_Job = tuple[Callable[[], Any], asyncio.AbstractEventLoop, Done]


class HandlerThreads:
    """So many threads, started with the first job."""

    def __init__(self, number: int) -> None:
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._number = number
        self._threads: list[threading.Thread] = []
        self._gatherings: dict[str, Gathering[Any, Any]] = {}

    async def run(self, job: Callable[[], T]) -> T:
        """What the job returns, or raises. It runs to its end even where nobody waits any more."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self.begin(job, partial(_settle, future))
        return await future

    def begin(self, job: Callable[[], Any], done: Done) -> None:
        """Let a thread run the job. `done` is called in the loop, with what it returned or what it
        raised."""
        if not self._threads:
            self._start()
        self._jobs.put((job, asyncio.get_running_loop(), done))

    def gathering(
        self,
        name: str,
        do_all: Callable[[Sequence[A]], Sequence[T]],
        *,
        patience_seconds: float = 0.005,
    ) -> "Gathering[A, T]":
        """The gathering of this name, made when it is first asked for."""
        found = self._gatherings.get(name)
        if found is None:
            found = self._gatherings[name] = Gathering(self, do_all, patience_seconds)
        return found

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
            job, loop, done = waiting
            try:
                outcome, error = job(), None
            except BaseException as raised:  # noqa: BLE001 - it is raised where it is awaited
                outcome, error = None, raised
            try:
                loop.call_soon_threadsafe(done, outcome, error)
            except RuntimeError:
                return  # the loop was closed: nobody waits for anything any more


class Gathering(Generic[A, T]):
    """Does what comes at the same moment together, in one job.

    do_all            what becomes of each, in their order
    patience_seconds  so long somebody waits for others where he might go alone

    The fewer such jobs there are at a time, the more comes together meanwhile. There are three: two
    wait for the database while one has the interpreter. So that they share evenly, a job beside
    others begins with a third of all who are here, or when one ends: else whoever comes back first
    after an answer would go alone, and all who were answered with him behind him. All but `do_all`
    happens in the event loop's thread.
    """

    _JOBS = 3
    _MOST = 16

    def __init__(
        self,
        threads: HandlerThreads,
        do_all: Callable[[Sequence[A]], Sequence[T]],
        patience_seconds: float,
    ) -> None:
        self._threads = threads
        self._patience_seconds = patience_seconds
        self._do_all = do_all
        self._waiting: deque[tuple[A, asyncio.Future[T]]] = deque()
        self._running = 0
        self._at_work = 0
        self._will_begin = False
        self._patience: asyncio.TimerHandle | None = None

    async def do(self, one: A) -> T:
        """What becomes of this one."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._waiting.append((one, future))
        if not self._will_begin and self._running < self._JOBS:
            self._will_begin = True
            loop.call_soon(self._begin)  # what else has come by now is with it
        return await future

    def _begin(self) -> None:
        """As many jobs as may, each with its share."""
        self._will_begin = False
        while self._waiting and self._running < self._JOBS:
            if not self._is_a_share():
                if self._patience is None:
                    loop = asyncio.get_running_loop()
                    self._patience = loop.call_later(self._patience_seconds, self._run_one)
                return
            self._run_one()

    def _is_a_share(self) -> bool:
        waiting = len(self._waiting)
        return self._running == 0 or waiting * self._JOBS >= waiting + self._at_work

    def _run_one(self) -> None:
        """One more job, where there is something to be done and a place for it."""
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        number = min(self._MOST, len(self._waiting))
        if number == 0 or self._running >= self._JOBS:
            return
        together = [self._waiting.popleft() for _ in range(number)]
        self._running += 1
        self._at_work += number
        self._threads.begin(
            partial(self._do_all, [one for one, _ in together]),
            partial(self._ended, [future for _, future in together]),
        )

    def _ended(
        self,
        futures: "Sequence[asyncio.Future[T]]",
        outcomes: Sequence[T] | None,
        error: BaseException | None,
    ) -> None:
        self._running -= 1
        self._at_work -= len(futures)
        self._begin()
        for at, future in enumerate(futures):
            _settle(future, None if outcomes is None else outcomes[at], error)


def _settle(future: "asyncio.Future[Any]", outcome: object, error: BaseException | None) -> None:
    if future.done():
        return  # whoever waited was cancelled
    if error is None:
        future.set_result(outcome)
    else:
        future.set_exception(error)
