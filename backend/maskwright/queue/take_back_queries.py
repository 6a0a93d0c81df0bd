"""Statements for taking back what one handed in oneself.

The label's task is locked first and its reviews after it, where nobody else has them: a verdict
locks them the other way around, and neither may wait for the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.queue.domain import TakeBackHindrance, TaskState
from maskwright.queue.granting import grant_taken
from maskwright.queue.queries import GrantRow

# What stands against it, the first that does; null where nothing does. `t` is the label's task and
# `b` the author's label. Where golds may be mixed in, nothing is taken back: one try at a gold is
# what it measures, and what holds for golds has to hold for all. A reviewer's draft says that he
# began, whether he still has it or not. Where somebody is asked about a region, all opinions were
# in once, and the question stands on them.
_HINDRANCE = """
CASE
    WHEN (SELECT p.is_watched FROM project p WHERE p.id = t.project_id) THEN 'in-review'
    WHEN t.state NOT IN ('submitted', 'done') THEN 'not-handed-in'
    WHEN NOT EXISTS (
        SELECT FROM label_version v
        WHERE v.id = b.current_version_id AND v.kind IN ('submitted', 'region')
          AND v.author_id = b.author_id)
        THEN 'corrected'
    WHEN EXISTS (
        SELECT FROM task r WHERE r.asset_id = t.asset_id AND r.stage = 'review'
          AND r.slot = t.slot AND r.state = 'done' AND r.subject_version_id = b.current_version_id)
        THEN 'reviewed'
    WHEN EXISTS (
        SELECT FROM task r WHERE r.asset_id = t.asset_id AND r.stage = 'review'
          AND r.slot = t.slot AND (r.state NOT IN ('open', 'waiting', 'done') OR EXISTS (
              SELECT FROM draft d WHERE d.task_id = r.id AND r.state = 'open')))
        THEN 'in-review'
    WHEN t.slots > 1 AND NOT EXISTS (
        SELECT FROM task o WHERE o.asset_id = t.asset_id AND o.stage = 'label'
          AND o.state NOT IN ('submitted', 'done'))
        THEN 'compared'
    WHEN t.slots > 1 AND EXISTS (
        SELECT FROM task o
        WHERE o.asset_id = t.asset_id AND o.stage = 'label' AND o.region IS NOT NULL)
        THEN 'compared'
END
"""


@dataclass(frozen=True, slots=True)
class OwnLabel:
    """A label of one's own. `hindrance` is what stands against taking it back."""

    project_id: UUID
    asset_id: UUID
    slot: int
    state: TaskState
    version_id: UUID | None
    live_lease_id: UUID | None
    hindrance: str | None


_LOCKING = """
SELECT t.project_id, t.asset_id, t.slot, t.state, b.current_version_id AS version_id,
       (SELECT l.id FROM lease l WHERE l.task_id = t.id AND l.holder_id = b.author_id
          AND l.ended_at IS NULL) AS live_lease_id,
       {hindrance} AS hindrance
FROM task t JOIN label b ON b.task_id = t.id
WHERE t.organization_id = %(organization)s AND t.id = %(task)s AND t.stage = 'label'
  AND b.author_id = %(person)s
  AND (b.current_version_id IS NOT NULL OR t.gold_id IS NOT NULL)
ORDER BY b.id DESC LIMIT 1
FOR UPDATE OF t
"""
_LOCK = _LOCKING.format(hindrance=_HINDRANCE)


def lock_own_label(
    session: Session, organization_id: UUID, task_id: UUID, person_id: UUID
) -> OwnLabel | None:
    """This person's label of a task, which nobody moves until the transaction ends."""
    parameters = {"organization": organization_id, "task": task_id, "person": person_id}
    connection = driver_connection(session)
    # What was true before the lock need not be true behind it: so it is looked at once more.
    connection.execute("SELECT FROM task WHERE id = %b FOR UPDATE", (task_id,))
    with connection.cursor(row_factory=class_row(OwnLabel)) as cursor:
        return cursor.execute(_LOCK.encode(), parameters).fetchone()


_REVIEWS = """
SELECT count(*) FROM task
WHERE asset_id = %(asset)s AND stage = 'review' AND slot = %(slot)s AND state = 'open'
"""
_HOLD_BACK = """
WITH free AS (
    SELECT id FROM task
    WHERE asset_id = %(asset)s AND stage = 'review' AND slot = %(slot)s AND state = 'open'
    ORDER BY id
    FOR UPDATE SKIP LOCKED
)
UPDATE task SET state = 'waiting', reserved_for = NULL, reserved_until = NULL,
    updated_at = clock_timestamp()
FROM free WHERE task.id = free.id
RETURNING task.id
"""


