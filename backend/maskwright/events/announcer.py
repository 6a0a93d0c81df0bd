"""Tells every process that a project changed, through Redis.

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
_GATHER_SECONDS = 0.1


class Announcer:
    """One per process; its thread starts with the first announcement."""

    def __init__(self, resources: Resources) -> None:
        self._redis = resources.redis
        self._changed: set[UUID] = set()
        self._lock = threading.Lock()
        self._something = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def announce(self, project_id: UUID) -> None:
        with self._lock:
            self._changed.add(project_id)
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="event-announcer", daemon=True
                )
                self._thread.start()
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
            for project_id in changed:
                self._redis.publish(CHANNEL, str(project_id))
        except RedisError as error:
            # Who listens polls as well, so what is not announced is only seen later.
            log.info("project_change_not_announced", error=str(error), projects=len(changed))
