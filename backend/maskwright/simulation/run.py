"""Simulated people at the real queue.

Every claim and every submit is the product's own code on a real Postgres and a real Redis. Only
the order in which people are done is virtual: whoever is done next, by his speed and the size of
his image, acts next. Time that leases run by is not touched; they are long.

A person holds as many images ready as the queue allows, waits for those that are still on their
way, and asks again after a while where he was given none.
"""

import heapq
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from maskwright.accounts.domain import Actor
from maskwright.annotations.schemas import SubmitIn
from maskwright.queue import handing_in
from maskwright.queue import service as queue
from maskwright.queue.keeper import QueueKeeper
from maskwright.simulation.crowd import Crowd, Outcome
from maskwright.simulation.stage import set_stage
from maskwright.work import Resources, Work

_ASKS_AGAIN_SECONDS = 5.0
_REPORT_EVERY = 500


@dataclass(frozen=True, slots=True)
class _Held:
    lease_id: UUID
    fence: int
    image: int
    ready_at: float


@dataclass(slots=True)
class _Person:
    actor: Actor
    open: _Held | None = None
    ready: deque[_Held] = field(default_factory=deque)
    may_hold: int = 1
    began_at: float = 0.0
    done_at: float = 0.0
    images: int = 0
    last_fetch: float = 0.0


class Simulation:
    """One project, from the first claim to the last submit."""

    def __init__(self, resources: Resources, crowd: Crowd) -> None:
        self._resources, self._crowd = resources, crowd
        self._project_id, actors, self._images = set_stage(resources, crowd)
        self._people = [_Person(actor) for actor in actors]
        self._gaps: list[float] = []
        self._left = len(crowd.sizes)

    def run(self, report: Callable[[int], None] = lambda done: None) -> Outcome:
        """`report` is told now and then how many images are done."""
        self._resources.part(QueueKeeper).refill(self._project_id)
        events = [(0.0, index) for index in range(len(self._people))]
        heapq.heapify(events)
        while self._left > 0:
            now, index = heapq.heappop(events)
            person = self._people[index]
            if person.open is not None:
                self._hand_in(person, now)
                if self._left % _REPORT_EVERY == 0:
                    report(len(self._crowd.sizes) - self._left)
            heapq.heappush(events, (self._begin_next(person, index, now), index))
        return Outcome(
            "Handed out by pace",
            tuple(person.done_at for person in self._people),
            tuple(person.images for person in self._people),
            tuple(self._gaps),
        )

    def _begin_next(self, person: _Person, index: int, now: float) -> float:
        """Open the next image; returns when this person acts again."""
        held = person.ready.popleft() if person.ready else self._claim(person, now, prefetch=False)
        if held is None:
            return now + _ASKS_AGAIN_SECONDS
        begins = max(now, held.ready_at)
        if person.images > 0 and person.done_at == now:
            self._gaps.append(begins - now)
        person.open, person.began_at = held, begins
        while 1 + len(person.ready) < person.may_hold:
            ahead = self._claim(person, begins, prefetch=True)
            if ahead is None:
                break
            person.ready.append(ahead)
        return begins + self._crowd.seconds(index, held.image)

    def _claim(self, person: _Person, now: float, *, prefetch: bool) -> _Held | None:
        with self._work(person) as work:
            queue.note_fetch(work, self._project_id, round(person.last_fetch * 1000))
            claim = queue.claim_next_task(work, self._project_id, prefetch=prefetch, exclude=())
        if claim is None:
            return None
        person.may_hold = claim.leases
        image = self._images[claim.grant.asset_id]
        person.last_fetch = self._crowd.fetch_seconds[image]
        return _Held(claim.grant.lease_id, claim.grant.fence, image, now + person.last_fetch)

    def _hand_in(self, person: _Person, now: float) -> None:
        held = person.open
        if held is None:
            raise RuntimeError("Somebody handed in who had nothing open.")
        active_ms = max(1, round((now - person.began_at) * 1000))
        label = SubmitIn(fence=held.fence, objects=[], active_ms=active_ms)
        with self._work(person) as work:
            handing_in.submit(work, held.lease_id, label, key=str(held.lease_id), body=b"")
        person.open, person.done_at = None, now
        person.images += 1
        self._left -= 1

    def _work(self, person: _Person) -> Work:
        return Work(self._resources, authenticate=lambda _: person.actor, on_lane=True)
