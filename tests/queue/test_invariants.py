"""The queue's promises under any order of events: a model beside the real thing.

The machine drives the services on a real Postgres and Redis as three labelers would, expires
leases, empties Redis and takes it away, and compares what they are told with a model of a few
lines. After every step it looks at the tables themselves.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from maskwright.annotations.schemas import DraftIn, SubmitIn
from maskwright.queue import desk as managers_desk
from maskwright.queue import flow, handing_in, questions
from maskwright.queue import service as queue
from maskwright.queue.candidates import Candidates
from maskwright.queue.claiming_together import Wish, claim_together
from maskwright.queue.domain import SKIPS_UNTIL_TRIAGE
from maskwright.queue.errors import LeaseLost
from maskwright.queue.handing_out import Claim
from maskwright.queue.keeper import QueueKeeper
from maskwright.work import Work
from tests.queue.desk import Desk
from tests.support.world import Person, World

LABELERS = range(3)
labelers = st.sampled_from(LABELERS)


@dataclass(frozen=True)
class Held:
    """A lease that somebody was told of; he may use it long after it is lost."""

    lease_id: UUID
    fence: int
    task_id: UUID
    labeler: int


@dataclass
class ModelTask:
    """What is known of one task. `holder` is the live lease."""

    state: str = "open"
    fence: int = 0
    last: UUID | None = None
    last_ended: str = ""
    holder: Held | None = None
    skippers: frozenset[int] = frozenset()
    reserved_for: int | None = None


class QueueMachine(RuleBasedStateMachine):
    """`world` is set by the test; a fresh project per run keeps the runs apart."""

    world: World
    leases = Bundle("leases")

    @initialize(images=st.integers(1, 3))
    def open_the_desk(self, images: int) -> None:
        self.desk = Desk.make(self.world)
        self.people: list[Person] = [self.desk.labeler() for _ in LABELERS]
        self.model: dict[UUID, ModelTask] = {}
        self.grants: set[tuple[UUID, int]] = set()
        self.ended: set[tuple[UUID, str]] = set()
        self.sequences = count(1)
        self.add_images(images)

    @rule()
    def add_an_image(self) -> None:
        self.add_images(1)

    def add_images(self, images: int) -> None:
        for task_id in self.desk.add_images(images):
            self.model[task_id] = ModelTask()

    @rule(target=leases, labeler=labelers, prefetch=st.booleans())
    def ask_for_work(self, labeler: int, prefetch: bool) -> object:
        return self.claim(labeler, prefetch=prefetch)

    @rule(target=leases, prefetch=st.booleans())
    def all_ask_at_once(self, prefetch: bool) -> object:
        """Whoever was not granted one together with others asks again by himself. Who that is may
        depend on what is remembered of the project for a while; how many get one does not."""
        with Work(self.world.resources, authenticate=lambda _: None, on_lane=True) as work:
            wishes = [
                Wish(work.acting_as(person.actor), self.desk.project_id, prefetch, [], 0)
                for person in self.people
            ]
            claims = claim_together(work, wishes)
        found = [self.noted(at, claim, prefetch) for at, claim in enumerate(claims) if claim]
        alone = [self.claim(at, prefetch=prefetch) for at, claim in enumerate(claims) if not claim]
        return multiple(*found, *(held for held in alone if isinstance(held, Held)))

    def claim(self, labeler: int, *, prefetch: bool) -> object:
        mine = [task for task in self.model.values() if self.is_held_by(task, labeler)]
        with self.world.work_of(self.people[labeler]) as work:
            claim = queue.claim_next_task(work, self.desk.project_id, prefetch=prefetch, exclude=[])
        if claim is None:
            assert prefetch or not mine, "His own open task must come back."
            assert len(mine) == 2 or not self.is_something_for(labeler), "A task was kept back."
            return multiple()
        return self.noted(labeler, claim, prefetch)

    def noted(self, labeler: int, claim: Claim, prefetch: bool) -> Held:
        """What he holds now, found to be right."""
        mine = [task for task in self.model.values() if self.is_held_by(task, labeler)]
        held = Held(claim.grant.lease_id, claim.grant.fence, claim.grant.task_id, labeler)
        task = self.model[held.task_id]
        if task.holder == held:
            assert not prefetch, "A prefetch must not be what he holds already."
            return held
        assert prefetch or not mine, "New work came although he had some open."
        assert len(mine) < 2, "He holds more than he may."
        self.check_grant(task, held)
        self.grants.add((held.task_id, held.fence))
        task.state, task.fence = "in_progress", held.fence
        task.holder, task.last = held, held.lease_id
        return held

    def check_grant(self, task: ModelTask, held: Held) -> None:
        assert task.holder is None, "Somebody else holds this task."
        assert task.state == "open", f"A task that is {task.state} was handed out."
        assert held.labeler not in task.skippers, "He skipped this task."
        assert task.reserved_for in (None, held.labeler), "It is kept for somebody else."
        assert held.fence > task.fence, "The fence must rise."
        assert (held.task_id, held.fence) not in self.grants

    @rule(held=leases)
    def heartbeat(self, held: Held) -> None:
        with self.expecting(live=self.is_live(held)), self.work(held) as work:
            queue.heartbeat(work, held.lease_id, fence=held.fence, active_ms=0)

    @rule(held=leases)
    def save(self, held: Held) -> None:
        patch = DraftIn(fence=held.fence, client_id="tab", seq=next(self.sequences))
        with self.expecting(live=self.is_live(held)), self.work(held) as work:
            queue.save_draft(work, held.lease_id, patch)

    @rule(held=consumes(leases))
    def skip(self, held: Held) -> None:
        live = self.is_live(held)
        task = self.model[held.task_id]
        repeated = (held.lease_id, "skipped") in self.ended
        with self.expecting(live=live or repeated), self.work(held) as work:
            queue.skip(work, held.lease_id, fence=held.fence, reason="blurred")
        if live:
            skippers = task.skippers | {held.labeler}
            triage = len(skippers) >= SKIPS_UNTIL_TRIAGE
            self.end(task, "skipped", "skipped" if triage else "open")
            task.skippers, task.reserved_for = skippers, None

    @rule(held=consumes(leases))
    def release(self, held: Held) -> None:
        live = self.is_live(held)
        repeated = (held.lease_id, "released") in self.ended
        with self.expecting(live=live or repeated), self.work(held) as work:
            queue.release(work, held.lease_id, fence=held.fence)
        if live:
            self.end(self.model[held.task_id], "released", "open")

    @rule(held=leases)
    def submit(self, held: Held) -> None:
        task = self.model[held.task_id]
        late = (
            task.state == "open"
            and task.last == held.lease_id
            and task.last_ended in ("expired", "released", "revoked")
        )
        taken = self.is_live(held) or late
        with self.expecting(live=taken), self.work(held) as work:
            submission = SubmitIn(fence=held.fence, objects=[])
            handing_in.submit(work, held.lease_id, submission, key=str(uuid4()), body=b"")
        if taken:
            self.end(task, "submitted", "done")
            task.reserved_for = None

    @rule(held=consumes(leases))
    def ask(self, held: Held) -> None:
        live = self.is_live(held)
        repeated = (held.lease_id, "parked") in self.ended
        with self.expecting(live=live or repeated), self.work(held) as work:
            questions.ask(work, held.lease_id, fence=held.fence, text="Is a van a car?")
        if live:
            task = self.model[held.task_id]
            self.end(task, "parked", "parked")
            task.reserved_for = held.labeler  # once it is answered

    @rule()
    def answer_all(self) -> None:
        with self.world.work_of(self.desk.manager) as work:
            for question in questions.list_questions(work, self.desk.project_id, answered=False):
                questions.answer(work, self.desk.project_id, question.id, "Yes.")
                self.model[question.task_id].state = "open"

    @rule()
    def send_everything_back(self) -> None:
        """Each label that was handed in, to who made it last."""
        counting = (
            "SELECT v.task_id, v.author_id, v.current_version_id FROM label v"
            " WHERE v.project_id = %s AND v.current_version_id IS NOT NULL"
            " ORDER BY v.current_version_id"
        )
        people = [person.id for person in self.people]
        newest = {
            task_id: (people.index(author_id), version_id)
            for task_id, author_id, version_id in self.desk.sql(counting, self.desk.project_id)
        }
        for task_id, (author, version_id) in newest.items():
            task = self.model[task_id]
            if task.state != "done" or author in task.skippers:
                continue
            with self.world.work_of(self.desk.manager) as work:
                flow.reopen_for_rework(
                    work, task_id, author_id=people[author], version_id=version_id
                )
            task.state, task.reserved_for = "open", author

    @rule()
    def pause_and_resume(self) -> None:
        for is_paused in (True, False):
            with self.world.work_of(self.desk.manager) as work:
                changes = {"is_paused": is_paused}
                managers_desk.change_settings(work, self.desk.project_id, changes)
        for task in self.model.values():
            if task.holder is not None:
                self.end(task, "revoked", "open")

    @rule()
    def let_reservations_lapse(self) -> None:
        self.desk.sql(
            "UPDATE task SET reserved_until = clock_timestamp() - interval '1 second'"
            " WHERE reserved_until IS NOT NULL AND project_id = %s AND state = 'open'",
            self.desk.project_id,
        )
        self.world.resources.part(QueueKeeper).sweep()
        for task in self.model.values():
            if task.state == "open":
                task.reserved_for = None

    @rule(held=leases)
    def oversleep(self, held: Held) -> None:
        self.expire(held)

    def expire(self, held: Held) -> None:
        """Its time is over and the sweep comes by."""
        if not self.is_live(held):
            return
        self.desk.expire(held.lease_id)
        self.world.resources.part(QueueKeeper).sweep()
        self.end(self.model[held.task_id], "expired", "open")

    @rule(target=leases, held=leases, other=labelers)
    def lose_to_another(self, held: Held, other: int) -> object:
        """The story that the fence is for: he sleeps past his time, and somebody else asks."""
        self.expire(held)
        return self.claim(other, prefetch=False)

    @rule()
    def empty_redis(self) -> None:
        self.world.resources.redis.flushall()

    @rule()
    def refill_redis(self) -> None:
        self.world.resources.part(QueueKeeper).refill(self.desk.project_id)

    @rule(stale=st.booleans())
    def restore_an_old_dump(self, stale: bool) -> None:
        """Every task there ever was is proposed again, whoever has it."""
        key = f"maskwright:candidates:{self.desk.project_id}"
        members = {str(task_id): -float(stale) for task_id in self.model}
        self.world.resources.redis.zadd(key, members)

    @rule(is_away=st.booleans())
    def take_redis_away(self, is_away: bool) -> None:
        """The queue finds nobody at the address of Redis, or finds it back again."""
        here = self.world.resources.settings.redis.url
        address = "redis://127.0.0.1:1" if is_away else here
        self.world.resources.part(Candidates).use(address)

    @invariant()
    def the_tables_agree_with_the_model(self) -> None:
        found = {
            task_id: (state, fence)
            for task_id, state, fence in self.desk.sql(
                "SELECT id, state, fence FROM task WHERE project_id = %s", self.desk.project_id
            )
        }
        assert found == {id_: (task.state, task.fence) for id_, task in self.model.items()}

    @invariant()
    def every_live_lease_is_the_holders(self) -> None:
        live = self.desk.sql(
            "SELECT task_id, id, fence FROM lease WHERE project_id = %s AND ended_at IS NULL",
            self.desk.project_id,
        )
        assert sorted(live) == sorted(
            (id_, task.holder.lease_id, task.holder.fence)
            for id_, task in self.model.items()
            if task.holder is not None
        )

    # What the rules have in common

    def is_live(self, held: Held) -> bool:
        return self.model[held.task_id].holder == held

    @staticmethod
    def is_held_by(task: ModelTask, labeler: int) -> bool:
        return task.holder is not None and task.holder.labeler == labeler

    def is_something_for(self, labeler: int) -> bool:
        return any(
            task.state == "open"
            and labeler not in task.skippers
            and task.reserved_for in (None, labeler)
            for task in self.model.values()
        )

    def end(self, task: ModelTask, outcome: str, state: str) -> None:
        """Its last lease ended so, whether it was live or came late."""
        assert task.last is not None
        self.ended.add((task.last, outcome))
        task.holder, task.last_ended, task.state = None, outcome, state

    def work(self, held: Held) -> Work:
        return self.world.work_of(self.people[held.labeler])

    @contextmanager
    def expecting(self, *, live: bool) -> Iterator[None]:
        """What is done goes through where the lease lives, and is refused where it does not."""
        if live:
            yield
        else:
            with pytest.raises(LeaseLost):
                yield


def test_no_order_of_events_breaks_a_promise(world: World) -> None:
    machine = type("Machine", (QueueMachine,), {"world": world})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
