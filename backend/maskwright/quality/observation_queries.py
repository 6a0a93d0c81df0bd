"""What rules look at: one statement for each metric, of the same shape."""

from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import first_id_at
from maskwright.quality.domain import Metric, Observation

# Of each: whose it is, when it came about, and a number. `since_id` is the smallest UUIDv7 of the
# time asked for, which bounds a range of the primary key.
_GOLDS = """
SELECT user_id, submitted_at AS at, {column} AS value FROM gold_attempt
WHERE project_id = %(project)s AND state = 'counted' AND {column} IS NOT NULL
  AND submitted_at > %(since)s AND (%(user)s::uuid IS NULL OR user_id = %(user)s)
  AND NOT EXISTS (SELECT FROM course_task c WHERE c.task_id = gold_attempt.task_id)
"""
_VERDICTS = """
SELECT author_id AS user_id, created_at AS at,
       CASE decision WHEN 'rejected' THEN 1.0 ELSE 0.0 END::float8 AS value
FROM review_verdict
WHERE project_id = %(project)s AND author_id IS NOT NULL
  AND id >= %(since_id)s AND created_at > %(since)s
  AND (%(user)s::uuid IS NULL OR author_id = %(user)s)
"""
_AGREEMENT = """
SELECT o.person_id AS user_id, c.created_at AS at, o.iou AS value
FROM consensus_opinion o JOIN image_consensus c ON c.asset_id = o.asset_id
WHERE o.project_id = %(project)s AND NOT o.is_regional AND c.created_at > %(since)s
  AND (%(user)s::uuid IS NULL OR o.person_id = %(user)s)
"""
_SUBMITTED = """
SELECT v.author_id AS user_id, v.created_at AS at, {value} AS value
FROM label_version v JOIN label l ON l.id = v.label_id
WHERE l.project_id = %(project)s AND v.kind = 'submitted' AND v.author_id IS NOT NULL
  AND v.lease_id IS NOT NULL AND v.id >= %(since_id)s AND v.created_at > %(since)s
  AND (%(user)s::uuid IS NULL OR v.author_id = %(user)s)
"""
_SKIPS = f"""
{_SUBMITTED.format(value="0.0::float8")}
UNION ALL
SELECT s.user_id, s.created_at AS at, 1.0::float8 AS value
FROM task_skip s JOIN task t ON t.id = s.task_id
WHERE t.project_id = %(project)s AND t.stage = 'label' AND s.created_at > %(since)s
  AND (%(user)s::uuid IS NULL OR s.user_id = %(user)s)
"""  # noqa: S608 - made of constants
_SEEN: dict[Metric, str] = {
    Metric.GOLD_IOU: _GOLDS.format(column="iou"),
    Metric.GOLD_DISTANCE_PX: _GOLDS.format(column="distance_px"),
    Metric.REJECTION_RATE: _VERDICTS,
    Metric.AGREEMENT: _AGREEMENT,
    Metric.TASK_SECONDS: _SUBMITTED.format(value="v.active_ms / 1000.0::float8")
    + " AND v.active_ms > 0",
    Metric.SKIP_RATE: _SKIPS,
}


def observations(
    session: Session,
    project_id: UUID,
    metric: Metric,
    *,
    since: datetime,
    limit: int,
    user_id: UUID | None = None,
) -> list[Observation]:
    """The newest `limit` of a person, or of everybody, after `since`; the oldest of them first."""
    parameters = {
        "project": project_id,
        "user": user_id,
        "since": since,
        "since_id": first_id_at(since),
        "limit": limit,
    }
    statement = f"{_SEEN[metric]} ORDER BY at DESC LIMIT %(limit)s"
    with driver_connection(session).cursor(row_factory=class_row(Observation)) as cursor:
        return cursor.execute(statement.encode(), parameters).fetchall()[::-1]
