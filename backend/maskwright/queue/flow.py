"""How a task goes on: what a workflow of review and consensus does with the queue.

A project without a workflow needs none of it: what is handed in is done, in the statement that
hands it in. One with a workflow is asked at `route_after_submit`, inside the submit's transaction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from maskwright.annotations.domain import VersionRef, WorkPlace
from maskwright.events.service import project_changed
from maskwright.masks.codec import Box
from maskwright.masks.regions import sides_of
from maskwright.queue import flow_queries, queries, settling_queries
from maskwright.queue.candidates import Candidates
from maskwright.queue.domain import OpenTask, Revocation, TaskRef, TaskStage, TaskState
from maskwright.queue.errors import TaskNotMovable
from maskwright.queue.lease_gate import lost, place_of, require_lease
from maskwright.work import Resources, Work

RESERVED_HOURS = 24
"""So long rework waits for its author, and a correction for the reviewer who asked for it."""

Route = Callable[[Work, TaskRef, VersionRef], None]


class Workflow:
    """This process's answer to "what follows a label that was handed in?"."""

    def __init__(self, resources: Resources) -> None:
        self.route: Route | None = None

    def close(self) -> None:
        self.route = None


def use_workflow(resources: Resources, route: Route) -> None:
    """Ask `route` after each submit in projects that have a workflow. It is called in the submit's
    transaction, once: it moves the task on from `submitted`, and adds what is to follow."""
    resources.part(Workflow).route = route


def route_after_submit(work: Work, task: TaskRef, version: VersionRef) -> None:
    """Let the project's workflow say what follows; where nobody does, the task is done."""
    route = work.resources.part(Workflow).route
    if route is None:
        finish_task(work, task.task_id)
    else:
        route(work, task, version)


@dataclass(frozen=True, slots=True)
class Region:
    """A part of an image that somebody is asked about, and the id of the version that he is shown
    around it."""

    boxes: Sequence[Box]
    surroundings_id: UUID


def finish_task(work: Work, task_id: UUID) -> bool:
    """Nothing more is to be done about a label that was handed in; whether it was so."""
    actor = work.actor
    return flow_queries.move_task(
        work.session, actor.organization_id, task_id, TaskState.SUBMITTED, TaskState.DONE
    )


def open_tasks(work: Work, task_ids: Sequence[UUID]) -> int:
    """Hand out tasks that waited for their turn; returns how many did."""
    opened = flow_queries.open_tasks(work.session, work.actor.organization_id, task_ids)
    offer(work, opened)
    return len(opened)


def reopen_for_rework(
    work: Work,
    task_id: UUID,
    *,
    author_id: UUID | None,
    version_id: UUID,
    reserved_hours: int = RESERVED_HOURS,
) -> None:
    """Send a label back: to its author first, who finds `version_id` as his draft, and after some
    hours to everybody. Raises TaskNotMovable where it is not handed in."""
    reopened = flow_queries.reopen_task(
        work.session,
        organization_id=work.actor.organization_id,
        task_id=task_id,
        author_id=author_id,
        version_id=version_id,
        hours=reserved_hours,
    )
    if reopened is None:
        raise _not_movable(work, task_id)
    offer(work, [reopened])


def add_review_task(
    work: Work,
    label_task_id: UUID,
    *,
    version_id: UUID,
    step: int = 1,
    reviewer_id: UUID | None = None,
    skill: str | None = None,
    reserved_hours: int = RESERVED_HOURS,
) -> UUID:
    """Ask for a review of this version, `reviewer_id` first where one is named; returns the
    review's task, which is the same in every round. Raises TaskNotMovable where a review of this
    step is still open."""
    added = flow_queries.add_review_task(
        work.session,
        organization_id=work.actor.organization_id,
        label_task_id=label_task_id,
        version_id=version_id,
        step=step,
        reviewer_id=reviewer_id,
        skill=skill,
        hours=reserved_hours,
    )
    if added is None:
        raise _not_movable(work, label_task_id)
    offer(work, [added])
    return added.task_id


def add_label_slot(
    work: Work, asset_id: UUID, slot: int, *, waiting: bool = False, region: Region | None = None
) -> UUID | None:
    """Ask for one more person's opinion of an image, or of a part of it; None where that slot is
    there already."""
    added = flow_queries.add_label_slot(
        work.session,
        organization_id=work.actor.organization_id,
        asset_id=asset_id,
        slot=slot,
        state=TaskState.WAITING if waiting else TaskState.OPEN,
        region=None if region is None else sides_of(region.boxes),
        begins_with=None if region is None else region.surroundings_id,
    )
    if added is None:
        return None
    if not waiting:
        offer(work, [added])
    return added.task_id


