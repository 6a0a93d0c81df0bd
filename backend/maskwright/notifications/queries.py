"""Every statement about notifications, as SQL on the driver's connection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import new_id

# Who left the organisation is told nothing more of it.
_WRITE = """
INSERT INTO notification (
    id, organization_id, user_id, project_id, asset_id, kind, sender_id, text)
SELECT %(id)s, m.organization_id, m.user_id, %(project)s, %(asset)s, %(kind)s, %(sender)s, %(text)s
FROM membership m WHERE m.organization_id = %(organization)s AND m.user_id = %(user)s
"""


def write(session: Session, **values: object) -> None:
    driver_connection(session).execute(_WRITE, {"id": new_id(), **values})


@dataclass(frozen=True, slots=True)
class NotificationRow:
    """With the names of those in it."""

    id: UUID
    kind: str
    project_id: UUID
    project_name: str
    asset_id: UUID
    asset_name: str
    sender_id: UUID
    sender_name: str
    text: str
    created_at: datetime
    read_at: datetime | None


_NEWEST = """
SELECT n.id, n.kind, n.project_id, p.name AS project_name, n.asset_id, a.name AS asset_name,
       n.sender_id, u.name AS sender_name, n.text, n.created_at, n.read_at
FROM notification n
JOIN project p ON p.id = n.project_id AND p.deleted_at IS NULL
JOIN asset a ON a.id = n.asset_id AND a.deleted_at IS NULL
JOIN user_account u ON u.id = n.sender_id
WHERE n.user_id = %b AND n.organization_id = %b
ORDER BY n.id DESC LIMIT %b
"""


def newest(
    session: Session, organization_id: UUID, user_id: UUID, limit: int
) -> Sequence[NotificationRow]:
    with driver_connection(session).cursor(row_factory=class_row(NotificationRow)) as cursor:
        return cursor.execute(_NEWEST, (user_id, organization_id, limit)).fetchall()


_MARK = """
UPDATE notification SET read_at = clock_timestamp()
WHERE user_id = %b AND organization_id = %b AND id <= %b AND read_at IS NULL
"""


def mark_read(session: Session, organization_id: UUID, user_id: UUID, up_to: UUID) -> None:
    driver_connection(session).execute(_MARK, (user_id, organization_id, up_to))
