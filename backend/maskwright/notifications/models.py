"""What people were told, and how they want to be told."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from maskwright.db.base import Base, Identified, Tenant, tenant_reference, text_enum
from maskwright.notifications.domain import MailMode, NotificationKind


class Notification(Identified, Tenant, Base):
    """Of one person, in one organisation. `object_id` names what it is about besides: an export, a
    batch, a rule; `sender_id` whose doing it is, where somebody's."""

    __tablename__ = "notification"
    __table_args__ = (
        tenant_reference("project", "project_id"),
        tenant_reference("asset", "asset_id"),
        sa.Index("ix_notification_user_id_organization_id_id", "user_id", "organization_id", "id"),
        sa.Index(
            "ix_notification_digest",
            "user_id",
            "organization_id",
            postgresql_where=sa.text("mail = 'digest' AND mailed_at IS NULL"),
        ),
    )

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    project_id: Mapped[UUID | None]
    asset_id: Mapped[UUID | None]
    object_id: Mapped[UUID | None]
    kind: Mapped[NotificationKind] = mapped_column(text_enum(NotificationKind))
    sender_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    text: Mapped[str]
    on_page: Mapped[bool] = mapped_column(server_default=sa.true())
    mail: Mapped[MailMode] = mapped_column(text_enum(MailMode), server_default=MailMode.OFF.value)
    mailed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())
    read_at: Mapped[datetime | None]


class NotificationChoice(Base):
    """How a person wants to be told of one kind, whatever the organisation."""

    __tablename__ = "notification_choice"

    user_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[NotificationKind] = mapped_column(text_enum(NotificationKind), primary_key=True)
    on_page: Mapped[bool]
    mail: Mapped[MailMode] = mapped_column(text_enum(MailMode))
