"""What managers and labelers are shown of a queue: counts, leases, progress. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.kernel.clock import utc_now
from maskwright.kernel.ids import first_id_at
from maskwright.queue.domain import LabelerProgress, LiveLease, MyWork, SkippedTask

# An image that several people label stands where the work on it stands: somebody has it, or it
# waits for somebody; it is handed in when all of them handed it in.
_COUNT = """
SELECT project_id, CASE state WHEN 'open' THEN 'to_label' WHEN 'parked' THEN 'questions'
                              WHEN 'submitted' THEN 'in_review' ELSE state END, count(*)
FROM task
WHERE project_id = ANY (%(projects)s) AND stage = 'label' AND slots = 1
  AND state NOT IN ('withdrawn', 'waiting') AND gold_id IS NULL
GROUP BY project_id, state
UNION ALL
SELECT project_id, stands, count(*) FROM (
    SELECT project_id, CASE
        WHEN bool_or(state = 'skipped') THEN 'skipped'
        WHEN bool_or(state = 'in_progress') THEN 'in_progress'
        WHEN bool_or(state = 'parked') THEN 'questions'
        WHEN bool_or(state = 'open') THEN 'to_label'
        WHEN bool_or(state = 'submitted') THEN 'in_review'
        ELSE 'done' END AS stands
    FROM task
    WHERE project_id = ANY (%(projects)s) AND stage = 'label' AND slots > 1
      AND state NOT IN ('withdrawn', 'waiting') AND gold_id IS NULL
    GROUP BY project_id, asset_id
) image GROUP BY project_id, stands
UNION ALL
SELECT project_id, state, count(*) FROM asset
WHERE project_id = ANY (%(projects)s) AND deleted_at IS NULL AND state <> 'ready'
GROUP BY project_id, state
"""


def count_by_state(session: Session, project_ids: Sequence[UUID]) -> list[tuple[UUID, str, int]]:
    """(project, where images stand, how many): a name of `Counts`, and each perhaps twice."""
    rows = driver_connection(session).execute(_COUNT, {"projects": list(project_ids)})
    return [(project, state, count) for project, state, count in rows]


_PROGRESS = """
SELECT u.id AS user_id, u.name, coalesce(done.n, 0) AS submitted,
       coalesce(held.n, 0) AS in_progress, m.last_seen_at
FROM (
    SELECT author_id AS user_id, count(*) AS n FROM label
    WHERE project_id = %(project)s AND author_id IS NOT NULL AND (
        current_version_id IS NOT NULL
        OR is_gold AND EXISTS (SELECT FROM label_version v WHERE v.label_id = label.id))
    GROUP BY author_id
) done
FULL JOIN (
    SELECT holder_id AS user_id, count(*) AS n FROM lease
    WHERE project_id = %(project)s AND ended_at IS NULL
    GROUP BY holder_id
) held USING (user_id)
JOIN user_account u ON u.id = user_id
JOIN project p ON p.id = %(project)s
LEFT JOIN membership m ON m.organization_id = p.organization_id AND m.user_id = u.id
ORDER BY submitted DESC, u.name, u.id
"""


def progress_per_labeler(session: Session, project_id: UUID) -> list[LabelerProgress]:
    """Everybody who submitted or holds something in this project."""
    with driver_connection(session).cursor(row_factory=class_row(LabelerProgress)) as cursor:
        return cursor.execute(_PROGRESS, {"project": project_id}).fetchall()


_LIVE_LEASES = """
SELECT l.id, l.task_id, a.id AS asset_id, a.name AS asset_name, u.id AS holder_id,
       u.name AS holder_name, t.stage, l.kind, l.granted_at, l.expires_at,
       row_number() OVER (
           PARTITION BY l.holder_id, t.stage ORDER BY l.granted_at, l.id
       ) > 1 AS is_held_ready
