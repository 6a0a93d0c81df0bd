"""What people were told."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from maskwright.db.base import Base, Identified, Tenant, tenant_reference, text_enum
from maskwright.notifications.domain import NotificationKind


class Notification(Identified, Tenant, Base):
    """Of one person, in one organisation."""

    __tablename__ = "notification"
    __table_args__ = (
        tenant_reference("project", "project_id"),
        tenant_reference("asset", "asset_id"),
        sa.Index("ix_notification_user_id_organization_id_id", "user_id", "organization_id", "id"),
    )

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    project_id: Mapped[UUID]
    asset_id: Mapped[UUID]
    kind: Mapped[NotificationKind] = mapped_column(text_enum(NotificationKind))
    sender_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    text: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())
    read_at: Mapped[datetime | None]
