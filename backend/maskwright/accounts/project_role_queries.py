"""Statements about roles in single projects, and the copy of them that each membership has."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.accounts.models import ProjectRole
from maskwright.db.driver import driver_connection

# A built-in role is kept by its name, so that it may do what such a role may in any version; one
# of the organisation's own by its permissions, and who is kept out by none.
_COPY = """
UPDATE membership m SET in_projects = (
    SELECT jsonb_object_agg(r.project_id, CASE
        WHEN r.role IS NULL THEN '[]'::jsonb
        WHEN r.role = 'custom' THEN to_jsonb(c.permissions)
        ELSE to_jsonb(r.role) END)
    FROM project_role r LEFT JOIN custom_role c ON c.id = r.custom_role_id
    WHERE r.organization_id = m.organization_id AND r.user_id = m.user_id)
WHERE m.organization_id = %(organization)s AND m.user_id = ANY (%(users)s)
"""


def copy_into_memberships(
    session: Session, organization_id: UUID, user_ids: Sequence[UUID]
) -> None:
    """Let these people's next requests know of their roles in projects."""
    session.flush()
    parameters = {"organization": organization_id, "users": list(user_ids)}
    driver_connection(session).execute(_COPY, parameters)


def find(session: Session, project_id: UUID, user_id: UUID) -> ProjectRole | None:
    return session.get(ProjectRole, (project_id, user_id), with_for_update=True)


def people_of_role(session: Session, role_id: UUID) -> list[UUID]:
    """Who has this role of the organisation's own in some project."""
    statement = sa.select(ProjectRole.user_id).where(ProjectRole.custom_role_id == role_id)
    return list(session.scalars(statement.distinct()))


@dataclass(frozen=True, slots=True)
class ProjectPerson:
    """Somebody of the organisation, and what he is in a project.

    has_own_role  in this project; without, his role in the organisation holds
    own_role      None where he is kept out
    """

    user_id: UUID
    name: str
    email: str
    role: str
    custom_role_name: str | None
    has_own_role: bool
    own_role: str | None
    own_custom_role_id: UUID | None
    own_custom_role_name: str | None
    team_name: str | None


_PEOPLE = """
SELECT m.user_id, u.name, u.email, m.role, c.name AS custom_role_name,
       r.user_id IS NOT NULL AS has_own_role, r.role AS own_role,
       r.custom_role_id AS own_custom_role_id, own.name AS own_custom_role_name,
       (SELECT t.name FROM team_member tm JOIN team t ON t.id = tm.team_id
        WHERE tm.organization_id = m.organization_id AND tm.user_id = m.user_id
        LIMIT 1) AS team_name
FROM membership m
JOIN user_account u ON u.id = m.user_id AND u.disabled_at IS NULL
LEFT JOIN custom_role c ON c.id = m.custom_role_id
LEFT JOIN project_role r ON r.project_id = %(project)s AND r.user_id = m.user_id
LEFT JOIN custom_role own ON own.id = r.custom_role_id
WHERE m.organization_id = %(organization)s
  AND (%(user)s::uuid IS NULL OR m.user_id = %(user)s)
ORDER BY r.user_id IS NULL, lower(u.name), m.user_id
LIMIT 5000
"""


def people(
    session: Session, organization_id: UUID, project_id: UUID, user_id: UUID | None = None
) -> list[ProjectPerson]:
    """Those who have a role of their own here first, then by name."""
    parameters = {"organization": organization_id, "project": project_id, "user": user_id}
    with driver_connection(session).cursor(row_factory=class_row(ProjectPerson)) as cursor:
        return cursor.execute(_PEOPLE, parameters).fetchall()