FROM lease l
JOIN task t ON t.id = l.task_id
JOIN asset a ON a.id = t.asset_id
JOIN user_account u ON u.id = l.holder_id
WHERE l.project_id = %b AND l.ended_at IS NULL
ORDER BY l.granted_at DESC
LIMIT %b
"""


def live_leases(session: Session, project_id: UUID, limit: int) -> list[LiveLease]:
    """The newest leases that somebody holds."""
    with driver_connection(session).cursor(row_factory=class_row(LiveLease)) as cursor:
        return cursor.execute(_LIVE_LEASES, (project_id, limit)).fetchall()


# A UUIDv7 begins with its time: the smallest id of today bounds the range in the index.
_SKIPPED = """
SELECT t.id AS task_id, a.id AS asset_id, a.name AS asset_name, said.skips,
       said.user_id, u.name AS user_name, said.reason, said.created_at AS skipped_at
FROM task t
JOIN asset a ON a.id = t.asset_id
JOIN LATERAL (
    SELECT s.user_id, s.reason, s.created_at, count(*) OVER () AS skips
    FROM task_skip s WHERE s.task_id = t.id ORDER BY s.created_at DESC LIMIT 1
) said ON true
JOIN user_account u ON u.id = said.user_id
WHERE t.project_id = %(project)s AND t.state = 'skipped' AND t.stage = 'label'
ORDER BY said.created_at DESC, t.id
LIMIT %(limit)s
"""


def skipped_tasks(session: Session, project_id: UUID, limit: int) -> list[SkippedTask]:
    """Tasks that wait for a manager, the last skipped first."""
    with driver_connection(session).cursor(row_factory=class_row(SkippedTask)) as cursor:
        return cursor.execute(_SKIPPED, {"project": project_id, "limit": limit}).fetchall()


_MY_WORK = """
WITH today AS (
    SELECT count(DISTINCT v.label_id) AS versions, coalesce(sum(v.active_ms), 0) AS active_ms
    FROM label_version v JOIN label b ON b.id = v.label_id
    WHERE v.author_id = %(user)s AND v.id >= %(first_id_of_today)s
      AND v.kind IN ('submitted', 'region')
      AND v.lease_id IS NOT NULL
      AND b.project_id = %(project)s
), own AS (
    SELECT
        (SELECT count(*) FROM lease l JOIN task t ON t.id = l.task_id
         WHERE l.project_id = %(project)s AND l.holder_id = %(user)s AND l.ended_at IS NULL
           AND t.stage = 'label')
        + (SELECT count(*) FROM draft d JOIN task t ON t.id = d.task_id
           WHERE d.author_id = %(user)s AND d.project_id = %(project)s AND t.stage = 'label'
             AND t.state = 'open' AND (NOT t.is_routed OR t.assignee_id = %(user)s))
        + (SELECT count(*) FROM task t
           WHERE t.reserved_for = %(user)s AND t.project_id = %(project)s AND t.state = 'open'
             AND t.stage = 'label')
        AS unfinished,
        is_capped(%(project)s, %(user)s, 0, p.labeler_cap, p.labeler_daily_cap) AS capped
    FROM project p WHERE p.id = %(project)s
), reached AS (
    SELECT coalesce(array_agg(r.batch_id) FILTER (WHERE r.batch_id IS NOT NULL), '{}') AS closed,
           coalesce(bool_or(r.batch_id IS NULL), false) AS whole
    FROM project p
    CROSS JOIN LATERAL caps_reached(p.id, p.organization_id, %(user)s) r
    WHERE p.id = %(project)s AND p.has_caps
), found AS (
SELECT today.versions AS submitted_today, today.active_ms::bigint AS active_ms_today,
       own.unfinished,
       p.paused_at IS NULL AND stop.reason IS NULL
       AND (own.unfinished > 0 OR NOT own.capped AND NOT reached.whole AND EXISTS (
           SELECT FROM task t
           WHERE t.project_id = %(project)s AND t.state = 'open' AND t.stage = 'label'
             AND t.reserved_for IS NULL
             AND coalesce(t.batch_id <> ALL (reached.closed), true)
             AND (NOT t.is_routed OR t.assignee_id = %(user)s
                  OR t.assignee_team_id = ANY (teams_of(t.organization_id, %(user)s))
                  OR t.assignee_id IS NULL AND t.assignee_team_id IS NULL AND EXISTS (
                      SELECT FROM member_skill k WHERE k.organization_id = t.organization_id
                        AND k.user_id = %(user)s AND k.skill = t.skill))
             AND NOT EXISTS (
                 SELECT FROM task_skip s
                 WHERE s.asset_id = t.asset_id AND s.user_id = %(user)s OFFSET 0)
             AND NOT EXISTS (
                 SELECT FROM label b WHERE b.asset_id = t.asset_id AND b.author_id = %(user)s
                   AND b.task_id <> t.id AND b.current_version_id IS NOT NULL OFFSET 0)
       )) AS available,
       CASE WHEN p.paused_at IS NOT NULL THEN 'paused' WHEN stop.reason IS NOT NULL THEN 'person'
            WHEN own.capped THEN 'cap' WHEN reached.whole THEN 'team-cap' END AS blocked_by,
       reached.closed <> '{}' AS some_closed, stop.reason AS paused_for,
       stop.until AS paused_until
FROM today CROSS JOIN own CROSS JOIN reached CROSS JOIN project p
LEFT JOIN work_pause stop ON stop.project_id = p.id AND stop.user_id = %(user)s
    AND stop.ended_at IS NULL AND (stop.until IS NULL OR stop.until > clock_timestamp())
WHERE p.id = %(project)s
)
SELECT submitted_today, active_ms_today, unfinished, available,
       CASE WHEN available OR NOT some_closed THEN blocked_by ELSE coalesce(blocked_by, 'cap') END
           AS blocked_by, paused_for, paused_until
