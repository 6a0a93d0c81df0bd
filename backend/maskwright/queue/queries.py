"""Every statement about tasks and leases, as SQL on the driver's connection.

A task's row is locked before its lease's, always: every change of state goes through a condition
on the task (its state and its fence), so that of two changes at once the second finds the
condition gone. All times are Postgres' own `clock_timestamp()`.

`claim_task`, `lock_open_task` and `end_expired_leases` are functions in the database: see
migrations/versions/0002_claiming_tasks.py. What only counts and lists is in
`progress_queries`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from maskwright.db.driver import Later, driver_connection
from maskwright.queue.domain import (
    LIVE_LEASES_PER_LABELER,
    SKIPS_UNTIL_TRIAGE,
    LeaseOutcome,
    OpenTask,
    TaskState,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A lease in somebody's hands, new or extended, and what its client needs for the image."""

    found_by: str
    lease_id: UUID
    fence: int
    expires_at: datetime
    lease_seconds: int
    task_id: UUID
    asset_id: UUID
    ontology_version: int
    asset_name: str
    width: int
    height: int
    tiles: dict[str, Any] | None


_CLAIM = """
SELECT c.*, a.name, a.width, a.height, a.tiles
FROM claim_task(%b, %b, %b, %b, %b, %b::uuid[], %b::uuid[], %b) c
LEFT JOIN asset a ON a.id = c.asset_id
"""


def claim_task(
    session: Session,
    *,
    project_id: UUID,
    organization_id: UUID,
    labeler_id: UUID,
    lease_id: UUID,
    prefetch: bool,
    exclude: Sequence[UUID],
    candidates: Sequence[UUID],
) -> GrantRow | str:
    """Give the labeler a lease, his own work first; `lease_id` is the id of a new one.

    Returns why there is none where there is none: nothing, no-project or archived.
    """
    cursor = driver_connection(session).execute(
        _CLAIM,
        (
            project_id,
            organization_id,
            labeler_id,
            lease_id,
            prefetch,
            list(exclude),
            list(candidates),
            LIVE_LEASES_PER_LABELER,
        ),
        prepare=True,
        binary=True,  # ids and times are read faster so
    )
    row = _one(cursor.fetchone())
    return str(row[0]) if row[1] is None else GrantRow(*row)


_STILL_OPEN = """
SELECT id, priority FROM task WHERE id = ANY (%b) AND project_id = %b AND state = 'to_label'
"""


def still_open(session: Session, project_id: UUID, task_ids: Sequence[UUID]) -> list[OpenTask]:
    """Those of these tasks that can be handed out."""
    rows = driver_connection(session).execute(_STILL_OPEN, (list(task_ids), project_id))
    return [OpenTask(project_id, id_, priority) for id_, priority in rows]


_OPEN_TASKS = """
SELECT id, priority FROM task
WHERE project_id = %(project)s AND state = 'to_label'
  AND (%(id)s::uuid IS NULL OR (-priority, id) > (-%(priority)s::integer, %(id)s))
ORDER BY priority DESC, id
LIMIT %(limit)s
"""


def open_tasks_page(
    session: Session, project_id: UUID, after: OpenTask | None, limit: int
) -> list[OpenTask]:
    """The next `limit` tasks in the order of hand-out."""
    rows = driver_connection(session).execute(
        _OPEN_TASKS,
        {
            "project": project_id,
            "id": after and after.task_id,
            "priority": after.priority if after else 0,
            "limit": limit,
        },
    )
    return [OpenTask(project_id, id_, priority) for id_, priority in rows]


_PROJECTS_WITH_OPEN_TASKS = """
SELECT p.id, (SELECT count(*) FROM task t WHERE t.project_id = p.id AND t.state = 'to_label')
FROM project p
WHERE p.state = 'active' AND p.deleted_at IS NULL
  AND EXISTS (SELECT FROM task t WHERE t.project_id = p.id AND t.state = 'to_label')
"""


def projects_with_open_tasks(session: Session) -> list[tuple[UUID, int]]:
    """(project, how many of its tasks can be handed out)."""
    rows = driver_connection(session).execute(_PROJECTS_WITH_OPEN_TASKS)
    return [(id_, count) for id_, count in rows]


