"""Notifications on the wire."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from maskwright.notifications.domain import Choice, MailMode, NotificationKind
from maskwright.notifications.queries import NotificationRow


class NotificationOut(BaseModel):
    """`text` is what `sender` said, or the name of what it is about; `object_id` names an export, a
    batch or a rule. What does not belong to it is null."""

    id: UUID
    kind: NotificationKind
    project_id: UUID | None
    project_name: str | None
    asset_id: UUID | None
    asset_name: str | None
    object_id: UUID | None
    sender: str | None
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
            object_id=row.object_id,
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


class ChoiceOut(BaseModel):
    """How one is told of a kind: on the page or not, and by e-mail at once, once a day, or not."""

    kind: NotificationKind
    on_page: bool
    mail: MailMode


class ChoicesOut(BaseModel):
    """`mail_is_sent`: whether this site sends e-mail at all."""

    mail_is_sent: bool
    items: list[ChoiceOut]

    @classmethod
    def of(cls, choices: Mapping[NotificationKind, Choice], *, mail_is_sent: bool) -> "ChoicesOut":
        items = [
            ChoiceOut(kind=kind, on_page=choice.on_page, mail=choice.mail)
            for kind, choice in choices.items()
        ]
        return cls(mail_is_sent=mail_is_sent, items=items)


class ChoiceIn(BaseModel):
    """What is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    kind: NotificationKind
    on_page: bool | None = None
    mail: MailMode | None = None


class UnsubscribedOut(BaseModel):
    """Of which kind no letters come any more; null: the day's letter."""

    kind: NotificationKind | None


class StandingOut(BaseModel):
    """The data of an event `notifications`: how many of the newest are unread, and the newest."""

    unread: int
    newest: str | None
