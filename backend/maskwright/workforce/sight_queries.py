"""Statements about who sees whose work."""

from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection

_VENDOR_TEAM = """
SELECT colleague.user_id
FROM team_member own
JOIN team ON team.id = own.team_id AND team.kind = 'vendor'
JOIN team_member colleague ON colleague.team_id = own.team_id
WHERE own.organization_id = %b AND own.user_id = %b
"""


def vendor_team_of(session: Session, organization_id: UUID, user_id: UUID) -> list[UUID] | None:
    """Everybody of the vendor's team that this person belongs to; None where he is in none."""
    rows = driver_connection(session).execute(_VENDOR_TEAM, (organization_id, user_id)).fetchall()
    return [person for (person,) in rows] or None
