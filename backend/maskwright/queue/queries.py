"""Every statement about tasks and leases, as SQL on the driver's connection.

A task's row is locked before its lease's, always: every change of state goes through a condition
on the task (its state and its fence), so that of two changes at once the second finds the
condition gone. All times are Postgres' own `clock_timestamp()`.

`claim_task`, `end_expired_leases` and `end_reservations` are functions in the database (migrations
0008 and …_the_busiest_statements). What hands labels in is in `submit_queries`; what moves tasks
between stages, in `flow_queries`; what only counts and lists, in `progress_queries`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.db.lane import Lane, Row
from maskwright.db.statements import Statement
from maskwright.queue.domain import (
    SKIPS_UNTIL_TRIAGE,
    LeaseOutcome,
    OpenTask,
    TaskRef,
    TaskStage,
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
    round: int
    subject_version_id: UUID | None
    asset_name: str
    width: int
    height: int
    tiles: dict[str, Any] | None


_CLAIM = Statement(
    "claim_task",
    "uuid uuid uuid uuid text bool uuid[] uuid int4 bool",
    """
    SELECT c.*, a.name, a.width, a.height, a.tiles
    FROM claim_task($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) c
    LEFT JOIN asset a ON a.id = c.asset_id
    """,
)


@dataclass(frozen=True, slots=True)
class ClaimRequest:
    """Who asks for what.

    lease_id    the id of a new lease
    prefetch    one more besides what he holds
    exclude     tasks that he holds already
    candidate   what Redis proposes
    depth       so many leases he may hold at once
    from_pool   he may have what others could do as well
    """

    project_id: UUID
    organization_id: UUID
    labeler_id: UUID
    lease_id: UUID
    stage: TaskStage
    prefetch: bool
    exclude: Sequence[UUID]
    candidate: UUID | None
    depth: int
    from_pool: bool


def claim_task(lane: Lane, asked: ClaimRequest) -> GrantRow | str:
    """Give the labeler a lease, his own work first.

    Returns why there is none where there is none: nothing, no-project, archived, paused, capped.
    """
    row = one_row(
        lane.one(
            _CLAIM,
            asked.project_id,
            asked.organization_id,
            asked.labeler_id,
            asked.lease_id,
            asked.stage.value,
            asked.prefetch,
            asked.exclude,
            asked.candidate,
            asked.depth,
            asked.from_pool,
        )
    )
    return str(row[0]) if row[1] is None else GrantRow(*row)


# As `claim_task` gives what is assigned: his own live lease first, then the first open one. Whether
# the project goes on is told as there.
_CLAIM_AMONG = Statement(
    "claim_among",
    "uuid uuid uuid uuid bool uuid[] uuid[]",
    """
    WITH live AS (
        UPDATE lease l SET expires_at = greatest(
            l.expires_at, clock_timestamp() + make_interval(secs => p.lease_seconds))
        FROM project p
        WHERE p.id = $1 AND NOT $5 AND l.ended_at IS NULL AND l.id = (
            SELECT mine.id FROM lease mine
            WHERE mine.project_id = $1 AND mine.holder_id = $3 AND mine.ended_at IS NULL
              AND mine.task_id = ANY ($7) AND mine.task_id <> ALL ($6)
            ORDER BY mine.granted_at LIMIT 1)
        RETURNING l.id, l.fence, l.expires_at, l.task_id
    ), chosen AS (
        SELECT t.id FROM task t
        JOIN project p ON p.id = $1 AND p.paused_at IS NULL AND p.state = 'active'
        WHERE t.id = ANY ($7) AND t.id <> ALL ($6) AND t.state = 'open' AND t.assignee_id = $3
          AND NOT EXISTS (SELECT FROM live)
        ORDER BY array_position($7, t.id) LIMIT 1
        FOR UPDATE OF t SKIP LOCKED
    ), taken AS (
        UPDATE task t SET state = 'in_progress', fence = t.fence + 1,
            updated_at = clock_timestamp()
        FROM chosen WHERE t.id = chosen.id
        RETURNING t.id, t.fence
    ), granted AS (
        INSERT INTO lease (id, organization_id, project_id, task_id, slot, holder_id, fence, kind,
            granted_at, expires_at)
        SELECT $4, $2, $1, taken.id, 1, $3, taken.fence, 'label', clock_timestamp(),
               clock_timestamp() + make_interval(secs => p.lease_seconds)
        FROM taken JOIN project p ON p.id = $1
        RETURNING id, fence, expires_at, task_id
    ), given AS (
        SELECT 'live' AS found_by, live.* FROM live
        UNION ALL
        SELECT CASE WHEN EXISTS (SELECT FROM draft d WHERE d.task_id = granted.task_id
                                   AND d.author_id = $3) THEN 'draft' ELSE 'assigned' END,
               granted.*
        FROM granted
    )
    SELECT CASE WHEN p.state <> 'active' THEN 'archived' WHEN p.paused_at IS NOT NULL THEN 'paused'
                ELSE coalesce(given.found_by, 'nothing') END,
           given.id, given.fence, given.expires_at, p.lease_seconds, t.id, t.asset_id,
           coalesce(p.ontology_version, 0), t.round, t.subject_version_id, a.name, a.width,
           a.height, a.tiles
    FROM project p
    LEFT JOIN given ON true
    LEFT JOIN task t ON t.id = given.task_id
    LEFT JOIN asset a ON a.id = t.asset_id
    WHERE p.id = $1 AND p.organization_id = $2 AND p.deleted_at IS NULL
    """,
)


def claim_among(lane: Lane, asked: ClaimRequest, task_ids: Sequence[UUID]) -> GrantRow | str:
    """Give the labeler a lease of one of these tasks, which are assigned to him, the first of them
    first. Returns why there is none as `claim_task` does."""
    row = lane.one(
        _CLAIM_AMONG,
        asked.project_id,
        asked.organization_id,
        asked.labeler_id,
        asked.lease_id,
        asked.prefetch,
        list(asked.exclude),
        list(task_ids),
    )
    if row is None:
        return "no-project"
    return str(row[0]) if row[1] is None else GrantRow(*row)


_STILL_OPEN = """
SELECT project_id, id, stage, rank, is_routed FROM task
WHERE id = ANY (%b) AND project_id = %b AND state = 'open'
"""


def still_open(lane: Lane, project_id: UUID, task_ids: Sequence[UUID]) -> list[OpenTask]:
    """Those of these tasks that can be handed out."""
    rows = driver_connection(lane).execute(_STILL_OPEN, (list(task_ids), project_id))
    return [open_task_of(row) for row in rows]


def open_task_of(row: Row) -> OpenTask:
    """A row of (project, id, stage, rank, is_routed)."""
    project_id, task_id, stage, rank, is_routed = row
    return OpenTask(project_id, task_id, TaskStage(stage), rank, is_routed)


_END_EXPIRED = "SELECT project_id, task_id, stage, rank, is_routed FROM end_expired_leases(%b, %b)"
_END_RESERVATIONS = (
    "SELECT project_id, task_id, stage, rank, is_routed FROM end_reservations(%b, %b)"
)


def end_expired_leases(
    session: Session, project_id: UUID | None = None, limit: int = 1000
) -> list[OpenTask]:
    """End what expired, or lost its holder; returns the tasks that can be handed out again."""
    rows = driver_connection(session).execute(_END_EXPIRED, (project_id, limit))
    return [open_task_of(row) for row in rows]


def end_reservations(
    session: Session, project_id: UUID | None = None, limit: int = 1000
) -> list[OpenTask]:
    """Give free what was kept for one person too long; returns those tasks."""
    rows = driver_connection(session).execute(_END_RESERVATIONS, (project_id, limit))
    return [open_task_of(row) for row in rows]


class LeaseRow(NamedTuple):
    """A lease with what its holder's work needs to know of task, asset and project.

    has_workflow  something decides what follows when the label is handed in
    """

    lease_id: UUID
    organization_id: UUID
    project_id: UUID
    task_id: UUID
    asset_id: UUID
    fence: int
    outcome: str | None
    revoked_for: str | None
    task_fence: int
    task_state: str
    stage: str
    step: int
    slot: int
    round: int
    subject_version_id: UUID | None
    has_workflow: bool
    gold_id: UUID | None
    region: list[int] | None
    height: int
    width: int
    ontology_version: int
    coverage: str

    @property
    def task(self) -> TaskRef:
        return TaskRef(
            self.organization_id,
            self.project_id,
            self.task_id,
            self.asset_id,
            TaskStage(self.stage),
            self.step,
            self.slot,
            self.round,
            self.region is not None,
        )

    @property
    def is_live(self) -> bool:
        return self.outcome is None


LEASE_COLUMNS = """
SELECT l.id, l.organization_id, l.project_id, l.task_id, t.asset_id, l.fence, l.outcome,
       l.revoked_for, t.fence, t.state, t.stage, t.step, t.slot, t.round, t.subject_version_id,
       p.has_workflow AND t.gold_id IS NULL OR t.region IS NOT NULL, t.gold_id, t.region,
       a.height, a.width,
       coalesce(p.ontology_version, 0), p.coverage
