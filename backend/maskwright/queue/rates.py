"""Everybody's pace, as this process knows it, and shared between processes through Redis.

A claim and a submit only touch a dictionary. Every two seconds the queue's keeper writes what is
new to Redis and takes over what other processes measured; where Redis lost it, the newest
submissions in Postgres say it again. A pace that is wrong or missing costs a moment's wait for an
image, and nothing else.
"""

import heapq
import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any
from uuid import UUID

import structlog
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy.orm import Session

from maskwright.queue import progress_queries
from maskwright.queue.pace import Others, Pace, Share, share_of
from maskwright.work import Resources

log = structlog.get_logger(__name__)

_TIMEOUT_SECONDS = 0.5
_KEPT_SECONDS = 24 * 3600
_LEAST_TASK_SECONDS = 0.05
_WATCHED_SECONDS = 600.0
_REBUILT_AT_MOST_EVERY_SECONDS = 60.0
_NEAR_THE_END = 8.0
"""Within so many of somebody's tasks before the others are through, their number is asked anew."""


_SECONDS_PER_PERSON = 0.001


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody of a project whose pace is known and who is there, at a time.

    seconds  per task, by person
    fastest  the two shortest of them
    """

    at: float
    seconds: Mapping[UUID, float]
    tasks_per_second: float
    fastest: Sequence[float]

    @classmethod
    def of(cls, paces: Mapping[UUID, Pace], now: float) -> "Crowd":
        seconds = {
            person: max(pace.task_seconds, _LEAST_TASK_SECONDS)
            for person, pace in paces.items()
            if pace.is_known and pace.is_present(now)
        }
        rate = sum(1 / each for each in seconds.values())
        return cls(now, seconds, rate, heapq.nsmallest(2, seconds.values()))

    def without(self, person_id: UUID) -> Others | None:
        """The others, as one of them sees it; None where there are none."""
        own = self.seconds.get(person_id)
        people = len(self.seconds) - (own is not None)
        if people == 0:
            return None
        if own is None:
            return Others(people, self.tasks_per_second, self.fastest[0])
        fastest = self.fastest[1] if own == self.fastest[0] else self.fastest[0]
        return Others(people, max(self.tasks_per_second - 1 / own, 1e-9), fastest)


class Rates:
    """One per process."""

    def __init__(self, resources: Resources) -> None:
        self._paces: dict[UUID, dict[UUID, Pace]] = {}
        self._unsaved: set[tuple[UUID, UUID]] = set()
        self._asked_at: dict[UUID, float] = {}
        self._rebuilt_at: dict[UUID, float] = {}
        self._crowds: dict[UUID, Crowd] = {}
        self._lock = threading.Lock()
        self._redis = Redis.from_url(
            resources.settings.redis.url,
            decode_responses=True,
            socket_timeout=_TIMEOUT_SECONDS,
            socket_connect_timeout=_TIMEOUT_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )

    def close(self) -> None:
        self._redis.close()

    def pace_of(self, project_id: UUID, person_id: UUID) -> Pace | None:
        return self._paces.get(project_id, {}).get(person_id)

    def note_task(self, project_id: UUID, person_id: UUID, seconds: float) -> None:
        """Somebody finished a task that took him so long."""
        seconds = max(seconds, _LEAST_TASK_SECONDS)
        now = time.time()
        with self._lock:
            paces = self._paces.setdefault(project_id, {})
            paces[person_id] = paces.get(person_id, Pace(seconds)).after_task(seconds, now)
            self._unsaved.add((project_id, person_id))

    def note_fetch(self, project_id: UUID, person_id: UUID, seconds: float) -> None:
        """Somebody's browser waited so long for an image."""
        with self._lock:
            paces = self._paces.setdefault(project_id, {})
            pace = paces.get(person_id)
            if pace is not None:
                paces[person_id] = pace.after_fetch(seconds)
                self._unsaved.add((project_id, person_id))

    def share_of(
        self,
        project_id: UUID,
        person_id: UUID,
        *,
        open_tasks: Callable[[], int],
        open_tasks_now: Callable[[], int],
    ) -> Share:
        """What somebody may hold now. The first way to count may be a little late, the second one
        is asked only near the end."""
        self._asked_at[project_id] = time.monotonic()
        paces = self._paces.get(project_id)
        if not paces:
            return Share()
        pace = paces.get(person_id)
        others = self._crowd_of(project_id).without(person_id)
        if pace is None or others is None:
            return share_of(pace, None, 0)
        tasks = open_tasks()
        if others.seconds_for(tasks) < _NEAR_THE_END * pace.task_seconds:
            tasks = open_tasks_now()
        return share_of(pace, others, tasks)

    def _crowd_of(self, project_id: UUID) -> "Crowd":
        """Looking at a thousand people takes as long as the rest of a claim: the more there are,
        the less often it is done, and the less each of them counts."""
        now = time.time()
        with self._lock:
            paces = self._paces[project_id]
            crowd = self._crowds.get(project_id)
            if crowd is None or not 0 <= now - crowd.at < len(paces) * _SECONDS_PER_PERSON:
                crowd = self._crowds[project_id] = Crowd.of(paces, now)
        return crowd

    def exchange(self, session: Session) -> None:
        """Bring this process, Redis and, where that is empty, Postgres together."""
        oldest = time.monotonic() - _WATCHED_SECONDS
        with self._lock:
            unsaved, self._unsaved = self._unsaved, set()
            projects = {project for project, _ in unsaved}
            projects |= {project for project, at in self._asked_at.items() if at > oldest}
        try:
            for project_id in projects:
                self._save(project_id, {who for project, who in unsaved if project == project_id})
                self._load(session, project_id)
        except RedisError as error:
            with self._lock:
                self._unsaved |= unsaved
            log.debug("rates_not_exchanged", error=str(error))

    def _save(self, project_id: UUID, people: set[UUID]) -> None:
        if not people:
            return
        with self._lock:
            paces = {str(person): self._paces[project_id][person] for person in people}
        mapping: dict[Any, Any] = {
            person: json.dumps(astuple(pace)) for person, pace in paces.items()
        }
        key = _key(project_id)
        self._redis.hset(key, mapping=mapping)
        self._redis.expire(key, _KEPT_SECONDS)

    def _load(self, session: Session, project_id: UUID) -> None:
        found: dict[Any, Any] = self._redis.hgetall(_key(project_id))
        paces = {UUID(person): Pace(*json.loads(text)) for person, text in found.items()}
        if not paces and self._may_rebuild(project_id):
            paces = rebuilt(session, project_id)
        with self._lock:
            known = self._paces.setdefault(project_id, {})
            for person, pace in paces.items():
                if person not in known or known[person].at < pace.at:
                    known[person] = pace

    def _may_rebuild(self, project_id: UUID) -> bool:
        now = time.monotonic()
        before = self._rebuilt_at.get(project_id)
        if before is not None and now - before < _REBUILT_AT_MOST_EVERY_SECONDS:
            return False
        self._rebuilt_at[project_id] = now
        return True


def rebuilt(session: Session, project_id: UUID) -> dict[UUID, Pace]:
    """Everybody's pace from the submissions of the last hour."""
    return {
        person: Pace(max(seconds, _LEAST_TASK_SECONDS), 0.0, samples, at)
        for person, seconds, samples, at in progress_queries.recent_paces(session, project_id)
    }


def _key(project_id: UUID) -> str:
    return f"maskwright:rates:{project_id}"
