"""Tells every process that a project changed or a person was told something, through Redis.

Announcing costs a request nothing but a set insertion: a thread of this process gathers what
changed and publishes each project once per interval, however many requests changed it.
"""

import threading
from uuid import UUID

import structlog
from redis import RedisError

from maskwright.work import Resources

log = structlog.get_logger(__name__)

CHANNEL = "maskwright:project-changed"
PEOPLE_CHANNEL = "maskwright:person-told"
_GATHER_SECONDS = 0.1


class Announcer:
    """One per process; its thread starts with the first announcement."""

    def __init__(self, resources: Resources) -> None:
        self._redis = resources.redis
        self._changed: set[tuple[str, UUID]] = set()
        self._lock = threading.Lock()
        self._something = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def announce(self, project_id: UUID) -> None:
        """That a project changed."""
        self._add(CHANNEL, project_id)

    def announce_person(self, user_id: UUID) -> None:
        """That somebody was told something."""
        self._add(PEOPLE_CHANNEL, user_id)

    def _add(self, channel: str, id_: UUID) -> None:
        with self._lock:
            self._changed.add((channel, id_))
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="event-announcer", daemon=True
                )
                self._thread.start()
        if not self._something.is_set():  # else the thread is yet to look at what changed
            self._something.set()

    def close(self) -> None:
        self._closing.set()
        self._something.set()
        if self._thread is not None:
            self._thread.join(timeout=2)

    def _run(self) -> None:
        while not self._closing.is_set():
            self._something.wait()
            self._something.clear()
            self._publish()
            self._closing.wait(_GATHER_SECONDS)

    def _publish(self) -> None:
        with self._lock:
            changed, self._changed = self._changed, set()
        try:
            for channel, id_ in changed:
                self._redis.publish(channel, str(id_))
        except RedisError as error:
            # Who listens polls as well, so what is not announced is only seen later.
            log.info("changes_not_announced", error=str(error), changes=len(changed))
