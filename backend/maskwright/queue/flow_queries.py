"""Statements that move tasks between states and stages, other than a holder's own work.

As in `queries`: a task's row is locked before its lease's, and every change stands under a
condition on the task's state.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import new_id
from maskwright.queue.domain import OpenTask, Revocation, TaskRef, TaskStage, TaskState
from maskwright.queue.queries import open_task_of

_OPEN = """
UPDATE task SET state = 'open', queued_at = clock_timestamp(), updated_at = clock_timestamp()
WHERE organization_id = %b AND id = ANY (%b) AND state = 'waiting'
RETURNING task.project_id, task.id, task.stage, task.rank, task.is_routed
"""


def open_tasks(session: Session, organization_id: UUID, task_ids: Sequence[UUID]) -> list[OpenTask]:
    """Let tasks that waited for their turn be handed out."""
    rows = driver_connection(session).execute(_OPEN, (organization_id, list(task_ids)))
    return [open_task_of(row) for row in rows]


# The place in the queue stays: what is sent back is older than what was never begun.
_REOPEN = """
WITH routed AS (
    UPDATE project SET has_routes = true
    FROM task WHERE task.id = %(task)s AND project.id = task.project_id
      AND %(author)s::uuid IS NOT NULL AND NOT project.has_routes
)
UPDATE task SET
    state = 'open', round = round + 1, subject_version_id = %(version)s, was_taken_back = false,
    reserved_for = %(author)s,
    reserved_until = CASE WHEN %(author)s::uuid IS NOT NULL
        THEN clock_timestamp() + make_interval(hours => %(hours)s) END,
    updated_at = clock_timestamp()
WHERE organization_id = %(organization)s AND id = %(task)s AND state IN ('submitted', 'done')
RETURNING task.project_id, task.id, task.stage, task.rank, task.is_routed
"""


def reopen_task(
    session: Session,
    *,
    organization_id: UUID,
    task_id: UUID,
    author_id: UUID | None,
    version_id: UUID,
    hours: int,
) -> OpenTask | None:
    """Send what was handed in back, first to its author; None where it was not handed in."""
    cursor = driver_connection(session).execute(
        _REOPEN,
        {
            "organization": organization_id,
            "task": task_id,
            "author": author_id,
            "version": version_id,
            "hours": hours,
        },
    )
    row = cursor.fetchone()
    return open_task_of(row) if row else None


# The priority, the batch and the deadline are those of the label's own task.
_ADD_REVIEW = """
WITH routed AS (
    UPDATE project SET has_routes = true
    FROM task WHERE task.id = %(task)s AND project.id = task.project_id
      AND (%(reviewer)s::uuid IS NOT NULL OR %(skill)s::text IS NOT NULL)
      AND NOT project.has_routes
)
INSERT INTO task (
    id, organization_id, project_id, asset_id, stage, step, slot, slots, state,
    subject_version_id, reserved_for, reserved_until, skill, priority, batch_id, due_at)
SELECT %(id)s, t.organization_id, t.project_id, t.asset_id, 'review', %(step)s, t.slot, t.slots,
       'open', %(version)s, %(reviewer)s,
       CASE WHEN %(reviewer)s::uuid IS NOT NULL
           THEN clock_timestamp() + make_interval(hours => %(hours)s) END,
       %(skill)s, t.priority, t.batch_id, t.due_at
FROM task t WHERE t.organization_id = %(organization)s AND t.id = %(task)s AND t.stage = 'label'
ON CONFLICT (asset_id, stage, step, slot) DO UPDATE SET
    state = 'open', round = task.round + 1, subject_version_id = excluded.subject_version_id,
    reserved_for = excluded.reserved_for, reserved_until = excluded.reserved_until,
    skill = excluded.skill, priority = excluded.priority, updated_at = clock_timestamp()
WHERE task.state IN ('done', 'waiting')
RETURNING task.project_id, task.id, task.stage, task.rank, task.is_routed
"""


def add_review_task(
    session: Session,
    *,
    organization_id: UUID,
    label_task_id: UUID,
    version_id: UUID,
    step: int,
    reviewer_id: UUID | None,
    skill: str | None,
    hours: int,
) -> OpenTask | None:
    """Ask for a review of a version, or for another one by the same row; None where such a review
    is still open, or there is no such label."""
    cursor = driver_connection(session).execute(
        _ADD_REVIEW,
        {
            "id": new_id(),
            "organization": organization_id,
            "task": label_task_id,
            "version": version_id,
            "step": step,
            "reviewer": reviewer_id,
            "skill": skill,
            "hours": hours,
        },
    )
    row = cursor.fetchone()
    return open_task_of(row) if row else None


# It begins with what the project's model drew, as the first one did; about a region, with what
# people agreed on around it.
_ADD_SLOT = """
WITH raised AS (
    UPDATE task SET slots = greatest(slots, %(slot)s)
    WHERE organization_id = %(organization)s AND asset_id = %(asset)s AND stage = 'label'
      AND slots < %(slot)s AND gold_id IS NULL
)
INSERT INTO task (
    id, organization_id, project_id, asset_id, stage, slot, slots, state, region,
    subject_version_id, priority, batch_id, due_at, skill, queued_at)
