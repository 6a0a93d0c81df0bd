"""What managers do with a queue: look at it, order it, take back what people hold."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.events.service import project_changed
from maskwright.kernel.clock import utc_now
from maskwright.kernel.errors import InvalidInput, NotFound
from maskwright.kernel.ids import new_id
from maskwright.notifications.domain import NotificationKind
from maskwright.notifications.service import notify
from maskwright.projects.models import Project
from maskwright.projects.service import require_active_project, require_project
from maskwright.queue import desk_queries, flow_queries
from maskwright.queue.candidates import Candidates
from maskwright.queue.deadlines import with_forecasts
from maskwright.queue.desk_queries import BatchRow, Picked, QueuedTask
from maskwright.queue.domain import OpenTask, Revocation, TaskStage, TaskState
from maskwright.queue.errors import BatchNameTaken
from maskwright.queue.flow import offer, revoke_all
from maskwright.queue.lease_gate import require_worker
from maskwright.queue.models import TaskBatch
from maskwright.queue.reasons import Reason, reasons_for
from maskwright.work import Work
from maskwright.workforce.service.sight import sight_of

_COUNTED_AHEAD = 1000

# Looking

_PEOPLE = (("assignee_id", "assignee_name"), ("reserved_for", "reserved_name"))


def list_next(
    work: Work, project_id: UUID, *, stage: TaskStage, batch_id: UUID | None, limit: int
) -> list[tuple[QueuedTask, list[Reason]]]:
    """The open tasks in the order of their turn, each with what decides it."""
    require_project(work, project_id, Permission.MANAGE_QUEUE)
    tasks = desk_queries.next_tasks(
        work.session, project_id, stage=stage.value, batch_id=batch_id, limit=limit
    )
    seen = sight_of(work, project_id).cover_all(tasks, *_PEOPLE)
    return [(task, reasons_for(task, None)) for task in seen]


def explain(work: Work, task_id: UUID) -> tuple[QueuedTask, list[Reason], int | None]:
    """Why the caller gets this task, or has it; and how many come before it while it is open, at
    most a thousand."""
    actor = require_worker(work)
    found = desk_queries.find_queued_task(
        work.session, actor.organization_id, task_id, actor.user_id
    )
    if found is None:
        raise NotFound
    project_id, task = found
    if task.is_secretly_assigned:
        task = replace(task, assignee_id=None, assignee_name=None)
    project = require_project(work, project_id)
    if project.is_watched and work.actor.labels_blindly and task.state == TaskState.DONE:
        task = replace(task, state=TaskState.SUBMITTED)  # no gold is ever in review
    ahead = None
    if task.state == "open":
        ahead = desk_queries.count_ahead(work.session, task_id, _COUNTED_AHEAD)
    seen = sight_of(work, project_id).cover(task, *_PEOPLE)
    return seen, reasons_for(seen, actor.user_id), ahead


# Settings


def change_settings(work: Work, project_id: UUID, changes: dict[str, Any]) -> Project:
    """Pause or resume the hand-out, and set caps. A pause takes back what people hold; what they
    drew is kept, and what they still hand in counts."""
    project = require_active_project(work, project_id, Permission.MANAGE_QUEUE)
    wants_pause = changes.pop("is_paused", None)
    if changes.get("may_take_back", False) is None:
        del changes["may_take_back"]
    for name, value in changes.items():
        setattr(project, name, value)
    if wants_pause is not None and wants_pause != (project.paused_at is not None):
        project.paused_at = utc_now() if wants_pause else None
    work.session.flush()
    if wants_pause:
        for person_id in desk_queries.holders(work.session, project_id):
            notify(work, person_id, NotificationKind.PAUSED, project_id=project_id, once=True)
        revoke_all(work, project_id, Revocation.PAUSE)
    fields = {**changes, **({} if wants_pause is None else {"is_paused": wants_pause})}
    record_audit(work, "queue.settings_changed", "project", project_id, fields)
    project_changed(work, project_id)
    return project


def revoke_lease(work: Work, lease_id: UUID) -> None:
    """Take one task back from who holds it. His draft is kept, and what he hands in all the same
    counts as long as nobody else was granted the task."""
    organization_id = work.actor.organization_id
    project_id = desk_queries.project_of_lease(work.session, organization_id, lease_id)
    if project_id is None:
        raise NotFound
    require_project(work, project_id, Permission.MANAGE_QUEUE)
    freed = flow_queries.revoke_leases(
        work.session, organization_id, project_id, Revocation.MANAGER, lease_id
    )
    offer(work, freed)
    if freed:
        details = {"task": str(freed[0].task_id)}
        record_audit(work, "queue.lease_revoked", "lease", lease_id, details)


# Ordering


def arrange(work: Work, project_id: UUID, picked: Picked, changes: dict[str, Any]) -> int:
    """Change priority, deadline, batch, skill or assignment of tasks that are not done; returns how
    many there were. What is not leased is in the new order at once."""
    require_active_project(work, project_id, Permission.MANAGE_QUEUE)
    _check_targets(work, project_id, changes)
    batch_id = changes.get("batch_id")
    if batch_id is not None:
        [batch] = desk_queries.batches(work.session, work.actor.organization_id, batch_id=batch_id)
        changes = {"priority": batch.priority, "due_at": batch.due_at, **changes}
    changed = desk_queries.arrange(work.session, project_id, picked, changes)
    _reorder(work, project_id, changed)
    written = {name: _plain(value) for name, value in changes.items()}
    record_audit(
        work, "queue.arranged", "project", project_id, {"tasks": len(changed), "set": written}
    )
    return len(changed)


def count_picked(work: Work, project_id: UUID, picked: Picked) -> int:
    """How many images `arrange` would change."""
    require_project(work, project_id, Permission.MANAGE_QUEUE)
    return desk_queries.count_picked(work.session, project_id, picked)


def _reorder(work: Work, project_id: UUID, changed: Sequence[tuple[OpenTask, bool]]) -> None:
    tasks = [task for task, is_open in changed if is_open]
    offer(work, tasks)
    candidates = work.resources.part(Candidates)
    for stage in TaskStage:
        routed = [task.task_id for task in tasks if task.is_routed and task.stage is stage]
        work.after_commit(partial(candidates.withdraw, project_id, routed, stage))


def _check_targets(work: Work, project_id: UUID, changes: dict[str, Any]) -> None:
    """Who and what is named must belong here."""
    session, organization_id = work.session, work.actor.organization_id
    assignee_id, team_id = changes.get("assignee_id"), changes.get("team_id")
    if assignee_id is not None and not desk_queries.is_member(
        session, organization_id, assignee_id
    ):
        raise InvalidInput(field="assignee_id")
    if team_id is not None and not desk_queries.is_team(session, organization_id, team_id):
        raise InvalidInput(field="team_id")
    batch_id = changes.get("batch_id")
    if batch_id is not None:
        found = desk_queries.batches(session, organization_id, batch_id=batch_id)
        if [batch.project_id for batch in found] != [project_id]:
            raise InvalidInput(field="batch_id")


def _plain(value: object) -> object:
    return str(value) if isinstance(value, UUID | datetime) else value


# Batches


def list_batches(work: Work, project_id: UUID) -> list[BatchRow]:
    require_project(work, project_id)
    found = desk_queries.batches(work.session, work.actor.organization_id, project_id=project_id)
    return with_forecasts(work.session, found)


def create_batch(
    work: Work, project_id: UUID, *, name: str, priority: int, due_at: datetime | None
) -> BatchRow:
    """A new batch; tasks come into it by `arrange`."""
    project = require_active_project(work, project_id, Permission.MANAGE_QUEUE)
    batch = TaskBatch(
        id=new_id(),
        organization_id=project.organization_id,
        project_id=project_id,
        name=name,
        priority=priority,
        due_at=due_at,
    )
    _require_free_name(work, batch)
    work.session.add(batch)
    work.session.flush()
    record_audit(work, "queue.batch_created", "task_batch", batch.id, {"name": name})
    return _batch_row(work, batch.id)


def change_batch(work: Work, batch_id: UUID, changes: dict[str, Any]) -> BatchRow:
    """Rename a batch, or give all its tasks another priority or deadline."""
    batch = _require_batch(work, batch_id)
    for name, value in changes.items():
        setattr(batch, name, value)
    if "due_at" in changes:
        batch.warned_at = None
    _require_free_name(work, batch)
    work.session.flush()
    for_tasks = {name: value for name, value in changes.items() if name != "name"}
    if for_tasks:
        picked = Picked(batch_id=batch_id)
        changed = desk_queries.arrange(work.session, batch.project_id, picked, for_tasks)
        _reorder(work, batch.project_id, changed)
    written = {name: _plain(value) for name, value in changes.items()}
    record_audit(work, "queue.batch_changed", "task_batch", batch_id, written)
    return _batch_row(work, batch_id)


def delete_batch(work: Work, batch_id: UUID) -> None:
    batch = _require_batch(work, batch_id)
    desk_queries.delete_batch(work.session, batch_id)
    work.session.expunge(batch)
    record_audit(work, "queue.batch_deleted", "task_batch", batch_id, {"name": batch.name})
    project_changed(work, batch.project_id)


def _require_batch(work: Work, batch_id: UUID) -> TaskBatch:
    statement = sa.select(TaskBatch).where(
        TaskBatch.organization_id == work.actor.organization_id, TaskBatch.id == batch_id
    )
    batch = work.session.scalars(statement).one_or_none()
    if batch is None:
        raise NotFound
    require_project(work, batch.project_id, Permission.MANAGE_QUEUE)
    return batch


def _require_free_name(work: Work, batch: TaskBatch) -> None:
    with work.session.no_autoflush:
        statement = sa.select(TaskBatch.id).where(
            TaskBatch.project_id == batch.project_id,
            TaskBatch.name == batch.name,
            TaskBatch.id != batch.id,
        )
        if work.session.scalars(statement).first() is not None:
            raise BatchNameTaken


def _batch_row(work: Work, batch_id: UUID) -> BatchRow:
    found = desk_queries.batches(work.session, work.actor.organization_id, batch_id=batch_id)
    [row] = with_forecasts(work.session, found)
    return row


# Skills


def list_skills(work: Work) -> dict[UUID, list[str]]:
    """What members can do. Who can do nothing special has no entry."""
    actor = work.require(Permission.MANAGE_QUEUE)
    return desk_queries.skills(work.session, actor.organization_id)


def set_skills(work: Work, user_id: UUID, skills: Sequence[str]) -> list[str]:
    """Say what a member can do; tasks that need it are his from now on."""
    organization_id = work.actor.organization_id
    if not desk_queries.is_member(work.session, organization_id, user_id):
        raise NotFound
    work.require(Permission.MANAGE_MEMBERS)
    wanted = sorted(set(skills))
    desk_queries.set_skills(work.session, organization_id, user_id, wanted)
    record_audit(work, "member.skills_changed", "user", user_id, {"skills": wanted})
    return wanted
