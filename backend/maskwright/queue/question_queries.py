"""Statements about questions, and about work that came too late."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import new_id
from maskwright.queue.domain import OpenTask
from maskwright.queue.queries import open_task_of

_PARK = """
WITH parked AS (
    UPDATE task t SET state = 'parked', updated_at = clock_timestamp()
    FROM lease l
    WHERE l.id = %(lease)s AND l.fence = %(fence)s AND l.ended_at IS NULL
      AND t.id = l.task_id AND t.fence = l.fence AND t.state = 'in_progress'
    RETURNING t.organization_id, t.project_id, t.id, l.holder_id
), ended AS (
    UPDATE lease SET ended_at = clock_timestamp(), outcome = 'parked'
    FROM parked WHERE lease.id = %(lease)s
), asked AS (
    INSERT INTO task_question (
        id, organization_id, project_id, task_id, lease_id, asker_id, text)
    SELECT %(id)s, organization_id, project_id, id, %(lease)s, holder_id, %(text)s FROM parked
)
SELECT project_id FROM parked
"""


def park_task(session: Session, lease_id: UUID, fence: int, text: str) -> UUID | None:
    """End a live lease with a question; the project, or None where the lease was lost."""
    parameters = {"id": new_id(), "lease": lease_id, "fence": fence, "text": text}
    row = driver_connection(session).execute(_PARK, parameters).fetchone()
    return row[0] if row else None


_ASSET_OF_LEASE = "SELECT t.asset_id FROM lease l JOIN task t ON t.id = l.task_id WHERE l.id = %b"


def asset_of_lease(session: Session, lease_id: UUID) -> UUID | None:
    row = driver_connection(session).execute(_ASSET_OF_LEASE, (lease_id,)).fetchone()
    return row[0] if row else None


# The task's row is locked by its update before the question's: of two answers at once the second
# finds the task no longer parked.
_ANSWER = """
WITH asked AS (
    SELECT id, task_id, asker_id FROM task_question
    WHERE id = %(question)s AND project_id = %(project)s AND answered_at IS NULL
), routed AS (
    UPDATE project SET has_routes = true WHERE id = %(project)s AND NOT has_routes
), opened AS (
    UPDATE task SET
        state = 'open', reserved_for = asked.asker_id,
        reserved_until = clock_timestamp() + make_interval(hours => %(hours)s),
        updated_at = clock_timestamp()
    FROM asked WHERE task.id = asked.task_id AND task.state = 'parked'
    RETURNING task.project_id, task.id, task.stage, task.rank, task.is_routed
), answered AS (
    UPDATE task_question SET
        answer = %(answer)s, answerer_id = %(answerer)s, answered_at = clock_timestamp()
    FROM asked WHERE task_question.id = asked.id AND task_question.answered_at IS NULL
)
SELECT * FROM opened
"""


def answer_question(
    session: Session,
    project_id: UUID,
    question_id: UUID,
    *,
    answerer_id: UUID,
    answer: str,
    hours: int,
) -> OpenTask | None:
    """Answer, and open the task for its asker first; None where it was not parked any more."""
    parameters = {
        "question": question_id,
        "project": project_id,
        "answerer": answerer_id,
        "answer": answer,
        "hours": hours,
    }
    row = driver_connection(session).execute(_ANSWER, parameters).fetchone()
    return open_task_of(row) if row else None


@dataclass(frozen=True, slots=True)
class QuestionRow:
    id: UUID
    task_id: UUID
    asset_id: UUID
    asset_name: str
    asker_id: UUID
    asker_name: str
    text: str
    asked_at: datetime
    answer: str | None
    answerer_id: UUID | None
    answerer_name: str | None
    answered_at: datetime | None


_QUESTIONS = """
SELECT q.id, q.task_id, a.id AS asset_id, a.name AS asset_name, q.asker_id,
       asker.name AS asker_name, q.text, q.created_at AS asked_at, q.answer,
       q.answerer_id, answerer.name AS answerer_name, q.answered_at
