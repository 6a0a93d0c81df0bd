"""Statements about pauses of single people. That before a claim runs on its lane."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.db.lane import Lane
from maskwright.db.statements import Statement
from maskwright.kernel.ids import new_id

_STANDING = Statement(
    "pause_of_person",
    "uuid uuid",
    """
    SELECT reason, until FROM work_pause
    WHERE project_id = $1 AND user_id = $2 AND ended_at IS NULL
      AND (until IS NULL OR until > clock_timestamp())
    """,
)


def standing_pause(
    lane: Lane, project_id: UUID, user_id: UUID
) -> tuple[str, datetime | None] | None:
    """(why, until when) this person gets no tasks; None where he may work."""
    row = lane.one(_STANDING, project_id, user_id)
    return None if row is None else (row[0], row[1])


# One that ran out is closed where another one begins; one that stands is changed.
_PAUSE = """
WITH over AS (
    UPDATE work_pause SET ended_at = until
    WHERE project_id = %(project)s AND user_id = %(user)s AND ended_at IS NULL
      AND until <= clock_timestamp()
), changed AS (
    UPDATE work_pause SET reason = %(reason)s, until = %(until)s, created_by = %(by)s
    WHERE project_id = %(project)s AND user_id = %(user)s AND ended_at IS NULL
      AND (until IS NULL OR until > clock_timestamp())
    RETURNING id
)
SELECT id FROM changed
"""
_INSERT = """
INSERT INTO work_pause (
    id, organization_id, project_id, user_id, reason, until, created_by, firing_id)
SELECT %(id)s, p.organization_id, p.id, %(user)s, %(reason)s, %(until)s, %(by)s, %(firing)s
FROM project p WHERE p.id = %(project)s
ON CONFLICT (project_id, user_id) WHERE ended_at IS NULL DO NOTHING
"""


def pause(
    session: Session,
    project_id: UUID,
    user_id: UUID,
    *,
    reason: str,
    until: datetime | None,
    by: UUID | None,
    firing_id: UUID | None = None,
) -> None:
    """Keep this person from work; a pause that stands gets the new reason and end."""
    parameters = {
        "id": new_id(),
        "project": project_id,
        "user": user_id,
        "reason": reason,
        "until": until,
        "by": by,
        "firing": firing_id,
    }
    connection = driver_connection(session)
    if connection.execute(_PAUSE, parameters).fetchone() is None:
        connection.execute(_INSERT, parameters)


_RESUME = """
WITH ended AS (
    UPDATE work_pause SET ended_at = clock_timestamp(), ended_by = %(by)s
    WHERE project_id = %(project)s AND user_id = %(user)s AND ended_at IS NULL
    RETURNING firing_id
), undone AS (
    UPDATE rule_firing SET undone_at = clock_timestamp(), undone_by = %(by)s
    FROM ended WHERE rule_firing.id = ended.firing_id AND undone_at IS NULL
)
SELECT 1 FROM ended
"""


def resume(session: Session, project_id: UUID, user_id: UUID, by: UUID | None) -> bool:
    """Let him work again; whether he was paused. A rule's pause is noted as undone."""
    parameters = {"project": project_id, "user": user_id, "by": by}
    return driver_connection(session).execute(_RESUME, parameters).fetchone() is not None


@dataclass(frozen=True, slots=True)
class PauseRow:
    """Somebody who gets no tasks now. Without `by_name` a rule did it, which `rule` names."""

    user_id: UUID
    user_name: str
    reason: str
    until: datetime | None
    created_at: datetime
    by_id: UUID | None
    by_name: str | None
    rule: str | None


_PAUSES = """
SELECT p.user_id, u.name AS user_name, p.reason, p.until, p.created_at, p.created_by AS by_id,
       who.name AS by_name, f.rule ->> 'name' AS rule
FROM work_pause p
JOIN user_account u ON u.id = p.user_id
LEFT JOIN user_account who ON who.id = p.created_by
LEFT JOIN rule_firing f ON f.id = p.firing_id
WHERE p.project_id = %(project)s AND p.ended_at IS NULL
  AND (p.until IS NULL OR p.until > clock_timestamp())
ORDER BY p.created_at DESC, p.id
"""


def pauses_of(session: Session, project_id: UUID) -> list[PauseRow]:
    """The newest first."""
    with driver_connection(session).cursor(row_factory=class_row(PauseRow)) as cursor:
        return cursor.execute(_PAUSES, {"project": project_id}).fetchall()


_IS_WORKER = """
SELECT FROM membership m
WHERE m.organization_id = %(organization)s AND m.user_id = %(user)s
  AND (m.role <> 'custom' AND m.role <> 'ml'
       OR m.permissions::text[] && ARRAY['label', 'review'] OR m.in_projects IS NOT NULL)
"""


def is_worker(session: Session, organization_id: UUID, user_id: UUID) -> bool:
    """Whether he belongs to the organisation, and labels or reviews there."""
    parameters = {"organization": organization_id, "user": user_id}
    return driver_connection(session).execute(_IS_WORKER, parameters).fetchone() is not None