SELECT %(id)s, t.organization_id, t.project_id, t.asset_id, 'label', %(slot)s,
       greatest(t.slots, %(slot)s), %(state)s, %(region)s::integer[],
       coalesce(%(begins_with)s::uuid, drawn.version_id),
       t.priority, t.batch_id, t.due_at, t.skill, t.queued_at
FROM task t
JOIN project ON project.id = t.project_id
LEFT JOIN prediction drawn
    ON drawn.asset_id = t.asset_id AND drawn.model_id = project.prelabel_model_id
WHERE t.organization_id = %(organization)s AND t.asset_id = %(asset)s AND t.stage = 'label'
  AND t.slot = 1
ON CONFLICT (asset_id, stage, step, slot) DO NOTHING
RETURNING task.project_id, task.id, task.stage, task.rank, task.is_routed
"""


def add_label_slot(
    session: Session,
    *,
    organization_id: UUID,
    asset_id: UUID,
    slot: int,
    state: TaskState,
    region: Sequence[int] | None = None,
    begins_with: UUID | None = None,
) -> OpenTask | None:
    """Ask for one more person's label of an asset; None where that slot is there already."""
    cursor = driver_connection(session).execute(
        _ADD_SLOT,
        {
            "id": new_id(),
            "organization": organization_id,
            "asset": asset_id,
            "slot": slot,
            "state": state.value,
            "region": None if region is None else list(region),
            "begins_with": begins_with,
        },
    )
    row = cursor.fetchone()
    return open_task_of(row) if row else None


_SET_STATE = """
UPDATE task SET state = %(to)s, updated_at = clock_timestamp()
WHERE organization_id = %(organization)s AND id = %(task)s AND state = %(from)s
RETURNING id
"""


def move_task(
    session: Session, organization_id: UUID, task_id: UUID, was: TaskState, becomes: TaskState
) -> bool:
    """Whether the task was in the one state; it is in the other now."""
    parameters = {
        "organization": organization_id,
        "task": task_id,
        "from": was.value,
        "to": becomes.value,
    }
    return driver_connection(session).execute(_SET_STATE, parameters).fetchone() is not None


_STATE = "SELECT state FROM task WHERE organization_id = %b AND id = %b"


def state_of_task(session: Session, organization_id: UUID, task_id: UUID) -> TaskState | None:
    row = driver_connection(session).execute(_STATE, (organization_id, task_id)).fetchone()
    return TaskState(row[0]) if row else None


# Everybody may get them again: what they were skipped for has been looked at.
_RETURN_SKIPPED = """
WITH returned AS (
    UPDATE task SET state = 'open', updated_at = clock_timestamp()
    WHERE project_id = %(project)s AND id = ANY (%(tasks)s) AND state = 'skipped'
    RETURNING project_id, id, stage, rank, is_routed
), forgotten AS (
    DELETE FROM task_skip USING returned WHERE task_skip.task_id = returned.id
)
SELECT * FROM returned
"""


def return_skipped_tasks(
    session: Session, project_id: UUID, task_ids: Sequence[UUID]
) -> list[OpenTask]:
    """Put skipped tasks of a project back into its queue; those in another state are left out."""
    rows = driver_connection(session).execute(
        _RETURN_SKIPPED, {"project": project_id, "tasks": list(task_ids)}
    )
    return [open_task_of(row) for row in rows]


_WITHDRAW = """
WITH gone AS (
    UPDATE task SET state = 'withdrawn', updated_at = clock_timestamp()
    WHERE asset_id = ANY (%(assets)s) AND state <> 'withdrawn'
    RETURNING project_id, id, stage, rank, is_routed
), ended AS (
    UPDATE lease SET ended_at = clock_timestamp(), outcome = 'revoked', revoked_for = 'deleted'
    FROM gone WHERE lease.task_id = gone.id AND lease.ended_at IS NULL
)
SELECT * FROM gone
"""


def withdraw_tasks(session: Session, asset_ids: Sequence[UUID]) -> list[OpenTask]:
    """Take the tasks of these assets out of the queue, whoever holds them."""
    rows = driver_connection(session).execute(_WITHDRAW, {"assets": list(asset_ids)})
    return [open_task_of(row) for row in rows]