FROM task_question q
JOIN task t ON t.id = q.task_id
JOIN asset a ON a.id = t.asset_id
JOIN user_account asker ON asker.id = q.asker_id
LEFT JOIN user_account answerer ON answerer.id = q.answerer_id
WHERE q.project_id = %(project)s
  AND (%(asker)s::uuid IS NULL OR q.asker_id = %(asker)s)
  AND (%(question)s::uuid IS NULL OR q.id = %(question)s)
  AND (%(answered)s::boolean IS NULL OR (q.answered_at IS NOT NULL) = %(answered)s)
  AND t.state <> 'withdrawn'
ORDER BY q.answered_at IS NOT NULL, q.id
LIMIT %(limit)s
"""


def questions(
    session: Session,
    project_id: UUID,
    *,
    asker_id: UUID | None = None,
    question_id: UUID | None = None,
    answered: bool | None = None,
    limit: int = 200,
) -> list[QuestionRow]:
    """Questions about a project's images, the open ones first, the oldest first."""
    parameters = {
        "project": project_id,
        "asker": asker_id,
        "question": question_id,
        "answered": answered,
        "limit": limit,
    }
    with driver_connection(session).cursor(row_factory=class_row(QuestionRow)) as cursor:
        return cursor.execute(_QUESTIONS, parameters).fetchall()


@dataclass(frozen=True, slots=True)
class LateWork:
    """A version that came too late, and why it is offered: to its author while nobody has the task,
    or to who has it now (`lease_id`)."""

    version_id: UUID
    task_id: UUID
    asset_id: UUID
    asset_name: str
    author_id: UUID
    author_name: str
    objects: int
    created_at: datetime
    lease_id: UUID | None


_LATE = """
SELECT v.id AS version_id, t.id AS task_id, a.id AS asset_id, a.name AS asset_name, v.author_id,
       u.name AS author_name, v.object_count AS objects, v.created_at, l.id AS lease_id
FROM label b
JOIN task t ON t.id = b.task_id
JOIN asset a ON a.id = t.asset_id
JOIN label_version v ON v.label_id = b.id AND v.kind = 'orphan'
JOIN user_account u ON u.id = v.author_id
LEFT JOIN lease l ON l.task_id = t.id AND l.holder_id = %(person)s AND l.ended_at IS NULL
WHERE t.project_id = %(project)s AND t.stage = 'label'
  AND (%(version)s::uuid IS NULL OR v.id = %(version)s)
  AND (t.state = 'in_progress' AND l.id IS NOT NULL
       OR t.state = 'open' AND b.author_id = %(person)s
          AND coalesce(t.reserved_for = %(person)s, true))
ORDER BY v.id DESC
LIMIT 100
"""


def late_work(
    session: Session, project_id: UUID, person_id: UUID, version_id: UUID | None = None
) -> list[LateWork]:
    """What came too late and can still be of use to this person, the newest first."""
    parameters = {"project": project_id, "person": person_id, "version": version_id}
    with driver_connection(session).cursor(row_factory=class_row(LateWork)) as cursor:
        return cursor.execute(_LATE, parameters).fetchall()


_RESERVE = """
WITH routed AS (
    UPDATE project SET has_routes = true
    FROM task WHERE task.id = %(task)s AND project.id = task.project_id AND NOT project.has_routes
)
UPDATE task SET
    reserved_for = %(person)s,
    reserved_until = clock_timestamp() + make_interval(hours => %(hours)s),
    updated_at = clock_timestamp()
WHERE id = %(task)s AND state = 'open'
RETURNING stage
"""


def reserve_task(session: Session, task_id: UUID, person_id: UUID, hours: int) -> bool:
    """Keep an open task for one person; whether it was open."""
    parameters = {"task": task_id, "person": person_id, "hours": hours}
    return driver_connection(session).execute(_RESERVE, parameters).fetchone() is not None