def hold_back_reviews(session: Session, asset_id: UUID, slot: int) -> list[UUID] | None:
    """Let the reviews of a label wait that nobody began; None where somebody is taking one."""
    parameters = {"asset": asset_id, "slot": slot}
    connection = driver_connection(session)
    expected = connection.execute(_REVIEWS, parameters).fetchone()
    held = [row[0] for row in connection.execute(_HOLD_BACK, parameters)]
    return held if expected and len(held) == expected[0] else None


# It is kept for him for a while where his lease runs out before he is done.
_TAKING: LiteralString = """
WITH routed AS (
    UPDATE project SET has_routes = true
    FROM task WHERE task.id = %(task)s AND project.id = task.project_id AND NOT has_routes
), taken AS (
    UPDATE task SET
        state = 'in_progress', fence = fence + 1, round = round + 1, was_taken_back = true,
        subject_version_id = %(version)s, reserved_for = %(person)s,
        reserved_until = clock_timestamp() + make_interval(hours => %(hours)s),
        updated_at = clock_timestamp()
    WHERE id = %(task)s AND state IN ('submitted', 'done')
    RETURNING *
)
"""


def grant_again(
    session: Session,
    *,
    task_id: UUID,
    person_id: UUID,
    version_id: UUID,
    lease_id: UUID,
    hours: int,
) -> GrantRow | None:
    """Open the label's task once more, in its author's hands; None where it was not handed in."""
    parameters = {
        "task": task_id,
        "person": person_id,
        "version": version_id,
        "lease": lease_id,
        "hours": hours,
    }
    return grant_taken(session, _TAKING, parameters, kind="rework", status="rework")


_LIVE = """
UPDATE lease l SET expires_at = greatest(
    l.expires_at, clock_timestamp() + make_interval(secs => p.lease_seconds))
FROM task t, project p, asset a
WHERE l.id = %b AND t.id = l.task_id AND p.id = l.project_id AND a.id = t.asset_id
RETURNING 'live', l.id, l.fence, l.expires_at, p.lease_seconds, t.id, t.asset_id,
          coalesce(p.ontology_version, 0), t.round, t.subject_version_id,
          a.name, a.width, a.height, a.tiles
"""


def live_grant(session: Session, lease_id: UUID) -> GrantRow:
    """A lease that is live, extended."""
    row = driver_connection(session).execute(_LIVE, (lease_id,)).fetchone()
    if row is None:
        raise LookupError("A live lease is not there.")
    return GrantRow(*row)


@dataclass(frozen=True, slots=True)
class HandedInLabel:
    """What somebody handed in, in its newest version."""

    task_id: UUID
    asset_id: UUID
    asset_name: str
    version_id: UUID
    version_number: int
    handed_in_at: datetime
    state: TaskState
    hindrance: TakeBackHindrance | None


# A UUIDv7 begins with its time: the versions of a day are one range of the primary key.
_LISTING = """
SELECT * FROM (
    SELECT DISTINCT ON (t.id)
        t.id AS task_id, a.id AS asset_id, a.name AS asset_name, v.id AS version_id,
        v.number AS version_number, v.created_at AS handed_in_at,
        CASE WHEN (SELECT p.is_watched FROM project p WHERE p.id = t.project_id)
             THEN 'submitted' ELSE t.state END AS state,
        {hindrance} AS hindrance
    FROM label_version v
    JOIN label b ON b.id = v.label_id
    JOIN task t ON t.id = b.task_id
    JOIN asset a ON a.id = t.asset_id
    WHERE v.author_id = %(person)s AND v.id >= %(since)s AND v.kind IN ('submitted', 'region')
      AND v.lease_id IS NOT NULL AND b.project_id = %(project)s AND b.author_id = v.author_id
      AND a.deleted_at IS NULL
    ORDER BY t.id, v.id DESC
) newest
ORDER BY version_id DESC
LIMIT %(limit)s
"""
_HANDED_IN = _LISTING.format(hindrance=_HINDRANCE)


def handed_in_since(
    session: Session, project_id: UUID, person_id: UUID, since: UUID, limit: int
) -> Sequence[HandedInLabel]:
    """What this person handed in, the last first; `since` is the smallest id that counts."""
    parameters = {"project": project_id, "person": person_id, "since": since, "limit": limit}
    with driver_connection(session).cursor(row_factory=class_row(HandedInLabel)) as cursor:
        return cursor.execute(_HANDED_IN.encode(), parameters).fetchall()