"""
LEASE_TABLES = """
FROM lease l
JOIN task t ON t.id = l.task_id
JOIN asset a ON a.id = t.asset_id
JOIN project p ON p.id = l.project_id
"""
HELD_BY = """
WHERE l.id = $1 AND l.organization_id = $2 AND l.holder_id = $3 AND p.deleted_at IS NULL
"""
_LEASE_OF_HOLDER = Statement(
    "lease_of_holder", "uuid uuid uuid", f"{LEASE_COLUMNS} {LEASE_TABLES} {HELD_BY}"
)


def lease_of_holder(
    lane: Lane, lease_id: UUID, organization_id: UUID, holder_id: UUID
) -> LeaseRow | None:
    """A lease, live or ended, of this person."""
    row = lane.one(_LEASE_OF_HOLDER, lease_id, organization_id, holder_id)
    return LeaseRow(*row) if row else None


_REGION = Statement("region_of_task", "uuid", "SELECT region FROM task WHERE id = $1")


def region_of_task(lane: Lane, task_id: UUID) -> list[int] | None:
    """The boxes that a task asks about; None where it asks about the whole image."""
    row = lane.one(_REGION, task_id)
    return row[0] if row else None


_EXTEND = Statement(
    "extend_lease",
    "uuid uuid uuid int8 int8",
    """
    WITH extended AS (
        UPDATE lease l SET expires_at = greatest(
            l.expires_at, clock_timestamp() + make_interval(secs => p.lease_seconds)
        )
        FROM project p
        WHERE l.id = $1 AND l.organization_id = $2 AND l.holder_id = $3
          AND l.fence = $4 AND l.ended_at IS NULL AND p.id = l.project_id
        RETURNING l.task_id, l.expires_at
    ), timed AS (
        UPDATE draft d SET active_ms = greatest(d.active_ms, $5)
        FROM extended e, label b
        WHERE b.task_id = e.task_id AND b.author_id = $3 AND d.label_id = b.id
          AND d.active_ms < $5
    )
    SELECT expires_at FROM extended
    """,
)


def extend_lease(
    lane: Lane,
    *,
    lease_id: UUID,
    organization_id: UUID,
    holder_id: UUID,
    fence: int,
    active_ms: int,
) -> datetime | None:
    """The new end of a live lease with this holder and fence; None where it is not live."""
    row = lane.one(_EXTEND, lease_id, organization_id, holder_id, fence, active_ms)
    return row[0] if row else None


_GIVE_BACK = """
WITH freed AS (
    UPDATE task t SET state = 'open', updated_at = clock_timestamp()
    FROM lease l
    WHERE l.id = %(lease)s AND l.fence = %(fence)s AND l.ended_at IS NULL
      AND t.id = l.task_id AND t.fence = l.fence AND t.state = 'in_progress'
    RETURNING t.project_id, t.id, t.stage, t.rank, t.is_routed
), ended AS (
    UPDATE lease SET ended_at = clock_timestamp(), outcome = %(outcome)s
    FROM freed WHERE lease.id = %(lease)s
)
SELECT * FROM freed
"""


def give_back(
    session: Session, lease_id: UUID, fence: int, outcome: LeaseOutcome
) -> OpenTask | None:
    """End a live lease and put its task back; None where it was not live any more."""
    cursor = driver_connection(session).execute(
        _GIVE_BACK, {"lease": lease_id, "fence": fence, "outcome": outcome.value}
    )
    row = cursor.fetchone()
    return open_task_of(row) if row else None


# Others' skips are counted in the statement's own snapshot, which is older than the row lock; the
# task was this labeler's since before, so that nobody else can have skipped it in between. It is
# not his any more: neither kept for him nor assigned to him. A gold task was only ever his.
_SKIP = """
WITH skipped AS (
    UPDATE task t SET
        state = CASE WHEN t.gold_id IS NOT NULL THEN 'withdrawn' WHEN 1 + (
            SELECT count(*) FROM task_skip s WHERE s.task_id = t.id AND s.user_id <> %(holder)s
        ) >= %(limit)s THEN 'skipped' ELSE 'open' END,
        reserved_for = NULL, reserved_until = NULL,
        assignee_id = CASE WHEN t.gold_id IS NULL THEN nullif(t.assignee_id, %(holder)s)
                      ELSE t.assignee_id END,
        updated_at = clock_timestamp()
    FROM lease l
    WHERE l.id = %(lease)s AND l.fence = %(fence)s AND l.ended_at IS NULL
      AND t.id = l.task_id AND t.fence = l.fence AND t.state = 'in_progress'
    RETURNING t.project_id, t.id, t.stage, t.rank, t.is_routed, t.state, t.organization_id,
              t.asset_id
), ended AS (
    UPDATE lease SET ended_at = clock_timestamp(), outcome = 'skipped'
    FROM skipped WHERE lease.id = %(lease)s
), noted AS (
    INSERT INTO task_skip (organization_id, task_id, user_id, asset_id, reason)
    SELECT organization_id, id, %(holder)s, asset_id, %(reason)s FROM skipped
    ON CONFLICT (task_id, user_id) DO UPDATE SET reason = excluded.reason
)
SELECT project_id, id, stage, rank, is_routed, state FROM skipped
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
    return open_task_of(row[:5]), TaskState(row[5])


