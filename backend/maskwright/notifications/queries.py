"""Every statement about notifications, as SQL on the driver's connection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.accounts.domain import Actor, Permission, Role
from maskwright.accounts.models import permissions_from, roles_in_projects
from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import new_id
from maskwright.notifications.domain import Choice, MailMode, NotificationKind

# Telling

# Who left the organisation is told nothing more of it, and who chose to hear nothing of a kind
# neither. What is `once` is not said again while the first of it is unread.
_WRITE = """
INSERT INTO notification (
    id, organization_id, user_id, project_id, asset_id, object_id, kind, sender_id, text, on_page,
    mail)
SELECT %(id)s::uuid, m.organization_id, m.user_id, %(project)s::uuid, %(asset)s::uuid,
       %(object)s::uuid, %(kind)s::text, %(sender)s::uuid, %(text)s::text,
       coalesce(c.on_page, %(on_page)s::boolean), coalesce(c.mail, %(mail)s::text)
FROM membership m
LEFT JOIN notification_choice c ON c.user_id = m.user_id AND c.kind = %(kind)s::text
WHERE m.organization_id = %(organization)s::uuid AND m.user_id = %(user)s::uuid
  AND (coalesce(c.on_page, %(on_page)s::boolean)
       OR coalesce(c.mail, %(mail)s::text) <> 'off')
  AND NOT (%(once)s::boolean AND EXISTS (
      SELECT FROM notification n
      WHERE n.user_id = m.user_id AND n.organization_id = m.organization_id
        AND n.kind = %(kind)s::text AND n.read_at IS NULL
        AND n.project_id IS NOT DISTINCT FROM %(project)s::uuid
        AND n.object_id IS NOT DISTINCT FROM %(object)s::uuid))
RETURNING mail, (SELECT email FROM user_account u WHERE u.id = notification.user_id)
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A notification that was kept, and how else its person is told."""

    id: UUID
    mail: MailMode
    address: str


def write(session: Session, **values: object) -> Written | None:
    """None where the person is not to be told."""
    id_ = new_id()
    row = driver_connection(session).execute(_WRITE, {"id": id_, **values}).fetchone()
    return Written(id_, MailMode(row[0]), row[1]) if row else None


_MEMBERS = """
SELECT m.organization_id, m.user_id, m.role, m.permissions, m.in_projects FROM membership m
JOIN user_account u ON u.id = m.user_id AND u.disabled_at IS NULL
WHERE m.organization_id = %b
"""


def members(
    session: Session, organization_id: UUID, project_id: UUID | None
) -> list[tuple[UUID, frozenset[Permission]]]:
    """Everybody, and what he may do: in this project, where one is named."""
    rows = driver_connection(session).execute(_MEMBERS, (organization_id,))
    people = [
        Actor(
            organization,
            Role(role),
            user_id,
            custom_permissions=permissions_from(own),
            in_projects=roles_in_projects(elsewhere),
        )
        for organization, user_id, role, own, elsewhere in rows
    ]
    here = [each if project_id is None else each.in_project(project_id) for each in people]
    return [(each.person_id, each.permissions_of_role) for each in here]


# Looking


@dataclass(frozen=True, slots=True)
class NotificationRow:
    """With the names of those in it."""

    id: UUID
    kind: str
    project_id: UUID | None
    project_name: str | None
    asset_id: UUID | None
    asset_name: str | None
    object_id: UUID | None
    sender_id: UUID | None
    sender_name: str | None
    text: str
    created_at: datetime
    read_at: datetime | None


_ROWS = """
SELECT n.id, n.kind, n.project_id, p.name AS project_name, n.asset_id, a.name AS asset_name,
       n.object_id, n.sender_id, u.name AS sender_name, n.text, n.created_at, n.read_at
FROM notification n
LEFT JOIN project p ON p.id = n.project_id
LEFT JOIN asset a ON a.id = n.asset_id
LEFT JOIN user_account u ON u.id = n.sender_id
WHERE p.deleted_at IS NULL AND a.deleted_at IS NULL
"""
_NEWEST = f"""{_ROWS} AND n.user_id = %b AND n.organization_id = %b AND n.on_page
ORDER BY n.id DESC LIMIT %b
"""


def newest(
    session: Session, organization_id: UUID, user_id: UUID, limit: int
) -> Sequence[NotificationRow]:
    return _rows(session, _NEWEST, (user_id, organization_id, limit))


_ONE = f"{_ROWS} AND n.id = %b"


def find(session: Session, notification_id: UUID) -> NotificationRow | None:
    rows = _rows(session, _ONE, (notification_id,))
    return rows[0] if rows else None


def _rows(session: Session, statement: str, values: Any) -> list[NotificationRow]:
    with driver_connection(session).cursor(row_factory=class_row(NotificationRow)) as cursor:
        return cursor.execute(statement.encode(), values).fetchall()


_STANDING = """
SELECT count(*) FILTER (WHERE read_at IS NULL), max(id::text)
FROM (SELECT id, read_at FROM notification
      WHERE user_id = %b AND organization_id = %b AND on_page ORDER BY id DESC LIMIT 50) n