FROM found
"""


def my_work(session: Session, project_id: UUID, user_id: UUID, first_id_of_today: UUID) -> MyWork:
    with driver_connection(session).cursor(row_factory=class_row(MyWork)) as cursor:
        parameters = {
            "project": project_id,
            "user": user_id,
            "first_id_of_today": first_id_of_today,
        }
        row = cursor.execute(_MY_WORK, parameters).fetchone()
    if row is None:
        raise LookupError("A statement that always answers did not.")
    return row


# A UUIDv7 begins with its time: versions of the last hour are one range of the primary key.
_RECENT_PACES = """
SELECT v.author_id, (avg(v.active_ms) / 1000.0)::float8, count(*)::integer,
       extract(epoch FROM max(v.created_at))::float8
FROM label_version v JOIN label b ON b.id = v.label_id
WHERE v.id >= %(since)s AND b.project_id = %(project)s AND v.kind = 'submitted'
  AND v.author_id IS NOT NULL AND v.lease_id IS NOT NULL AND v.active_ms > 0
GROUP BY v.author_id
"""


def recent_paces(session: Session, project_id: UUID) -> list[tuple[UUID, float, int, float]]:
    """(person, mean active seconds, tasks, time of the newest) of the last hour's submissions."""
    since = first_id_at(utc_now() - timedelta(hours=1))
    rows = driver_connection(session).execute(
        _RECENT_PACES, {"since": since, "project": project_id}
    )
    return [(person, seconds, samples, at) for person, seconds, samples, at in rows]


@dataclass(frozen=True, slots=True)
class QueueGauges:
    """Counts over all projects.

    waiting  what stands in the database for workers to do, by kind
    """

    tasks: dict[str, int]
    live_leases: int
    overdue_leases: int
    waiting: dict[str, int]


# Each from an index alone: of tasks the state, of the others what is not done yet.
_TASKS_BY_STATE = "SELECT state, count(*) FROM task GROUP BY state"
_LIVE = """
SELECT count(*), count(*) FILTER (WHERE expires_at < clock_timestamp())
FROM lease WHERE ended_at IS NULL
"""
_WAITING = """
SELECT 'images', count(*) FROM asset WHERE state = 'processing' AND deleted_at IS NULL
UNION ALL SELECT 'addresses', count(*) FROM asset_fetch WHERE state IN ('waiting', 'running')
UNION ALL SELECT 'exports', count(*) FROM export WHERE state IN ('queued', 'running')
"""


def gauges(session: Session) -> QueueGauges:
    connection = driver_connection(session)
    tasks = {state: count for state, count in connection.execute(_TASKS_BY_STATE)}  # noqa: C416
    live = connection.execute(_LIVE).fetchone() or (0, 0)
    waiting = {kind: count for kind, count in connection.execute(_WAITING)}  # noqa: C416
    return QueueGauges(tasks, int(live[0]), int(live[1]), waiting)
