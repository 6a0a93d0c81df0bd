"""Statements about courses, as managers and people themselves see them, and how tries end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.courses.domain import Course, CourseKind
from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import new_id

_COURSES = """
SELECT kind, is_on, tasks, needed, tries, wait_hours, skill, nullif(for_skill, '') FROM course
WHERE project_id = %b ORDER BY for_skill
"""


def courses_of(session: Session, project_id: UUID) -> list[Course]:
    """Training and exam of the whole project, of which one that was never set is off; then those
    for skills."""
    of_project = {kind: Course(kind) for kind in CourseKind}
    for_skills: list[Course] = []
    for kind, *values in driver_connection(session).execute(_COURSES, (project_id,)):
        course = Course(CourseKind(kind), *values)
        if course.for_skill is None:
            of_project[course.kind] = course
        else:
            for_skills.append(course)
    return [*of_project.values(), *for_skills]


def course_of(
    session: Session, project_id: UUID, kind: CourseKind, for_skill: str | None
) -> Course | None:
    found = courses_of(session, project_id)
    return next((c for c in found if (c.kind, c.for_skill) == (kind, for_skill)), None)


# Of each skill there is one course, of either kind.
_OTHER_KIND = """
DELETE FROM course WHERE project_id = %b AND for_skill = %b AND for_skill <> '' AND kind <> %b
"""
_SAVE = """
INSERT INTO course (
    organization_id, project_id, kind, for_skill, is_on, tasks, needed, tries, wait_hours, skill)
SELECT organization_id, id, %(kind)s, %(for_skill)s, %(is_on)s, %(tasks)s, %(needed)s,
       %(tries)s, %(wait_hours)s, %(skill)s
FROM project WHERE id = %(project)s
ON CONFLICT (project_id, for_skill, kind) DO UPDATE SET
    is_on = excluded.is_on, tasks = excluded.tasks, needed = excluded.needed,
    tries = excluded.tries, wait_hours = excluded.wait_hours, skill = excluded.skill
"""


def save_course(session: Session, project_id: UUID, course: Course) -> None:
    parameters = {
        "project": project_id,
        "kind": course.kind.value,
        "for_skill": course.for_skill or "",
        "is_on": course.is_on,
        "tasks": course.tasks,
        "needed": course.needed,
        "tries": course.tries,
        "wait_hours": course.wait_hours,
        "skill": course.skill,
    }
    connection = driver_connection(session)
    connection.execute(_OTHER_KIND, (project_id, course.for_skill or "", course.kind.value))
    connection.execute(_SAVE, parameters)


_DELETE = """
DELETE FROM course WHERE project_id = %b AND kind = %b AND for_skill = %b RETURNING kind
"""


def delete_course(session: Session, project_id: UUID, kind: CourseKind, for_skill: str) -> bool:
    """Forget a course for a skill; what people did in it stays. False where there is none."""
    parameters = (project_id, kind.value, for_skill)
    return driver_connection(session).execute(_DELETE, parameters).fetchone() is not None


# What somebody holds he hands in all the same; it counts for nothing.
_CANCEL = """
WITH gone AS (
    UPDATE course_try SET state = 'cancelled', finished_at = clock_timestamp()
    WHERE project_id = %(project)s AND for_skill = %(for_skill)s AND state = 'running'
      AND (%(kind)s::text IS NULL OR kind = %(kind)s)
      AND (%(user)s::uuid IS NULL OR user_id = %(user)s)
    RETURNING id
)
UPDATE task SET state = 'withdrawn', updated_at = clock_timestamp()
FROM course_task c JOIN gone ON gone.id = c.try_id
WHERE task.id = c.task_id AND task.state = 'open'
"""


def cancel_tries(
    session: Session,
    project_id: UUID,
    kind: CourseKind | None,
    for_skill: str | None,
    user_id: UUID | None = None,
) -> None:
    """The course is off, for one person or for all: whoever is at it works as everybody does."""
    parameters = {
        "project": project_id,
        "kind": kind and kind.value,
        "for_skill": for_skill or "",
        "user": user_id,
    }
    driver_connection(session).execute(_CANCEL, parameters)


_GOLDS = """
SELECT g.for_skill, count(*)::integer FROM gold g
JOIN asset a ON a.id = g.asset_id AND a.deleted_at IS NULL
WHERE g.project_id = %b AND g.state = 'active' AND NOT g.is_mixed
GROUP BY g.for_skill
"""


def count_golds(session: Session, project_id: UUID) -> dict[str | None, int]:
    """How many golds are for training and exams: by skill, those of the project under None."""
    rows = driver_connection(session).execute(_GOLDS, (project_id,))
    return {for_skill or None: count for for_skill, count in rows}


_WAITING = """
SELECT skill, count(*)::integer FROM task
WHERE project_id = %b AND stage = 'label' AND state = 'open' AND skill = ANY (%b)
  AND gold_id IS NULL