"""


def standing(session: Session, organization_id: UUID, user_id: UUID) -> tuple[int, str | None]:
    """(how many of the newest are unread, the newest one's id)."""
    row = driver_connection(session).execute(_STANDING, (user_id, organization_id)).fetchone()
    return (row[0], row[1]) if row else (0, None)


_MARK = """
UPDATE notification SET read_at = clock_timestamp()
WHERE user_id = %b AND organization_id = %b AND id <= %b AND read_at IS NULL
"""


def mark_read(session: Session, organization_id: UUID, user_id: UUID, up_to: UUID) -> None:
    driver_connection(session).execute(_MARK, (user_id, organization_id, up_to))


# Choosing

_CHOICES = "SELECT kind, on_page, mail FROM notification_choice WHERE user_id = %b"


def choices(session: Session, user_id: UUID) -> dict[NotificationKind, Choice]:
    """What a person chose; kinds that he left alone have no entry."""
    rows = driver_connection(session).execute(_CHOICES, (user_id,))
    return {NotificationKind(kind): Choice(on_page, MailMode(mail)) for kind, on_page, mail in rows}


_CHOOSE = """
INSERT INTO notification_choice (user_id, kind, on_page, mail)
VALUES (%(user)s, %(kind)s, %(on_page)s, %(mail)s)
ON CONFLICT (user_id, kind) DO UPDATE SET on_page = excluded.on_page, mail = excluded.mail
"""


def choose(session: Session, user_id: UUID, kind: NotificationKind, choice: Choice) -> None:
    driver_connection(session).execute(
        _CHOOSE,
        {
            "user": user_id,
            "kind": kind.value,
            "on_page": choice.on_page,
            "mail": choice.mail.value,
        },
    )


# Digests

_DUE_DIGESTS = """
SELECT n.organization_id, n.user_id, u.email
FROM notification n
JOIN membership m ON m.organization_id = n.organization_id AND m.user_id = n.user_id
JOIN user_account u ON u.id = n.user_id AND u.disabled_at IS NULL
WHERE n.mail = 'digest' AND n.mailed_at IS NULL
GROUP BY n.organization_id, n.user_id, u.email
HAVING min(n.created_at) < clock_timestamp() - %b
LIMIT 500
"""


def due_digests(session: Session, age: timedelta) -> list[tuple[UUID, UUID, str]]:
    """(organisation, person, address) of those for whom something has waited so long."""
    return driver_connection(session).execute(_DUE_DIGESTS, (age,)).fetchall()


# now() is the transaction's: by it the letter finds again what belongs to it.
_BIND = """
WITH chosen AS (
    SELECT id FROM notification
    WHERE user_id = %(user)s AND organization_id = %(organization)s AND mail = 'digest'
      AND mailed_at IS NULL
    FOR UPDATE SKIP LOCKED
)
UPDATE notification n SET mailed_at = now() FROM chosen WHERE n.id = chosen.id
RETURNING n.id
"""


def bind_digest(session: Session, organization_id: UUID, user_id: UUID) -> UUID | None:
    """Take all that waits for a person into one letter; its newest, by which the letter finds
    them again."""
    parameters = {"user": user_id, "organization": organization_id}
    rows = driver_connection(session).execute(_BIND, parameters).fetchall()
    return max((row[0] for row in rows), default=None)


_OF_DIGEST = f"""{_ROWS}
  AND n.mail = 'digest' AND n.read_at IS NULL
  AND (n.user_id, n.organization_id, n.mailed_at) = (
      SELECT user_id, organization_id, mailed_at FROM notification WHERE id = %b)
ORDER BY n.id LIMIT 200
"""  # noqa: S608 - made of constants


def of_digest(session: Session, newest_id: UUID) -> list[NotificationRow]:
    """What a digest holds and was not read meanwhile, the oldest first."""
    return _rows(session, _OF_DIGEST, (newest_id,))
