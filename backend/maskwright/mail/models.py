"""Letters, until they are delivered and after."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from maskwright.db.base import Base, Identified, text_enum
from maskwright.mail.domain import MailState, Template


class OutgoingMail(Identified, Base):
    """A letter to one person. What it says is written when it is sent: no secret lies here."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        sa.Index(
            "ix_outgoing_mail_due_at",
            "due_at",
            postgresql_where=sa.text("state = 'queued'"),
        ),
    )

    organization_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organization.id"))
    user_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    address: Mapped[str]
    template: Mapped[Template] = mapped_column(text_enum(Template))
    subject_id: Mapped[UUID] = mapped_column(index=True)
    state: Mapped[MailState] = mapped_column(text_enum(MailState))
    attempts: Mapped[int] = mapped_column(server_default="0")
    problem: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())
    due_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())
    sent_at: Mapped[datetime | None]
