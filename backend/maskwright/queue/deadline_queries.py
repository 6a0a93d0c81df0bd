"""Statements about the deadlines of batches."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import first_id_at

# A UUIDv7 begins with its time: the versions since then are one range of the primary key.
_MADE = """
SELECT greatest(0, floor(extract(epoch FROM %(now)s - made.at) / 3600))::integer, count(*)
FROM (
    SELECT min(v.created_at) AS at
    FROM label_version v JOIN label b ON b.id = v.label_id
    WHERE v.id >= %(first)s AND b.project_id = %(project)s AND v.kind = 'submitted'
      AND v.lease_id IS NOT NULL AND NOT b.is_gold
    GROUP BY v.label_id
) made
GROUP BY 1
"""


def made_per_hour(session: Session, project_id: UUID, since: datetime, now: datetime) -> list[int]:
    """How many labels were made in each hour from the first of them since then on; the newest
    last."""
    parameters = {"first": first_id_at(since), "project": project_id, "now": now}
    rows = driver_connection(session).execute(_MADE, parameters)
    found: dict[int, int] = dict(rows.fetchall())
    return [found.get(hours_ago, 0) for hours_ago in range(max(found, default=-1), -1, -1)]


_WATCHED = """
SELECT b.organization_id, b.id FROM task_batch b JOIN project p ON p.id = b.project_id
WHERE b.due_at < %b AND b.warned_at IS NULL AND b.finished_at IS NULL
  AND p.state = 'active' AND p.deleted_at IS NULL
ORDER BY b.due_at LIMIT 200
"""


def watched(session: Session, due_before: datetime) -> list[tuple[UUID, UUID]]:
    """(organisation, batch) of those whose deadline is near, and of which nobody was warned."""
    rows = driver_connection(session).execute(_WATCHED, (due_before,))
    return [(organization, batch) for organization, batch in rows]


_MARK = """
UPDATE task_batch SET warned_at = clock_timestamp() WHERE id = %b AND warned_at IS NULL
RETURNING id
"""


def mark_warned(session: Session, batch_id: UUID) -> bool:
    """Whether nobody had been warned of it yet."""
    return driver_connection(session).execute(_MARK, (batch_id,)).fetchone() is not None
