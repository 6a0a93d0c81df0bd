"""Statements for going on with a task whose lease ended without its holder's doing."""

from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.queue.domain import LeaseOutcome, Revocation, TaskStage
from maskwright.queue.granting import grant_taken, lock_for_person
from maskwright.queue.queries import GrantRow


@dataclass(frozen=True, slots=True)
class LastLease:
    """A person's newest lease of a task. `live_leases` is how many he holds in the project."""

    project_id: UUID
    stage: TaskStage
    lease_id: UUID
    fence: int
    is_live: bool
    outcome: LeaseOutcome | None
    revoked_for: Revocation | None
    task_fence: int
    is_paused: bool
    live_leases: int


_LAST: LiteralString = """
SELECT t.project_id, t.stage, l.id AS lease_id, l.fence, l.ended_at IS NULL AS is_live, l.outcome,
       l.revoked_for, t.fence AS task_fence, p.paused_at IS NOT NULL AS is_paused,
       (SELECT count(*) FROM lease o WHERE o.project_id = t.project_id
          AND o.holder_id = l.holder_id AND o.ended_at IS NULL) AS live_leases
FROM task t
JOIN project p ON p.id = t.project_id
JOIN asset a ON a.id = t.asset_id
JOIN lease l ON l.task_id = t.id
WHERE t.organization_id = %(organization)s AND t.id = %(task)s AND l.holder_id = %(person)s
  AND a.deleted_at IS NULL AND p.deleted_at IS NULL
ORDER BY l.fence DESC LIMIT 1
"""


def lock_last_lease(
    session: Session, organization_id: UUID, task_id: UUID, person_id: UUID
) -> LastLease | None:
    """The last lease that this person had of a task, which nobody moves until the transaction ends;
    None where he never had it."""
    parameters = {"organization": organization_id, "task": task_id, "person": person_id}
    connection = driver_connection(session)
    lock_for_person(session, task_id, person_id)
    row = connection.execute(_LAST, parameters).fetchone()
    if row is None:
        return None
    project_id, stage, lease_id, fence, is_live, outcome, revoked_for, *others = row
    return LastLease(
        project_id,
        TaskStage(stage),
        lease_id,
        fence,
        is_live,
        outcome and LeaseOutcome(outcome),
        revoked_for and Revocation(revoked_for),
        *others,
    )


# Meanwhile it may have been given to certain people, or away from him.
_TAKING: LiteralString = """
WITH taken AS (
    UPDATE task t SET state = 'in_progress', fence = t.fence + 1, updated_at = clock_timestamp()
    WHERE t.id = %(task)s AND t.state = 'open' AND t.fence = %(fence)s
      AND coalesce(t.reserved_for = %(person)s, true)
      AND coalesce(t.assignee_id = %(person)s, true)
    RETURNING *
)
"""


def grant_once_more(
    session: Session, *, task_id: UUID, person_id: UUID, fence: int, lease_id: UUID
) -> GrantRow | None:
    """A new lease of an open task that nobody had since `fence`; None where that is not so."""
    parameters = {"task": task_id, "person": person_id, "fence": fence, "lease": lease_id}
    return grant_taken(session, _TAKING, parameters, kind="resume", status="draft")
