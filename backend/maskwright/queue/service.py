"""What people and other slices do with tasks and leases."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.events.service import project_changed
from maskwright.kernel.ids import new_id
from maskwright.projects.domain import Counts
from maskwright.queue import queries
from maskwright.queue.candidates import Candidates
from maskwright.queue.domain import OpenTask, TaskState
from maskwright.queue.models import Task
from maskwright.work import Work


class ReadyAsset(Protocol):
    """What a task needs to know of its asset."""

    @property
    def id(self) -> UUID: ...
    @property
    def organization_id(self) -> UUID: ...
    @property
    def project_id(self) -> UUID: ...


def add_task(work: Work, asset: ReadyAsset, *, priority: int = 0) -> Task:
    """Put an asset that became ready into its project's queue."""
    task = Task(
        id=new_id(),
        organization_id=asset.organization_id,
        project_id=asset.project_id,
        asset_id=asset.id,
        state=TaskState.TO_LABEL,
        priority=priority,
        slots=1,
        fence=0,
    )
    work.session.add(task)
    work.session.flush()
    offer_after_commit(work, OpenTask(task.project_id, task.id, priority))
    project_changed(work, task.project_id)
    return task


def withdraw_tasks(work: Work, asset_ids: Sequence[UUID]) -> None:
    """Take the tasks of deleted assets out of the queue. Leases end, drafts and labels stay."""
    work.session.flush()
    candidates = work.resources.part(Candidates)
    for task in queries.withdraw_tasks(work.session, asset_ids):
        work.after_commit(partial(candidates.withdraw, task.project_id, [task.task_id]))
        project_changed(work, task.project_id)


def counts(session: Session, project_ids: Sequence[UUID]) -> dict[UUID, Counts]:
    """How many assets of each project stand where; every project asked for has an entry."""
    by_project: dict[UUID, dict[str, int]] = {project_id: {} for project_id in project_ids}
    for project_id, state, number in queries.count_by_state(session, project_ids):
        by_project[project_id][state] = number
    return {
        project_id: Counts(assets=sum(states.values()), **states)
        for project_id, states in by_project.items()
    }


def offer_after_commit(work: Work, task: OpenTask) -> None:
    """Propose a task to the next who asks, once it is committed that it is open."""
    candidates = work.resources.part(Candidates)
    work.after_commit(lambda: candidates.offer([task]))
