"""Carries "this person was told something" from Redis to that person's pages in this process.

One subscription per process, whoever listens. Where Redis is away nobody is woken: who listens
looks by himself from time to time.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID

import structlog
from redis import RedisError
from redis.asyncio import Redis

from maskwright.events.announcer import PEOPLE_CHANNEL
from maskwright.work import Resources

log = structlog.get_logger(__name__)

_RECONNECT_SECONDS = 1.0


class PeopleHub:
    """One per process and event loop; asleep while nobody listens."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._listeners: dict[UUID, set[asyncio.Event]] = {}
        self._subscription: asyncio.Task[None] | None = None

    def close(self) -> None:
        """The event loop that the task ran on ends with the process."""

    @asynccontextmanager
    async def listening(self, person_id: UUID) -> AsyncIterator[asyncio.Event]:
        """Set whenever this person was told something; whoever waits for it clears it."""
        told = asyncio.Event()
        self._listeners.setdefault(person_id, set()).add(told)
        if self._subscription is None:
            self._subscription = asyncio.create_task(self._subscribe())
        try:
            yield told
        finally:
            listeners = self._listeners[person_id]
            listeners.discard(told)
            if not listeners:
                del self._listeners[person_id]
            if not self._listeners:
                await self._stop()

    async def _subscribe(self) -> None:
        while True:
            try:
                await self._listen()
            except (RedisError, OSError) as error:
                log.info("people_without_redis", error=str(error))
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _listen(self) -> None:
        async with (
            Redis.from_url(self._resources.settings.redis.url, decode_responses=True) as redis,
            redis.pubsub(ignore_subscribe_messages=True) as subscription,
        ):
            await subscription.subscribe(PEOPLE_CHANNEL)
            self._wake(*self._listeners)  # what was told before is seen now
            async for message in subscription.listen():
                self._wake(UUID(message["data"]))

    def _wake(self, *people: UUID) -> None:
        for person_id in people:
            for told in self._listeners.get(person_id, ()):
                told.set()

    async def _stop(self) -> None:
        task, self._subscription = self._subscription, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