_FINISH = Statement(
    "finish_task",
    "uuid int8 text",
    """
    WITH done AS (
        UPDATE task t SET
            state = $3, reserved_for = NULL, reserved_until = NULL,
            updated_at = clock_timestamp()
        FROM lease l
        WHERE l.id = $1 AND l.fence = $2 AND t.id = l.task_id AND t.fence = l.fence
          AND (t.state = 'in_progress'
               OR (t.state = 'open' AND l.outcome IN ('expired', 'released', 'revoked')))
        RETURNING t.id
    ), ended AS (
        UPDATE lease SET
            ended_at = coalesce(ended_at, clock_timestamp()), outcome = 'submitted'
        FROM done WHERE lease.id = $1
    )
    SELECT id FROM done
    """,
)


def finish_task(lane: Lane, lease_id: UUID, fence: int, state: TaskState = TaskState.DONE) -> bool:
    """Give the task this state, if nobody was granted it since this lease; whether it was done.

    A lease that ran out, was given back or taken back still finishes its task, as long as its
    fence is the task's current one.
    """
    return lane.one(_FINISH, lease_id, fence, state.value) is not None


def one_row(row: T | None) -> T:
    """The row of a statement that always has one."""
    if row is None:
        raise LookupError("A statement that always answers did not.")
    return row