_FREE_ASSIGNMENTS = """
UPDATE task SET assignee_id = NULL, updated_at = clock_timestamp()
WHERE state = 'open' AND gold_id IS NULL AND assignee_id IN (
    SELECT assignee_id FROM task t
    WHERE t.state = 'open' AND t.assignee_id IS NOT NULL AND t.gold_id IS NULL AND NOT EXISTS (
        SELECT FROM membership m
        WHERE m.organization_id = t.organization_id AND m.user_id = t.assignee_id)
    GROUP BY assignee_id)
"""


def free_what_left_people_had(session: Session) -> None:
    """What is assigned to somebody who left the organisation is for everybody again."""
    driver_connection(session).execute(_FREE_ASSIGNMENTS)


# What is taken back only so that it is given again is kept for who had it, unless it is kept for
# somebody already: as long as a lease lasts, and at least some minutes, for he may be away.
_REVOKE = """
WITH routed AS (
    UPDATE project SET has_routes = true
    WHERE id = %(project)s AND %(kept)s AND NOT has_routes
), gone AS (
    UPDATE task t SET state = 'open', updated_at = clock_timestamp(),
        reserved_for = CASE WHEN %(kept)s THEN l.holder_id ELSE t.reserved_for END,
        reserved_until = CASE WHEN %(kept)s THEN greatest(
            t.reserved_until, clock_timestamp() + greatest(
                interval '10 minutes', make_interval(secs => p.lease_seconds)))
            ELSE t.reserved_until END
    FROM lease l JOIN project p ON p.id = l.project_id
    WHERE l.organization_id = %(organization)s AND l.project_id = %(project)s
      AND (%(lease)s::uuid IS NULL OR l.id = %(lease)s)
      AND (%(holder)s::uuid IS NULL OR l.holder_id = %(holder)s)
      AND l.ended_at IS NULL AND t.id = l.task_id AND t.fence = l.fence
      AND t.state = 'in_progress'
    RETURNING t.project_id, t.id, t.stage, t.rank, t.is_routed, l.id AS lease_id
), ended AS (
    UPDATE lease SET ended_at = clock_timestamp(), outcome = 'revoked', revoked_for = %(why)s
    FROM gone WHERE lease.id = gone.lease_id
)
SELECT project_id, id, stage, rank, is_routed FROM gone
"""


def revoke_leases(
    session: Session,
    organization_id: UUID,
    project_id: UUID,
    why: Revocation,
    lease_id: UUID | None = None,
    holder_id: UUID | None = None,
) -> list[OpenTask]:
    """Take back what people hold of a project, or one lease, or one person's; drafts stay."""
    rows = driver_connection(session).execute(
        _REVOKE,
        {
            "organization": organization_id,
            "project": project_id,
            "lease": lease_id,
            "holder": holder_id,
            "why": why.value,
            "kept": why is Revocation.ONTOLOGY,
        },
    )
    return [open_task_of(row) for row in rows]


# The rows are locked in the order of their ids, as by everybody who takes several.
_FINISH_OPEN_REVIEWS = """
WITH chosen AS (
    SELECT t.id FROM task t
    JOIN label_version v ON v.id = t.subject_version_id
    JOIN label l ON l.id = v.label_id
    WHERE t.organization_id = %(organization)s AND t.project_id = %(project)s
      AND t.id = ANY (%(tasks)s) AND t.stage = 'review' AND t.state = 'open'
      AND l.author_id IS DISTINCT FROM %(person)s
    ORDER BY t.id
    FOR UPDATE OF t
)
UPDATE task SET state = 'done', reserved_for = NULL, reserved_until = NULL,
    updated_at = clock_timestamp()
FROM chosen WHERE task.id = chosen.id AND task.state = 'open'
RETURNING task.organization_id, task.project_id, task.id, task.asset_id, task.stage, task.step,
          task.slot, task.round, task.subject_version_id
"""


def finish_open_reviews(
    session: Session,
    organization_id: UUID,
    project_id: UUID,
    task_ids: Sequence[UUID],
    person_id: UUID,
) -> list[tuple[TaskRef, UUID]]:
    """End reviews that nobody holds, of labels by others than this person."""
    rows = driver_connection(session).execute(
        _FINISH_OPEN_REVIEWS,
        {
            "organization": organization_id,
            "project": project_id,
            "tasks": list(task_ids),
            "person": person_id,
        },
    )
    return [
        (
            TaskRef(
                organization_id=organization,
                project_id=project,
                task_id=task,
                asset_id=asset,
                stage=TaskStage(stage),
                step=step,
                slot=slot,
                round=round_,
            ),
            subject,
        )
        for organization, project, task, asset, stage, step, slot, round_, subject in rows
    ]
