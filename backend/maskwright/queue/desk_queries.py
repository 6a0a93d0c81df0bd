"""Statements behind the manager's desk: the queue as it stands, and what he changes in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.kernel.clock import utc_now
from maskwright.queue.domain import OpenTask
from maskwright.queue.queries import open_task_of


@dataclass(frozen=True, slots=True)
class QueuedTask:
    """A task with all that decides who gets it when. `is_begun` tells of a draft of the viewer;
    `is_secretly_assigned` of a gold, whose holder is not to know that it is his alone. `question`
    and `answer` are what its next holder asked last, and has not handed anything in since."""

    task_id: UUID
    asset_id: UUID
    asset_name: str
    state: str
    stage: str
    step: int
    round: int
    subject_version_id: UUID | None
    priority: int
    queued_at: datetime
    due_at: datetime | None
    batch_id: UUID | None
    batch_name: str | None
    skill: str | None
    assignee_id: UUID | None
    assignee_name: str | None
    team_id: UUID | None
    team_name: str | None
    reserved_for: UUID | None
    reserved_name: str | None
    reserved_until: datetime | None
    question: str | None
    answer: str | None
    is_begun: bool
    was_taken_back: bool
    is_regional: bool
    is_secretly_assigned: bool


_QUEUED = """
SELECT t.id AS task_id, t.asset_id, a.name AS asset_name, t.state, t.stage, t.step, t.round,
       t.subject_version_id, t.priority, t.queued_at, t.due_at, t.batch_id, b.name AS batch_name,
       t.skill, t.assignee_id, who.name AS assignee_name, t.assignee_team_id AS team_id,
       team.name AS team_name, t.reserved_for, first.name AS reserved_name, t.reserved_until,
       q.text AS question, q.answer,
       EXISTS (SELECT FROM draft d WHERE d.task_id = t.id AND d.author_id = %(viewer)s) AS is_begun,
       t.was_taken_back, t.region IS NOT NULL AS is_regional,
       t.gold_id IS NOT NULL AND NOT EXISTS (
           SELECT FROM task o WHERE o.project_id = t.project_id AND o.assignee_id = t.assignee_id
             AND o.stage = 'label' AND o.gold_id IS NULL AND o.state IN ('open', 'in_progress')
       ) AS is_secretly_assigned