GROUP BY skill
"""


def count_waiting(session: Session, project_id: UUID, skills: Sequence[str]) -> dict[str, int]:
    """How many open tasks need each of these skills."""
    rows = driver_connection(session).execute(_WAITING, (project_id, list(skills)))
    return dict(rows.fetchall())


_HOLDERS = """
SELECT k.skill, count(*)::integer
FROM project p JOIN member_skill k ON k.organization_id = p.organization_id
WHERE p.id = %b AND k.skill = ANY (%b) GROUP BY k.skill
"""


def count_holders(session: Session, project_id: UUID, skills: Sequence[str]) -> dict[str, int]:
    """How many people have each of these skills."""
    rows = driver_connection(session).execute(_HOLDERS, (project_id, list(skills)))
    return dict(rows.fetchall())


# Tries


@dataclass(frozen=True, slots=True)
class TryRow:
    """A try with its person's name. `done` of its `tasks` were handed in or passed over; `passed`
    is how many were passed so far, which an exam tells only at its end."""

    id: UUID
    kind: str
    for_skill: str | None
    user_id: UUID
    user_name: str
    number: int
    state: str
    tasks: int
    needed: int
    done: int
    passed: int
    mean_iou: float | None
    by_name: str | None
    is_forgiven: bool
    created_at: datetime
    finished_at: datetime | None


_TRIES = """
SELECT y.id, y.kind, nullif(y.for_skill, '') AS for_skill, y.user_id, u.name AS user_name, y.number,
       y.state, y.tasks, y.needed, coalesce(n.done, 0)::integer AS done,
       coalesce(n.passed, 0)::integer AS passed, n.mean_iou, who.name AS by_name,
       y.is_forgiven, y.created_at, y.finished_at
FROM course_try y
JOIN user_account u ON u.id = y.user_id
LEFT JOIN user_account who ON who.id = y.granted_by
LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE t.state IN ('done', 'submitted', 'withdrawn')) AS done,
           count(*) FILTER (WHERE a.has_passed) AS passed, avg(a.iou) AS mean_iou
    FROM course_task c JOIN task t ON t.id = c.task_id
    LEFT JOIN gold_attempt a ON a.task_id = c.task_id AND a.state = 'counted'
    WHERE c.try_id = y.id
) n ON true
WHERE y.project_id = %(project)s AND (%(user)s::uuid IS NULL OR y.user_id = %(user)s)
ORDER BY y.id DESC LIMIT %(limit)s
"""


def tries_of(
    session: Session, project_id: UUID, *, user_id: UUID | None = None, limit: int
) -> list[TryRow]:
    """The newest first."""
    parameters = {"project": project_id, "user": user_id, "limit": limit}
    with driver_connection(session).cursor(row_factory=class_row(TryRow)) as cursor:
        return cursor.execute(_TRIES, parameters).fetchall()


_GRANT = """
INSERT INTO course_try (
    id, organization_id, project_id, kind, for_skill, user_id, number, state, tasks, needed,
    passed, granted_by, finished_at)
SELECT %(id)s, p.organization_id, p.id, %(kind)s::text, %(for_skill)s::text, m.user_id,
       1 + (SELECT count(*) FROM course_try y
            WHERE y.project_id = p.id AND y.kind = %(kind)s::text
              AND y.for_skill = %(for_skill)s::text AND y.user_id = m.user_id),
       'passed', 0, 0, 0, %(by)s, clock_timestamp()
FROM project p
JOIN membership m ON m.organization_id = p.organization_id AND m.user_id = %(user)s
WHERE p.id = %(project)s
RETURNING id
"""


def let_pass(
    session: Session,
    project_id: UUID,
    kind: CourseKind,
    for_skill: str | None,
    user_id: UUID,
    by: UUID,
) -> bool:
    """He has passed, by a manager's word; False where he is no member."""
    parameters = {
        "id": new_id(),
        "project": project_id,
        "kind": kind.value,
        "for_skill": for_skill or "",
        "user": user_id,
        "by": by,
    }
    return driver_connection(session).execute(_GRANT, parameters).fetchone() is not None


_FORGIVE = """
UPDATE course_try SET is_forgiven = true
WHERE project_id = %b AND kind = %b AND for_skill = %b AND user_id = %b AND state = 'failed'
  AND NOT is_forgiven
"""


def forgive(
    session: Session, project_id: UUID, kind: CourseKind, for_skill: str | None, user_id: UUID
) -> None:
    """What he failed counts no longer: he may try again, at once."""
    parameters = (project_id, kind.value, for_skill or "", user_id)
    driver_connection(session).execute(_FORGIVE, parameters)


# How a try ends


@dataclass(frozen=True, slots=True)
class EndedTry:
    """A running try of which nothing is left to do. `counted` of its golds were scored or passed
    over; golds that turned out wrong are not among them."""

    id: UUID
    project_id: UUID
    user_id: UUID
    kind: str
    for_skill: str | None
    tasks: int
    needed: int
    counted: int
    passed: int


# Locked, so that of two workers one ends it.
_ENDED = """
SELECT y.id, y.project_id, y.user_id, y.kind, nullif(y.for_skill, '') AS for_skill, y.tasks,
       y.needed, n.counted::integer AS counted, n.passed::integer AS passed
FROM course_try y
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE a.state IS DISTINCT FROM 'set_aside') AS counted,
           count(*) FILTER (WHERE a.state = 'counted' AND a.has_passed) AS passed,
           bool_and(t.state = 'withdrawn' OR t.state = 'done' AND a.id IS NOT NULL) AS is_over
    FROM course_task c JOIN task t ON t.id = c.task_id
    LEFT JOIN gold_attempt a ON a.task_id = c.task_id
    WHERE c.try_id = y.id
) n
WHERE y.id IN (SELECT c.try_id FROM course_task c WHERE c.task_id = %b)
  AND y.state = 'running' AND n.is_over
FOR UPDATE OF y
"""


def ended_try(session: Session, task_id: UUID) -> EndedTry | None:
    """The try that this task was the last of, where all of it is scored."""
    with driver_connection(session).cursor(row_factory=class_row(EndedTry)) as cursor:
        return cursor.execute(_ENDED, (task_id,)).fetchone()


_FINISH = """
UPDATE course_try SET state = %b, passed = %b, finished_at = clock_timestamp()
WHERE id = %b AND state = 'running'
"""


def finish_try(session: Session, try_id: UUID, *, state: str, passed: int) -> None:
    driver_connection(session).execute(_FINISH, (state, passed, try_id))
