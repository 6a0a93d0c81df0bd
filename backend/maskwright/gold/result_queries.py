"""How people do on golds: statements behind tables, a person's own page and disputes. Reads, and
the disputes' few writes."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """An attempt with the names of those in it."""

    id: UUID
    project_id: UUID
    gold_id: UUID
    asset_id: UUID
    asset_name: str
    task_id: UUID
    user_id: UUID
    user_name: str
    version_id: UUID
    expected_version_id: UUID
    state: str
    iou: float
    distance_px: float | None
    panoptic_quality: float | None
    has_passed: bool
    parts: list[dict[str, Any]]
    submitted_at: datetime
    is_disputed: bool


class Told(Enum):
    """What somebody is told of: a training, an exam that is over, and golds of every day or not."""

    COURSES = auto()
    ALL = auto()


_ATTEMPT = """
SELECT t.id, t.project_id, t.gold_id, g.asset_id, a.name AS asset_name, t.task_id, t.user_id,
       u.name AS user_name, t.version_id, t.expected_version_id, t.state, t.iou, t.distance_px,
       t.panoptic_quality, t.has_passed, t.parts, t.submitted_at,
       EXISTS (SELECT FROM gold_dispute d WHERE d.attempt_id = t.id) AS is_disputed
FROM gold_attempt t
JOIN gold g ON g.id = t.gold_id
JOIN asset a ON a.id = g.asset_id
JOIN user_account u ON u.id = t.user_id
WHERE t.organization_id = %(organization)s
"""
_ATTEMPTS = f"""{_ATTEMPT}
  AND t.project_id = %(project)s
  AND (%(user)s::uuid IS NULL OR t.user_id = %(user)s)
  AND (%(gold)s::uuid IS NULL OR t.gold_id = %(gold)s)
  AND (%(after)s::uuid IS NULL OR t.id < %(after)s)
  AND (NOT %(told)s OR coalesce(
      (SELECT y.kind = 'training' OR y.state <> 'running'
       FROM course_task c JOIN course_try y ON y.id = c.try_id WHERE c.task_id = t.task_id),
      %(everyday)s))
ORDER BY t.id DESC LIMIT %(limit)s
"""  # noqa: S608 - made of constants


def attempts(
    session: Session,
    organization_id: UUID,
    project_id: UUID,
    *,
    user_id: UUID | None = None,
    gold_id: UUID | None = None,
    after: UUID | None = None,
    limit: int,
    told: Told | None = None,
) -> list[AttemptRow]:
    """The newest first; where `told` is given, those that their person is told of."""
    parameters = {
        "organization": organization_id,
        "project": project_id,
        "user": user_id,
        "gold": gold_id,
        "after": after,
        "limit": limit,
        "told": told is not None,
        "everyday": told is Told.ALL,
    }
    with driver_connection(session).cursor(row_factory=class_row(AttemptRow)) as cursor:
        return cursor.execute(_ATTEMPTS.encode(), parameters).fetchall()


def find_attempt(
    session: Session,
    organization_id: UUID,
    *,
    attempt_id: UUID | None = None,
    task_id: UUID | None = None,
) -> AttemptRow | None:
    which = "t.id = %(attempt)s" if attempt_id is not None else "t.task_id = %(task)s"
    with driver_connection(session).cursor(row_factory=class_row(AttemptRow)) as cursor:
        return cursor.execute(
            f"{_ATTEMPT} AND {which} ORDER BY t.id DESC LIMIT 1".encode(),
            {"organization": organization_id, "attempt": attempt_id, "task": task_id},
        ).fetchone()


@dataclass(frozen=True, slots=True)
class PersonScore:
    """How one person did; over all, or of one class."""

    user_id: UUID
    user_name: str
    class_id: UUID | None
    attempts: int
    passed: int | None
    iou: float
    distance_px: float | None
    panoptic_quality: float | None


_PEOPLE = """
SELECT t.user_id, u.name AS user_name, NULL::uuid AS class_id, count(*) AS attempts,
       count(*) FILTER (WHERE t.has_passed) AS passed, avg(t.iou) AS iou,
       avg(t.distance_px) AS distance_px, avg(t.panoptic_quality) AS panoptic_quality
FROM gold_attempt t JOIN user_account u ON u.id = t.user_id
WHERE t.project_id = %(project)s AND t.state = 'counted'
  AND NOT EXISTS (SELECT FROM course_task c WHERE c.task_id = t.task_id)
  AND (%(user)s::uuid IS NULL OR t.user_id = %(user)s)
  AND (%(before)s::timestamptz IS NULL OR t.submitted_at < %(before)s)
GROUP BY t.user_id, u.name
UNION ALL
SELECT t.user_id, u.name, (part ->> 'class_id')::uuid, count(*), NULL,
       avg((part ->> 'iou')::float8), avg((part ->> 'distance_px')::float8),
       avg((part ->> 'panoptic_quality')::float8)
