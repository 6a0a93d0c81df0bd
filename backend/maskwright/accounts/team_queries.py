"""What a person's account says of teams. Teams themselves are the slice `workforce`'s."""

from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection

_LED = """
SELECT t.id, t.name FROM team_member m JOIN team t ON t.id = m.team_id
WHERE m.organization_id = %b AND m.user_id = %b AND m.is_lead
ORDER BY t.name
"""


def teams_led_by(session: Session, organization_id: UUID, user_id: UUID) -> list[tuple[UUID, str]]:
    """(id, name) of the teams that this person leads."""
    rows = driver_connection(session).execute(_LED, (organization_id, user_id))
    return [(team_id, name) for team_id, name in rows]