FROM {source} t
JOIN asset a ON a.id = t.asset_id
LEFT JOIN task_batch b ON b.id = t.batch_id
LEFT JOIN user_account who ON who.id = t.assignee_id
LEFT JOIN team ON team.id = t.assignee_team_id
LEFT JOIN user_account first ON first.id = t.reserved_for
LEFT JOIN LATERAL (
    SELECT text, answer FROM task_question
    WHERE task_id = t.id AND asker_id = t.reserved_for AND NOT EXISTS (
        SELECT FROM label_version v
        WHERE v.asset_id = t.asset_id AND v.author_id = task_question.asker_id
          AND v.kind = 'submitted' AND v.created_at > task_question.created_at)
    ORDER BY id DESC LIMIT 1
) q ON true
{rest}
"""
_ONE = _QUEUED.format(
    source="task", rest="WHERE t.organization_id = %(organization)s AND t.id = %(task)s"
)

# The pool comes from its index in order, however large it is; what is routed is sorted.
_NEXT = _QUEUED.format(
    source="""(
    (SELECT * FROM task
     WHERE project_id = %(project)s AND stage = %(stage)s AND state = 'open' AND NOT is_routed
       AND (%(batch)s::uuid IS NULL OR batch_id = %(batch)s)
     ORDER BY rank, id LIMIT %(limit)s)
    UNION ALL
    (SELECT * FROM task
     WHERE project_id = %(project)s AND stage = %(stage)s AND state = 'open' AND is_routed
       AND gold_id IS NULL AND (%(batch)s::uuid IS NULL OR batch_id = %(batch)s)
     ORDER BY rank, id LIMIT %(limit)s))""",
    rest="ORDER BY t.rank, t.id LIMIT %(limit)s",
)


def find_queued_task(
    session: Session, organization_id: UUID, task_id: UUID, viewer_id: UUID | None
) -> tuple[UUID, QueuedTask] | None:
    """(project, the task) of one organisation."""
    connection = driver_connection(session)
    parameters = {"organization": organization_id, "task": task_id, "viewer": viewer_id}
    with connection.cursor(row_factory=class_row(QueuedTask)) as cursor:
        task = cursor.execute(_ONE.encode(), parameters).fetchone()
    project = connection.execute("SELECT project_id FROM task WHERE id = %b", (task_id,)).fetchone()
    return (project[0], task) if task and project else None


def next_tasks(
    session: Session, project_id: UUID, *, stage: str, batch_id: UUID | None, limit: int
) -> list[QueuedTask]:
    """Open tasks in the order of their turn."""
    parameters = {
        "project": project_id,
        "stage": stage,
        "batch": batch_id,
        "limit": limit,
        "viewer": None,
    }
    with driver_connection(session).cursor(row_factory=class_row(QueuedTask)) as cursor:
        return cursor.execute(_NEXT.encode(), parameters).fetchall()


_AHEAD = """
SELECT count(*) FROM (
    SELECT FROM task t JOIN task mine ON mine.id = %(task)s
    WHERE t.project_id = mine.project_id AND t.stage = mine.stage AND t.state = 'open'
      AND NOT t.is_routed AND (t.rank, t.id) < (mine.rank, mine.id)
    LIMIT %(limit)s
) ahead
"""


def count_ahead(session: Session, task_id: UUID, limit: int) -> int:
    """How many tasks for everybody come before this one; `limit` where there are more."""
    row = driver_connection(session).execute(_AHEAD, {"task": task_id, "limit": limit}).fetchone()
    return int(row[0]) if row else 0


@dataclass(frozen=True, slots=True)
class Picked:
    """Which tasks of a project are meant: all that fulfil everything that is set."""

    task_ids: Sequence[UUID] | None = None
    batch_id: UUID | None = None
    text: str | None = None
    metadata: dict[str, Any] | None = None
    class_id: UUID | None = None
    max_confidence: float | None = None


# What is done stays as it is; a priority that is changed while somebody holds the task counts once
# it comes back.
_PICKED = """
WHERE t.project_id = %(project)s AND a.id = t.asset_id AND t.gold_id IS NULL
  AND t.state NOT IN ('done', 'submitted', 'withdrawn')
  AND (%(task_ids)s::uuid[] IS NULL OR t.id = ANY (%(task_ids)s))
  AND (%(of_batch)s::uuid IS NULL OR t.batch_id = %(of_batch)s)
  AND (%(text)s::text IS NULL OR strpos(lower(a.name), lower(%(text)s)) > 0)
  AND (%(metadata)s::jsonb IS NULL OR a.metadata @> %(metadata)s)
  AND (%(class)s::uuid IS NULL AND %(confidence)s::float8 IS NULL OR EXISTS (
      SELECT FROM label b JOIN label_object o ON o.version_id = b.current_version_id
      WHERE b.asset_id = a.id
        AND (%(class)s::uuid IS NULL OR o.class_id = %(class)s)
        AND (%(confidence)s::float8 IS NULL
             OR (o.provenance ->> 'confidence')::float8 <= %(confidence)s)))
"""

_ARRANGE = """
WITH routed AS (
    UPDATE project SET has_routes = true
    WHERE id = %(project)s AND %(routes)s AND NOT has_routes
)
UPDATE task t SET
    priority = CASE WHEN %(set_priority)s THEN %(priority)s ELSE t.priority END,
    due_at = CASE WHEN %(set_due_at)s THEN %(due_at)s ELSE t.due_at END,
    batch_id = CASE WHEN %(set_batch_id)s THEN %(batch_id)s ELSE t.batch_id END,
    skill = CASE WHEN %(set_skill)s THEN %(skill)s ELSE t.skill END,
    assignee_id = CASE WHEN %(set_assignee_id)s THEN %(assignee_id)s ELSE t.assignee_id END,
    assignee_team_id = CASE WHEN %(set_team_id)s THEN %(team_id)s ELSE t.assignee_team_id END,
    updated_at = clock_timestamp()