FROM gold_attempt t JOIN user_account u ON u.id = t.user_id
CROSS JOIN LATERAL jsonb_array_elements(t.parts) part
WHERE t.project_id = %(project)s AND t.state = 'counted'
  AND NOT EXISTS (SELECT FROM course_task c WHERE c.task_id = t.task_id)
  AND (%(user)s::uuid IS NULL OR t.user_id = %(user)s)
  AND (%(before)s::timestamptz IS NULL OR t.submitted_at < %(before)s)
GROUP BY t.user_id, u.name, part ->> 'class_id'
ORDER BY user_name, user_id, class_id NULLS FIRST
"""


def people(
    session: Session,
    project_id: UUID,
    *,
    user_id: UUID | None = None,
    before: datetime | None = None,
) -> list[PersonScore]:
    """Everybody's scores, each person's over all before those of each class."""
    with driver_connection(session).cursor(row_factory=class_row(PersonScore)) as cursor:
        parameters = {"project": project_id, "user": user_id, "before": before}
        return cursor.execute(_PEOPLE, parameters).fetchall()


@dataclass(frozen=True, slots=True)
class DayScore:
    user_id: UUID
    day: datetime
    attempts: int
    passed: int
    iou: float


_DAYS = """
SELECT user_id, date_trunc('day', submitted_at, 'UTC') AS day, count(*) AS attempts,
       count(*) FILTER (WHERE has_passed) AS passed, avg(iou) AS iou
FROM gold_attempt
WHERE project_id = %(project)s AND state = 'counted'
  AND NOT EXISTS (SELECT FROM course_task c WHERE c.task_id = gold_attempt.task_id)
  AND (%(user)s::uuid IS NULL OR user_id = %(user)s)
  AND (%(before)s::timestamptz IS NULL OR submitted_at < %(before)s)
GROUP BY user_id, day ORDER BY day, user_id
"""


def days(
    session: Session,
    project_id: UUID,
    *,
    user_id: UUID | None = None,
    before: datetime | None = None,
) -> list[DayScore]:
    """The same over time, by days of UTC."""
    with driver_connection(session).cursor(row_factory=class_row(DayScore)) as cursor:
        parameters = {"project": project_id, "user": user_id, "before": before}
        return cursor.execute(_DAYS, parameters).fetchall()


# Disputes


@dataclass(frozen=True, slots=True)
class DisputeRow:
    id: UUID
    project_id: UUID
    gold_id: UUID
    attempt_id: UUID
    asset_id: UUID
    asset_name: str
    user_id: UUID
    user_name: str
    text: str
    iou: float
    created_at: datetime
    resolution: str | None
    answer: str
    resolved_at: datetime | None


_DISPUTES = """
SELECT d.id, d.project_id, d.gold_id, d.attempt_id, g.asset_id, a.name AS asset_name, d.user_id,
       u.name AS user_name, d.text, t.iou, d.created_at, d.resolution, d.answer, d.resolved_at
FROM gold_dispute d
JOIN gold g ON g.id = d.gold_id
JOIN gold_attempt t ON t.id = d.attempt_id
JOIN asset a ON a.id = g.asset_id
JOIN user_account u ON u.id = d.user_id
WHERE d.organization_id = %(organization)s
  AND (%(project)s::uuid IS NULL OR d.project_id = %(project)s)
  AND (%(dispute)s::uuid IS NULL OR d.id = %(dispute)s)
ORDER BY d.resolved_at IS NOT NULL, d.id
LIMIT 200
"""


def disputes(
    session: Session,
    organization_id: UUID,
    *,
    project_id: UUID | None = None,
    dispute_id: UUID | None = None,
) -> list[DisputeRow]:
    """Those that wait for a manager first, the oldest of them at the top; at most 200."""
    parameters = {
        "organization": organization_id,
        "project": project_id,
        "dispute": dispute_id,
    }
    with driver_connection(session).cursor(row_factory=class_row(DisputeRow)) as cursor:
        return cursor.execute(_DISPUTES, parameters).fetchall()


_DISPUTE = """
INSERT INTO gold_dispute (id, organization_id, project_id, gold_id, attempt_id, user_id, text)
SELECT %(id)s, t.organization_id, t.project_id, t.gold_id, t.id, t.user_id, %(text)s
FROM gold_attempt t WHERE t.id = %(attempt)s
ON CONFLICT (attempt_id) DO NOTHING
RETURNING id
"""


def write_dispute(session: Session, attempt_id: UUID, text: str) -> UUID | None:
    """None where there is one already."""
    parameters = {"id": new_id(), "attempt": attempt_id, "text": text}
    row = driver_connection(session).execute(_DISPUTE, parameters).fetchone()
    return row[0] if row else None


_RESOLVE = """
UPDATE gold_dispute SET resolution = %(resolution)s, answer = %(answer)s,
    resolved_by = %(person)s, resolved_at = now()
WHERE id = %(dispute)s AND resolved_at IS NULL
RETURNING id
"""


def resolve(
    session: Session, dispute_id: UUID, *, resolution: str, answer: str, person_id: UUID
) -> bool:
    """Whether it waited for that."""
    parameters = {
        "dispute": dispute_id,
        "resolution": resolution,
        "answer": answer,
        "person": person_id,
    }
    return driver_connection(session).execute(_RESOLVE, parameters).fetchone() is not None
