"""Notifications on the wire."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from maskwright.notifications.domain import NotificationKind
from maskwright.notifications.queries import NotificationRow


class NotificationOut(BaseModel):
    """`text` is what `sender` said."""

    id: UUID
    kind: NotificationKind
    project_id: UUID
    project_name: str
    asset_id: UUID
    asset_name: str
    sender: str
    text: str
    created_at: datetime
    read_at: datetime | None

    @classmethod
    def of(cls, row: NotificationRow) -> "NotificationOut":
        return cls(
            id=row.id,
            kind=NotificationKind(row.kind),
            project_id=row.project_id,
            project_name=row.project_name,
            asset_id=row.asset_id,
            asset_name=row.asset_name,
            sender=row.sender_name,
            text=row.text,
            created_at=row.created_at,
            read_at=row.read_at,
        )


class NotificationsOut(BaseModel):
    """The newest fifty, the newest first; `unread` of them were not seen yet."""

    unread: int
    items: list[NotificationOut]

    @classmethod
    def of(cls, rows: Sequence[NotificationRow]) -> "NotificationsOut":
        return cls(
            unread=sum(row.read_at is None for row in rows),
            items=[NotificationOut.of(row) for row in rows],
        )


class ReadIn(BaseModel):
    """`up_to` is the newest that was seen."""

    model_config = ConfigDict(extra="forbid")

    up_to: UUID
