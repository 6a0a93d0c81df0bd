"""Candidates in Redis: per project and stage a sorted set of task ids in the order of hand-out.

Redis only proposes. A popped candidate is claimed in Postgres by compare-and-set; one that is not
open any more falls away there. Whatever happens to Redis, nothing is lost: hand-out goes on
through Postgres, and the keeper fills the set again.

The score is the task's rank, and members of one score are ordered by their bytes: ids are UUIDv7,
so that this is the order in which tasks were made, as in the index `ix_task_hand_out`. What is for
certain people only is no candidate: the claim looks for it in Postgres.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

import structlog
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from maskwright.queue.domain import OpenTask, TaskStage
from maskwright.queue.pool_queries import Proposal
from maskwright.work import Resources

log = structlog.get_logger(__name__)

T = TypeVar("T")
_Pool = tuple[UUID, TaskStage]

_TIMEOUT_SECONDS = 0.1
_PATIENT_SECONDS = 2.0
_REST_SECONDS = 2.0
_HOLD_SECONDS = 0.25
_QUICK_SECONDS = 0.01
"""Claims that follow each other faster than this are worth taking candidates ahead for."""
_LARGEST_BATCH = 32
_PART = 5000


@dataclass(slots=True)
class _InHand:
    """Candidates of one project and stage that this process took and has not proposed yet."""

    members: deque[tuple[str, float]] = field(default_factory=deque)
    batch: int = 1
    taken_at: float = 0.0


class Candidates:
    """This process's way to the candidates.

    With a breaker: once Redis failed or was slow, it is left alone for a while, so that a dead
    Redis costs one request of many a short wait. And with a hand: while claims follow each other
    closely, several candidates are taken at once, for a round trip to Redis costs a claim as much
    as one to Postgres. What is not used within a quarter of a second goes back.
    """

    def __init__(self, resources: Resources) -> None:
        self._in_hand: dict[_Pool, _InHand] = {}
        self._lock = threading.Lock()
        self.use(resources.settings.redis.url)

    def use(self, redis_url: str) -> None:
        """Go on with the Redis at this address."""
        self._redis = _client(redis_url, _TIMEOUT_SECONDS)
        self._patient = _client(redis_url, _PATIENT_SECONDS)
        self._rests_until = 0.0

    def close(self) -> None:
        self.put_back_unused(older_than_seconds=0)
        self._redis.close()
        self._patient.close()

    def take(self, project_id: UUID, stage: TaskStage = TaskStage.LABEL) -> list[UUID] | None:
        """The first candidate, taken out; [] where there is none, None where Redis is away."""
        with self._lock:
            hand = self._in_hand.setdefault((project_id, stage), _InHand())
            if hand.members and time.monotonic() - hand.taken_at < _HOLD_SECONDS:
                return [UUID(hand.members.popleft()[0])]
        self.put_back_unused()
        quick = time.monotonic() - hand.taken_at < _QUICK_SECONDS * hand.batch
        batch = min(_LARGEST_BATCH, hand.batch * 2) if quick else 1
        popped: Any = self._ask(lambda: self._redis.zpopmin(_key(project_id, stage), batch))
        if popped is None:
            return None
        with self._lock:
            hand.batch, hand.taken_at = batch, time.monotonic()
            hand.members.extend(popped[1:])
        return [UUID(member) for member, _ in popped[:1]]

    def put_back_unused(self, older_than_seconds: float = _HOLD_SECONDS) -> None:
        """Give up candidates that were taken a while ago, so that others find them."""
        now = time.monotonic()
        unused: dict[_Pool, dict[Any, float]] = {}
        with self._lock:
            for pool, hand in self._in_hand.items():
                if hand.members and now - hand.taken_at >= older_than_seconds:
                    unused[pool] = dict(hand.members)
                    hand.members.clear()
        for pool, members in unused.items():
            # What was offered again meanwhile has the newer score.
            self._ask(partial(self._redis.zadd, _key(*pool), members, nx=True))

    def offer(self, tasks: Iterable[OpenTask]) -> None:
        """Propose these tasks, again or for the first time."""
        scores: dict[_Pool, dict[Any, float]] = {}
        for task in tasks:
            if not task.is_routed:
                scores.setdefault((task.project_id, task.stage), {})[str(task.task_id)] = task.rank
        for pool, members in scores.items():
            for some in _in_parts(members):
                self._ask(partial(self._redis.zadd, _key(*pool), some))

    def propose(self, project_id: UUID, stage: TaskStage, proposals: Iterable[Proposal]) -> bool:
        """The same for many of one project, a few thousand at a time; whether Redis took them.

        Nobody's request waits for this, so that it waits longer: a Redis that just threw away a
        million members is busy for a moment.
        """
        scores: dict[Any, float] = dict(proposals)
        return self._ask(lambda: self._patient.zadd(_key(project_id, stage), scores)) is not None

    def withdraw(
        self, project_id: UUID, task_ids: Iterable[UUID], stage: TaskStage = TaskStage.LABEL
    ) -> None:
        """Propose these tasks no longer."""
        members = [str(task_id) for task_id in task_ids]
        if members:
            self._ask(lambda: self._redis.zrem(_key(project_id, stage), *members))

    def count(self, project_id: UUID, stage: TaskStage = TaskStage.LABEL) -> int | None:
        """How many are proposed, those in hand included; None where Redis is away."""
        proposed = self._ask(lambda: self._redis.zcard(_key(project_id, stage)))
        if proposed is None:
            return None
        with self._lock:
            hand = self._in_hand.get((project_id, stage))
            return proposed + (len(hand.members) if hand is not None else 0)

    def lock_refill(self, project_id: UUID, seconds: int) -> bool:
        """Whether this process may fill the set now; for so long nobody else may."""
        key = _refill_key(project_id)
        return bool(self._ask(lambda: self._redis.set(key, "1", nx=True, ex=seconds)))

    def is_refill_locked(self, project_id: UUID) -> bool:
        return bool(self._ask(lambda: self._redis.exists(_refill_key(project_id))))

    def _ask(self, command: Callable[[], T]) -> T | None:
        if time.monotonic() < self._rests_until:
            return None  # the breaker is open
        try:
            return command()
        except RedisError as error:
            self._rests_until = time.monotonic() + _REST_SECONDS
            log.warning("candidates_away", error=str(error), rest_seconds=_REST_SECONDS)
            return None


def _client(redis_url: str, timeout_seconds: float) -> Redis:
    return Redis.from_url(
        redis_url,
        decode_responses=True,
        socket_timeout=timeout_seconds,
        socket_connect_timeout=timeout_seconds,
        retry=Retry(NoBackoff(), 0),
    )


def _in_parts(members: dict[Any, float]) -> Iterator[dict[Any, float]]:
    """So small that Redis answers each within the time that we wait for it."""
    items = iter(members.items())
    while part := dict(islice(items, _PART)):
        yield part


def _key(project_id: UUID, stage: TaskStage) -> str:
    suffix = "" if stage is TaskStage.LABEL else f":{stage.value}"
    return f"maskwright:candidates:{project_id}{suffix}"


def _refill_key(project_id: UUID) -> str:
    return f"{_key(project_id, TaskStage.LABEL)}:refill"
