"""Statements about projects in which somebody looks on."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.db.lane import Lane
from maskwright.db.statements import Statement
from maskwright.queue.domain import GoldTasks

_IS_WATCHED = Statement(
    "is_watched", "uuid", "SELECT is_watched OR is_gated FROM project WHERE id = $1"
)


def is_watched(lane: Lane, project_id: UUID) -> bool:
    row = lane.one(_IS_WATCHED, project_id)
    return bool(row and row[0])


# Whoever looks on hands tasks to certain people, whom a claim then asks for.
_WATCH = """
UPDATE project SET is_watched = true, has_routes = true
WHERE id = %b AND NOT (is_watched AND has_routes)
"""


def watch_project(session: Session, project_id: UUID) -> None:
    driver_connection(session).execute(_WATCH, (project_id,))


_GATE = "UPDATE project SET is_gated = true WHERE id = %b AND NOT is_gated"


def gate_project(session: Session, project_id: UUID) -> None:
    driver_connection(session).execute(_GATE, (project_id,))


_FREE_ASSIGNMENTS = """
UPDATE task SET assignee_id = NULL, updated_at = clock_timestamp()
WHERE project_id = %b AND assignee_id = %b AND state = 'open' AND gold_id IS NULL
"""


def free_assignments(session: Session, project_id: UUID, person_id: UUID) -> None:
    driver_connection(session).execute(_FREE_ASSIGNMENTS, (project_id, person_id))


_TAKE_SKILL = """
DELETE FROM member_skill WHERE organization_id = %b AND user_id = %b AND skill = %b
"""


def take_skill(session: Session, organization_id: UUID, user_id: UUID, skill: str) -> bool:
    parameters = (organization_id, user_id, skill)
    return driver_connection(session).execute(_TAKE_SKILL, parameters).rowcount > 0


# Who left the organisation meanwhile is given nothing.
_GIVE_SKILL = """
INSERT INTO member_skill (organization_id, user_id, skill)
SELECT organization_id, user_id, %b FROM membership WHERE organization_id = %b AND user_id = %b
ON CONFLICT DO NOTHING
"""


def give_skill(session: Session, organization_id: UUID, user_id: UUID, skill: str) -> None:
    driver_connection(session).execute(_GIVE_SKILL, (skill, organization_id, user_id))


# `share` is the part of all that is handed out.
_GOLDS = """
SELECT p.id, p.has_workflow,
       count(t.id) FILTER (WHERE t.state = 'in_progress'),
       count(t.id) FILTER (WHERE t.state = 'parked'),
       count(t.id) FILTER (WHERE t.state IN ('submitted', 'done')),
       coalesce((SELECT s.percent / 100 FROM gold_settings s WHERE s.project_id = p.id), 0)
FROM project p
LEFT JOIN gold g ON g.project_id = p.id
LEFT JOIN task t ON t.gold_id = g.id
    AND NOT EXISTS (SELECT FROM course_task c WHERE c.task_id = t.id)
WHERE p.id = ANY (%b) AND p.is_watched
GROUP BY p.id
"""


def gold_tasks(session: Session, project_ids: Sequence[UUID]) -> dict[UUID, GoldTasks]:
    """Those of each project in which golds may be mixed in."""
    rows = driver_connection(session).execute(_GOLDS, (list(project_ids),))
    return {project_id: GoldTasks(*values) for project_id, *values in rows}