def end_expired_leases(
    session: Session, project_id: UUID | None = None, limit: int = 1000
) -> list[OpenTask]:
    """End what expired, or lost its holder; returns the tasks that can be handed out again."""
    rows = driver_connection(session).execute(
        "SELECT project_id, task_id, priority FROM end_expired_leases(%b, %b)",
        (project_id, limit),
    )
    return [OpenTask(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class LeaseRow:
    """A lease with what its holder's work needs to know of task, asset and project."""

    lease_id: UUID
    organization_id: UUID
    project_id: UUID
    task_id: UUID
    asset_id: UUID
    fence: int
    outcome: str | None
    task_fence: int
    task_state: str
    height: int
    width: int
    ontology_version: int
    coverage: str

    @property
    def is_live(self) -> bool:
        return self.outcome is None


_LEASE_COLUMNS = """
SELECT l.id, l.organization_id, l.project_id, l.task_id, t.asset_id, l.fence, l.outcome,
       t.fence, t.state, a.height, a.width, coalesce(p.ontology_version, 0),
       p.coverage
"""
_LEASE_TABLES = """
FROM lease l
JOIN task t ON t.id = l.task_id
JOIN asset a ON a.id = t.asset_id
JOIN project p ON p.id = l.project_id
"""
_HELD_BY = """
WHERE l.id = %(lease)s AND l.organization_id = %(organization)s AND l.holder_id = %(holder)s
  AND p.deleted_at IS NULL
"""
_LEASE_OF_HOLDER = f"{_LEASE_COLUMNS} {_LEASE_TABLES} {_HELD_BY}"
_LEASE_AND_SUBMISSION = f"""
{_LEASE_COLUMNS}, s.body_sha256, s.answer
{_LEASE_TABLES}
LEFT JOIN submission s ON s.lease_id = l.id AND s.idempotency_key = %(key)s
{_HELD_BY}
"""


def lease_of_holder(
    session: Session, lease_id: UUID, organization_id: UUID, holder_id: UUID
) -> LeaseRow | None:
    """A lease, live or ended, of this person."""
    cursor = driver_connection(session).execute(
        _LEASE_OF_HOLDER,
        {"lease": lease_id, "organization": organization_id, "holder": holder_id},
        prepare=True,
    )
    row = cursor.fetchone()
    return LeaseRow(*row) if row else None


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    body_sha256: bytes
    answer: dict[str, Any]


def lease_and_submission(
    session: Session, lease_id: UUID, organization_id: UUID, holder_id: UUID, key: str
) -> tuple[LeaseRow, SubmissionRow | None] | None:
    """A lease of this person, and what was answered to this key before, if it was."""
    cursor = driver_connection(session).execute(
        _LEASE_AND_SUBMISSION,
        {
            "lease": lease_id,
            "organization": organization_id,
            "holder": holder_id,
            "key": key,
        },
        prepare=True,
    )
    row = cursor.fetchone()
    if row is None:
        return None
    *lease, body_sha256, answer = row
    submission = None if body_sha256 is None else SubmissionRow(body_sha256, answer)
    return LeaseRow(*lease), submission


_EXTEND = """
WITH extended AS (
    UPDATE lease l SET expires_at = greatest(
        l.expires_at, clock_timestamp() + make_interval(secs => p.lease_seconds)
    )
    FROM project p
    WHERE l.id = %(lease)s AND l.organization_id = %(organization)s AND l.holder_id = %(holder)s
      AND l.fence = %(fence)s AND l.ended_at IS NULL AND p.id = l.project_id
    RETURNING l.task_id, l.expires_at
), timed AS (
    UPDATE draft d SET active_ms = greatest(d.active_ms, %(active_ms)s)
    FROM extended e, label b
    WHERE b.task_id = e.task_id AND b.author_id = %(holder)s AND d.label_id = b.id
      AND d.active_ms < %(active_ms)s
)
SELECT expires_at FROM extended
"""


def extend_lease(
    session: Session,
    *,
    lease_id: UUID,
    organization_id: UUID,
    holder_id: UUID,
    fence: int,
    active_ms: int,
) -> datetime | None:
    """The new end of a live lease with this holder and fence; None where it is not live."""
    cursor = driver_connection(session).execute(
        _EXTEND,
        {
            "lease": lease_id,
            "organization": organization_id,
            "holder": holder_id,
            "fence": fence,
            "active_ms": active_ms,
        },
        prepare=True,
    )
    row = cursor.fetchone()
    return row[0] if row else None


_GIVE_BACK = """
WITH freed AS (
    UPDATE task t SET state = 'to_label', updated_at = clock_timestamp()
    FROM lease l
    WHERE l.id = %(lease)s AND l.fence = %(fence)s AND l.ended_at IS NULL
      AND t.id = l.task_id AND t.fence = l.fence AND t.state = 'in_progress'
    RETURNING t.id, t.project_id, t.priority
), ended AS (
    UPDATE lease SET ended_at = clock_timestamp(), outcome = %(outcome)s
    FROM freed WHERE lease.id = %(lease)s
)
SELECT project_id, id, priority FROM freed
"""


def give_back(
    session: Session, lease_id: UUID, fence: int, outcome: LeaseOutcome
) -> OpenTask | None:
    """End a live lease and put its task back; None where it was not live any more."""
    cursor = driver_connection(session).execute(
        _GIVE_BACK, {"lease": lease_id, "fence": fence, "outcome": outcome.value}
    )
    row = cursor.fetchone()
    return OpenTask(*row) if row else None


# Others' skips are counted in the statement's own snapshot, which is older than the row lock; the
# task was this labeler's since before, so that nobody else can have skipped it in between.
_SKIP = """
WITH skipped AS (
    UPDATE task t SET
        state = CASE WHEN 1 + (
            SELECT count(*) FROM task_skip s WHERE s.task_id = t.id AND s.user_id <> %(holder)s
        ) >= %(limit)s THEN 'skipped' ELSE 'to_label' END,
        updated_at = clock_timestamp()
    FROM lease l
    WHERE l.id = %(lease)s AND l.fence = %(fence)s AND l.ended_at IS NULL
      AND t.id = l.task_id AND t.fence = l.fence AND t.state = 'in_progress'
    RETURNING t.id, t.project_id, t.priority, t.state, t.organization_id
), ended AS (
    UPDATE lease SET ended_at = clock_timestamp(), outcome = 'skipped'
    FROM skipped WHERE lease.id = %(lease)s
), noted AS (
    INSERT INTO task_skip (organization_id, task_id, user_id, reason)
    SELECT organization_id, id, %(holder)s, %(reason)s FROM skipped
    ON CONFLICT (task_id, user_id) DO UPDATE SET reason = excluded.reason
)
SELECT project_id, id, priority, state FROM skipped
"""


def skip_task(
    session: Session, *, lease_id: UUID, holder_id: UUID, fence: int, reason: str
) -> tuple[OpenTask, TaskState] | None:
    """End a live lease and note that its holder passed the task over; None where it was lost."""
    cursor = driver_connection(session).execute(
        _SKIP,
        {
            "lease": lease_id,
            "holder": holder_id,
            "fence": fence,
            "reason": reason,
            "limit": SKIPS_UNTIL_TRIAGE,
        },
    )
    row = cursor.fetchone()
    if row is None:
        return None
    return OpenTask(*row[:3]), TaskState(row[3])


# Everybody may get them again: what they were skipped for has been looked at.
_RETURN_SKIPPED = """
WITH returned AS (
    UPDATE task SET state = 'to_label', updated_at = clock_timestamp()
    WHERE project_id = %(project)s AND id = ANY (%(tasks)s) AND state = 'skipped'
    RETURNING id, project_id, priority
), forgotten AS (
    DELETE FROM task_skip USING returned WHERE task_skip.task_id = returned.id
)
SELECT project_id, id, priority FROM returned
"""


def return_skipped_tasks(
    session: Session, project_id: UUID, task_ids: Sequence[UUID]
) -> list[OpenTask]:
    """Put skipped tasks of a project back into its queue; those in another state are left out."""
    rows = driver_connection(session).execute(
        _RETURN_SKIPPED, {"project": project_id, "tasks": list(task_ids)}
    )
    return [OpenTask(*row) for row in rows]


_FINISH = """
WITH done AS (
    UPDATE task t SET state = 'submitted', updated_at = clock_timestamp()
    FROM lease l
    WHERE l.id = %b AND l.fence = %b AND t.id = l.task_id AND t.fence = l.fence
      AND (t.state = 'in_progress'
           OR (t.state = 'to_label' AND l.outcome IN ('expired', 'released')))
    RETURNING t.id
), ended AS (
    UPDATE lease SET
        ended_at = coalesce(ended_at, clock_timestamp()), outcome = 'submitted'
    FROM done WHERE lease.id = %b
)
SELECT id FROM done
"""


def finish_task(session: Session, lease_id: UUID, fence: int) -> Later[bool]:
    """Mark the task submitted, if nobody was granted it since this lease; whether it was done.

    A lease that ran out or was given back still finishes its task, as long as its fence is the
    task's current one.
    """
    cursor = driver_connection(session).execute(_FINISH, (lease_id, fence, lease_id), prepare=True)
    return Later(cursor, lambda row: row is not None)


_STORE_SUBMISSION = """
INSERT INTO submission (organization_id, lease_id, idempotency_key, body_sha256, answer)
VALUES (%b, %b, %b, %b, %b)
"""


def store_submission(
    session: Session,
    lease: LeaseRow,
    key: str,
    body_sha256: bytes,
    answer: dict[str, Any],
) -> None:
    driver_connection(session).execute(
        _STORE_SUBMISSION,
        (lease.organization_id, lease.lease_id, key, body_sha256, Jsonb(answer)),
        prepare=True,
    )


# The version was written by the statement before, in the same round trip: its number is not known
# to us yet. Where the task was not ours to finish, all of it is taken back afterwards, and no
# statement may fail before that.
_STORE_ANSWER_OF_VERSION = """
INSERT INTO submission (organization_id, lease_id, idempotency_key, body_sha256, answer)
SELECT %(organization)s, %(lease)s, %(key)s, %(body_sha256)s, jsonb_build_object(
    'label_version', jsonb_build_object('id', v.id, 'number', v.number),
    'task', jsonb_build_object('id', %(task)s::uuid, 'state', 'submitted'))
FROM label_version v
WHERE v.id = (
    SELECT l.current_version_id FROM label l
    WHERE l.task_id = %(task)s AND l.author_id = %(author)s ORDER BY l.round DESC LIMIT 1)
ON CONFLICT DO NOTHING
"""


def store_answer_of_version(
    session: Session, lease: LeaseRow, author_id: UUID, key: str, body_sha256: bytes
) -> None:
    """Keep the answer to a submit, which names the author's current version."""
    driver_connection(session).execute(
        _STORE_ANSWER_OF_VERSION,
        {
            "organization": lease.organization_id,
            "lease": lease.lease_id,
            "task": lease.task_id,
            "author": author_id,
            "key": key,
            "body_sha256": body_sha256,
        },
        prepare=True,
    )


_WITHDRAW = """
WITH gone AS (
    UPDATE task SET state = 'withdrawn', updated_at = clock_timestamp()
    WHERE asset_id = ANY (%(assets)s) AND state <> 'withdrawn'
    RETURNING id, project_id, priority
), ended AS (
    UPDATE lease SET ended_at = clock_timestamp(), outcome = 'revoked'
    FROM gone WHERE lease.task_id = gone.id AND lease.ended_at IS NULL
)
SELECT project_id, id, priority FROM gone
"""


def withdraw_tasks(session: Session, asset_ids: Sequence[UUID]) -> list[OpenTask]:
    """Take the tasks of these assets out of the queue, whoever holds them."""
    rows = driver_connection(session).execute(_WITHDRAW, {"assets": list(asset_ids)})
    return [OpenTask(*row) for row in rows]


def _one(row: T | None) -> T:
    """The row of a statement that always has one."""
    if row is None:
        raise LookupError("A statement that always answers did not.")
    return row