FROM asset a
{picked}
RETURNING t.project_id, t.id, t.stage, t.rank, t.is_routed, t.state
"""
_COUNT_PICKED = "SELECT count(DISTINCT a.id) FROM task t, asset a {picked}"
ARRANGED = ("priority", "due_at", "batch_id", "skill", "assignee_id", "team_id")


def arrange(
    session: Session, project_id: UUID, picked: Picked, changes: dict[str, Any]
) -> list[tuple[OpenTask, bool]]:
    """Set what `changes` names on the picked tasks; returns them, and whether each is open."""
    parameters: dict[str, Any] = {name: changes.get(name) for name in ARRANGED}
    parameters |= {f"set_{name}": name in changes for name in ARRANGED}
    parameters["priority"] = changes.get("priority", 0)
    parameters |= {
        "project": project_id,
        "routes": any(
            changes.get(name) is not None for name in ("skill", "assignee_id", "team_id")
        ),
        **_picking(picked),
    }
    rows = driver_connection(session).execute(_ARRANGE.format(picked=_PICKED).encode(), parameters)
    return [(open_task_of(row[:5]), row[5] == "open") for row in rows]


def count_picked(session: Session, project_id: UUID, picked: Picked) -> int:
    """How many images `arrange` would change."""
    parameters = {"project": project_id, **_picking(picked)}
    statement = _COUNT_PICKED.format(picked=_PICKED)
    row = driver_connection(session).execute(statement.encode(), parameters).fetchone()
    return int(row[0]) if row else 0


def _picking(picked: Picked) -> dict[str, Any]:
    return {
        "task_ids": None if picked.task_ids is None else list(picked.task_ids),
        "of_batch": picked.batch_id,
        "text": picked.text,
        "metadata": None if picked.metadata is None else Jsonb(picked.metadata),
        "class": picked.class_id,
        "confidence": picked.max_confidence,
    }


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch, and how far it is. `done` counts what was handed in."""

    id: UUID
    project_id: UUID
    name: str
    priority: int
    due_at: datetime | None
    created_at: datetime
    tasks: int
    open: int
    done: int
    ahead: int
    """labels that are to be made until its last image is done, its own included"""
    forecast_early_at: datetime | None = None
    forecast_at: datetime | None = None
    forecast_late_at: datetime | None = None

    @property
    def is_late(self) -> bool:
        """It misses its deadline, or will at the pace of these days."""
        if self.due_at is None or self.done >= self.tasks:
            return False
        return self.due_at < (self.forecast_at or utc_now())


#: More than this no forecast counts: it is far enough away.
_COUNTED = 200_000

_BATCHES = """
SELECT b.id, b.project_id, b.name, b.priority, b.due_at, b.created_at,
       coalesce(n.tasks, 0) AS tasks, coalesce(n.open, 0) AS open, coalesce(n.done, 0) AS done,
       coalesce(before.labels, 0) AS ahead
FROM task_batch b
LEFT JOIN LATERAL (
    SELECT count(*) AS tasks, count(*) FILTER (WHERE t.state = 'open') AS open,
           count(*) FILTER (WHERE t.state IN ('submitted', 'done')) AS done,
           max(t.rank) FILTER (WHERE t.state NOT IN ('submitted', 'done')) AS last
    FROM task t WHERE t.batch_id = b.id AND t.stage = 'label' AND t.state <> 'withdrawn'
      AND t.gold_id IS NULL
) n ON true
LEFT JOIN LATERAL (
    SELECT count(*) AS labels FROM (
        SELECT FROM task t
        WHERE t.project_id = b.project_id AND t.stage = 'label' AND t.rank <= n.last
          AND t.state IN ('open', 'in_progress', 'parked', 'waiting') AND t.gold_id IS NULL
        LIMIT %(counted)s
    ) first
) before ON true
WHERE b.organization_id = %(organization)s
  AND (%(project)s::uuid IS NULL OR b.project_id = %(project)s)
  AND (%(batch)s::uuid IS NULL OR b.id = %(batch)s)
ORDER BY b.priority DESC, b.due_at NULLS LAST, b.id
"""


def batches(
    session: Session,
    organization_id: UUID,
    *,
    project_id: UUID | None = None,
    batch_id: UUID | None = None,
) -> list[BatchRow]:
    """Batches in the order of their importance."""
    parameters = {
        "organization": organization_id,
        "project": project_id,
        "batch": batch_id,
        "counted": _COUNTED,
    }
    with driver_connection(session).cursor(row_factory=class_row(BatchRow)) as cursor:
        return cursor.execute(_BATCHES, parameters).fetchall()


