"""Carries "this project changed" from Redis to everybody of this process who watches it.

One subscription and one poller per process, whoever listens. A watched project is counted at most
every quarter of a second, once for all its listeners. Where Redis is away, every watched project is
counted every few seconds instead, and listeners hear of it when the result is another one.

Everything runs on the event loop but the counting, which takes a thread and a connection for as
long as it lasts. A listener holds neither.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from uuid import UUID

import anyio.to_thread
import structlog
from redis import RedisError
from redis.asyncio import Redis
from sqlalchemy.exc import SQLAlchemyError

from maskwright.events.announcer import CHANNEL
from maskwright.events.counting import View, as_seen, count_project
from maskwright.events.schemas import CountsEvent
from maskwright.work import Resources

log = structlog.get_logger(__name__)

_BETWEEN_COUNTS_SECONDS = 0.25
_POLL_SECONDS = 5.0
_RECONNECT_SECONDS = 1.0


@dataclass(eq=False)
class Watch:
    """One project that somebody watches: its last counts, as they go over the wire.

    written  the last counts as JSON, by whom a listener sees: written once for all who see alike
    """

    listeners: int = 0
    event: CountsEvent | None = None
    number: int = 0
    written: dict[View, str] = field(default_factory=dict)
    dirty: asyncio.Event = field(default_factory=asyncio.Event)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    counting: "asyncio.Task[None] | None" = None

    def data_for(self, view: View) -> str:
        """The last counts as this listener may see them."""
        if self.event is None:
            raise LookupError("Nothing was counted yet.")
        if view not in self.written:
            self.written[view] = as_seen(self.event, view).model_dump_json()
        return self.written[view]


class EventHub:
    """One per process and event loop; asleep while nobody listens."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._watches: dict[UUID, Watch] = {}
        self._tasks: list[asyncio.Task[None]] = []

    def close(self) -> None:
        """The event loop that the tasks ran on ends with the process."""

    @asynccontextmanager
    async def watching(self, project_id: UUID) -> AsyncIterator[Watch]:
        """A project's counts, kept up to date while the block lasts."""
        watch = self._watches.setdefault(project_id, Watch())
        watch.listeners += 1
        if watch.counting is None:
            watch.dirty.set()
            watch.counting = asyncio.create_task(self._keep_counting(project_id, watch))
        if not self._tasks:
            self._tasks = [
                asyncio.create_task(self._subscribe()),
                asyncio.create_task(self._poll()),
            ]
        try:
            yield watch
        finally:
            watch.listeners -= 1
            if watch.listeners == 0:
                await self._stop(watch.counting)
                del self._watches[project_id]
            if not self._watches:
                tasks, self._tasks = self._tasks, []
                for task in tasks:
                    await self._stop(task)

    async def _keep_counting(self, project_id: UUID, watch: Watch) -> None:
        while True:
            await watch.dirty.wait()
            watch.dirty.clear()
            try:
                event = await anyio.to_thread.run_sync(count_project, self._resources, project_id)
            except SQLAlchemyError as error:
                # Listeners keep what they have; the next change or poll tries again.
                log.warning("project_not_counted", project_id=str(project_id), error=str(error))
            else:
                await self._tell(watch, event)
            await asyncio.sleep(_BETWEEN_COUNTS_SECONDS)

    @staticmethod
    async def _tell(watch: Watch, event: CountsEvent) -> None:
        if event == watch.event:
            return
        async with watch.changed:
            watch.event, watch.number = event, watch.number + 1
            watch.written.clear()
            watch.changed.notify_all()

    async def _subscribe(self) -> None:
        while True:
            try:
                await self._listen()
            except (RedisError, OSError) as error:
                log.info("events_without_redis", error=str(error), poll_seconds=_POLL_SECONDS)
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _listen(self) -> None:
        async with (
            Redis.from_url(self._resources.settings.redis.url, decode_responses=True) as redis,
            redis.pubsub(ignore_subscribe_messages=True) as subscription,
        ):
            await subscription.subscribe(CHANNEL)
            async for message in subscription.listen():
                watch = self._watches.get(UUID(message["data"]))
                if watch is not None:
                    watch.dirty.set()

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(_POLL_SECONDS)
            for watch in self._watches.values():
                watch.dirty.set()

    @staticmethod
    async def _stop(task: "asyncio.Task[None]") -> None:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
