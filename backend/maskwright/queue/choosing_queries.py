"""Statements for reviewing one certain label."""

from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.queue.granting import grant_taken, lock_for_person
from maskwright.queue.queries import GrantRow


@dataclass(frozen=True, slots=True)
class ReviewTask:
    """A review as somebody sees it who wants it.

    own_lease_id  his live lease of it
    is_held       somebody else has it
    is_his_work   he labelled the image, or is about to
    is_kept       it is reserved for, assigned to or needs the skill of others
    live_leases   so many he holds in the project
    """

    project_id: UUID
    state: str
    is_paused: bool
    own_lease_id: UUID | None
    is_held: bool
    is_his_work: bool
    is_kept: bool
    live_leases: int


_REVIEW: LiteralString = """
SELECT t.project_id, t.state, p.paused_at IS NOT NULL AS is_paused,
       x.id AS own_lease_id,
       EXISTS (SELECT FROM lease y WHERE y.task_id = t.id AND y.ended_at IS NULL
                 AND y.holder_id <> %(person)s) AS is_held,
       EXISTS (
           SELECT FROM label b WHERE b.asset_id = t.asset_id AND b.author_id = %(person)s
             AND b.current_version_id IS NOT NULL
       ) OR EXISTS (
           SELECT FROM lease l JOIN task o ON o.id = l.task_id
           WHERE l.project_id = t.project_id AND l.holder_id = %(person)s AND l.ended_at IS NULL
             AND o.asset_id = t.asset_id AND o.id <> t.id
       ) AS is_his_work,
       NOT (coalesce(t.reserved_for = %(person)s, false) OR (
           t.reserved_for IS NULL
           AND coalesce(t.assignee_id = %(person)s, true)
           AND (t.assignee_id IS NOT NULL OR t.assignee_team_id IS NULL
                OR t.assignee_team_id = ANY (teams_of(t.organization_id, %(person)s)))
           AND (t.assignee_id IS NOT NULL OR t.skill IS NULL OR EXISTS (
               SELECT FROM member_skill k WHERE k.organization_id = t.organization_id
                 AND k.user_id = %(person)s AND k.skill = t.skill))
       )) AS is_kept,
       (SELECT count(*) FROM lease o WHERE o.project_id = t.project_id
          AND o.holder_id = %(person)s AND o.ended_at IS NULL) AS live_leases
FROM task t
JOIN project p ON p.id = t.project_id AND p.deleted_at IS NULL
JOIN asset a ON a.id = t.asset_id AND a.deleted_at IS NULL
LEFT JOIN lease x ON x.task_id = t.id AND x.ended_at IS NULL AND x.holder_id = %(person)s
WHERE t.organization_id = %(organization)s AND t.id = %(task)s AND t.stage = 'review'
"""


def lock_review(
    session: Session, organization_id: UUID, task_id: UUID, person_id: UUID
) -> ReviewTask | None:
    """A review, which nobody moves until the transaction ends."""
    parameters = {"organization": organization_id, "task": task_id, "person": person_id}
    connection = driver_connection(session)
    lock_for_person(session, task_id, person_id)
    with connection.cursor(row_factory=class_row(ReviewTask)) as cursor:
        return cursor.execute(_REVIEW, parameters).fetchone()


_TAKING: LiteralString = """
WITH taken AS (
    UPDATE task t SET state = 'in_progress', fence = t.fence + 1, updated_at = clock_timestamp()
    WHERE t.id = %(task)s AND t.state = 'open'
    RETURNING *
)
"""


def grant_review(
    session: Session, *, task_id: UUID, person_id: UUID, lease_id: UUID
) -> GrantRow | None:
    """A lease of an open review; None where it is not open."""
    parameters = {"task": task_id, "person": person_id, "lease": lease_id}
    return grant_taken(session, _TAKING, parameters, kind="review", status="assigned")