def delete_batch(session: Session, batch_id: UUID) -> None:
    """The batch goes with its caps; its tasks stay, with the priority and deadline they have."""
    connection = driver_connection(session)
    connection.execute("UPDATE task SET batch_id = NULL WHERE batch_id = %b", (batch_id,))
    connection.execute("DELETE FROM queue_cap WHERE batch_id = %b", (batch_id,))
    connection.execute("DELETE FROM task_batch WHERE id = %b", (batch_id,))


_SKILLS = """
SELECT user_id, array_agg(skill ORDER BY skill) FROM member_skill
WHERE organization_id = %b GROUP BY user_id
"""


def skills(session: Session, organization_id: UUID) -> dict[UUID, list[str]]:
    """What members can do; who can do nothing special has no entry."""
    rows = driver_connection(session).execute(_SKILLS, (organization_id,))
    return dict(rows.fetchall())


_SET_SKILLS = """
WITH gone AS (
    DELETE FROM member_skill
    WHERE organization_id = %(organization)s AND user_id = %(user)s AND skill <> ALL (%(skills)s)
)
INSERT INTO member_skill (organization_id, user_id, skill)
SELECT %(organization)s, %(user)s, skill FROM unnest(%(skills)s::text[]) skill
ON CONFLICT DO NOTHING
"""


def set_skills(
    session: Session, organization_id: UUID, user_id: UUID, wanted: Sequence[str]
) -> None:
    parameters = {"organization": organization_id, "user": user_id, "skills": list(wanted)}
    driver_connection(session).execute(_SET_SKILLS, parameters)


_HOLDERS = "SELECT DISTINCT holder_id FROM lease WHERE project_id = %b AND ended_at IS NULL"


def holders(session: Session, project_id: UUID) -> list[UUID]:
    """Everybody who holds something of a project."""
    rows = driver_connection(session).execute(_HOLDERS, (project_id,))
    return [person_id for (person_id,) in rows]


_FINISH_BATCHES = """
UPDATE task_batch b SET finished_at = clock_timestamp()
WHERE b.finished_at IS NULL AND EXISTS (
    SELECT FROM task t WHERE t.batch_id = b.id AND t.stage = 'label' AND t.state <> 'withdrawn')
  AND NOT EXISTS (
    SELECT FROM task t WHERE t.batch_id = b.id AND t.stage = 'label'
      AND t.state NOT IN ('done', 'withdrawn'))
RETURNING b.organization_id, b.project_id, b.id, b.name
"""

# More images came into it, or some were sent back.
_REOPEN_BATCHES = """
UPDATE task_batch b SET finished_at = NULL
WHERE b.finished_at IS NOT NULL AND EXISTS (
    SELECT FROM task t WHERE t.batch_id = b.id AND t.stage = 'label'
      AND t.state NOT IN ('done', 'withdrawn'))
"""


def finish_batches(session: Session) -> list[tuple[UUID, UUID, UUID, str]]:
    """(organisation, project, batch, name) of those whose last image was done since the last
    call."""
    connection = driver_connection(session)
    connection.execute(_REOPEN_BATCHES)
    return connection.execute(_FINISH_BATCHES).fetchall()


_IS_MEMBER = "SELECT FROM membership WHERE organization_id = %b AND user_id = %b"
_IS_TEAM = "SELECT FROM team WHERE organization_id = %b AND id = %b AND archived_at IS NULL"


def is_member(session: Session, organization_id: UUID, user_id: UUID) -> bool:
    row = driver_connection(session).execute(_IS_MEMBER, (organization_id, user_id)).fetchone()
    return row is not None


def is_team(session: Session, organization_id: UUID, team_id: UUID) -> bool:
    row = driver_connection(session).execute(_IS_TEAM, (organization_id, team_id)).fetchone()
    return row is not None


_PROJECT_OF_LEASE = "SELECT project_id FROM lease WHERE organization_id = %b AND id = %b"


def project_of_lease(session: Session, organization_id: UUID, lease_id: UUID) -> UUID | None:
    cursor = driver_connection(session).execute(_PROJECT_OF_LEASE, (organization_id, lease_id))
    row = cursor.fetchone()
    return row[0] if row else None