@dataclass(frozen=True, slots=True)
class FinishedReview:
    """A review that has ended: its task, the version that it was of, and where a correction would
    be checked."""

    task: TaskRef
    subject_id: UUID
    place: WorkPlace


def finish_review(work: Work, lease_id: UUID, *, fence: int) -> FinishedReview:
    """End the caller's review. What the verdict says is the caller's to keep. Raises LeaseNotFound,
    LeaseLost."""
    lease = require_lease(work, lease_id)
    review = _review_of(work, lease)
    if not queries.finish_task(work.lane, lease_id, fence):
        raise lost(require_lease(work, lease_id), fence)
    project_changed(work, lease.project_id)
    return review


def late_review(work: Work, lease_id: UUID) -> FinishedReview:
    """What the caller's lease was of; the review itself is somebody else's by now."""
    return _review_of(work, require_lease(work, lease_id))


def _review_of(work: Work, lease: queries.LeaseRow) -> FinishedReview:
    subject_id = lease.subject_version_id
    if lease.task.stage is not TaskStage.REVIEW or subject_id is None:
        raise TaskNotMovable(state=lease.task_state)
    return FinishedReview(lease.task, subject_id, place_of(work, lease))


def finish_open_reviews(
    work: Work, project_id: UUID, task_ids: Sequence[UUID]
) -> list[tuple[TaskRef, UUID]]:
    """End reviews that nobody holds, of labels that are not the caller's own; returns each with
    the version that it was of. Those that may not be ended so are left out."""
    actor = work.actor
    finished = flow_queries.finish_open_reviews(
        work.session, actor.organization_id, project_id, task_ids, actor.person_id
    )
    candidates = work.resources.part(Candidates)
    ended = [task.task_id for task, _ in finished]
    if ended:
        withdraw = partial(candidates.withdraw, project_id, ended, TaskStage.REVIEW)
        work.after_commit(withdraw)
        project_changed(work, project_id)
    return finished


@dataclass(frozen=True, slots=True)
class Settled:
    """How an image stands whose label came from elsewhere.

    is_untouched  nobody ever had it, and nobody has to: its task is done
    is_done       people labelled it, and all of it is handed in
    """

    is_untouched: bool
    is_done: bool


def settle_untouched(
    work: Work, project_id: UUID, asset_id: UUID, *, only_check: bool = False
) -> Settled:
    """Take an image that nobody had or has out of the queue, as done; or see whether it can be."""
    organization_id = work.actor.organization_id
    is_untouched, is_done = settling_queries.how_it_stands(work.session, organization_id, asset_id)
    if not is_untouched or only_check:
        return Settled(is_untouched, is_done)
    settled = settling_queries.settle(work.session, organization_id, asset_id)
    if settled:
        candidates = work.resources.part(Candidates)
        ended = [task.task_id for task in settled]
        work.after_commit(partial(candidates.withdraw, project_id, ended, TaskStage.LABEL))
        project_changed(work, project_id)
    return Settled(bool(settled), False)


def await_image(work: Work, asset_id: UUID, project_id: UUID) -> UUID:
    """The task of an image that is still being processed and whose label came with it: once the
    image is ready, it is done. Returns the task."""
    organization_id = work.actor.organization_id
    return settling_queries.add_waiting_task(work.session, organization_id, project_id, asset_id)


def offer(work: Work, tasks: Sequence[OpenTask]) -> None:
    """Propose tasks to the next who asks, once it is committed that they are open."""
    if not tasks:
        return
    candidates = work.resources.part(Candidates)
    work.after_commit(partial(candidates.offer, tasks))
    for project_id in {task.project_id for task in tasks}:
        project_changed(work, project_id)


def _not_movable(work: Work, task_id: UUID) -> TaskNotMovable:
    state = flow_queries.state_of_task(work.session, work.actor.organization_id, task_id)
    return TaskNotMovable(state=state)


def revoke_all(work: Work, project_id: UUID, why: Revocation) -> int:
    """Take back everything that people hold of a project; returns how much it was."""
    organization_id = work.actor.organization_id
    freed = flow_queries.revoke_leases(work.session, organization_id, project_id, why)
    offer(work, freed)
    return len(freed)


def take_back_for_ontology(work: Work, project_id: UUID) -> int:
    """The classes mean something else now: everybody gets what he holds again, with what he drew
    and with what is asked now. Nobody else gets it meanwhile."""
    revoked = revoke_all(work, project_id, Revocation.ONTOLOGY)
    if revoked:
        project_changed(work, project_id)
    return revoked
