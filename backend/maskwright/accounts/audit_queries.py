"""Statements about the audit log. It is only ever written to and read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from maskwright.accounts.models import AuditEvent, User
from maskwright.kernel.ids import first_id_at


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which events are wanted; None takes any. Ids begin with their time, so that a span of time is
    one range of the index."""

    action: str | None = None
    object_type: str | None = None
    object_id: UUID | None = None
    actor_id: UUID | None = None
    begin: datetime | None = None
    end: datetime | None = None

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        wanted = (
            (AuditEvent.action, self.action),
            (AuditEvent.object_type, self.object_type),
            (AuditEvent.object_id, self.object_id),
            (AuditEvent.actor_id, self.actor_id),
        )
        found: list[sa.ColumnElement[bool]] = [
            column == value for column, value in wanted if value is not None
        ]
        if self.begin is not None:
            found.append(AuditEvent.id >= first_id_at(self.begin))
        if self.end is not None:
            found.append(AuditEvent.id < first_id_at(self.end))
        return found


def page_of_audit(
    session: Session,
    organization_id: UUID,
    wanted: AuditFilter,
    *,
    after: UUID | None,
    limit: int,
) -> Sequence[sa.Row[AuditEvent, str]]:
    """Up to `limit + 1` (AuditEvent, name of who did it), newest first."""
    statement = (
        sa.select(AuditEvent, User.name)
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .where(AuditEvent.organization_id == organization_id, *wanted.conditions())
        .order_by(AuditEvent.id.desc())
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(AuditEvent.id < after)
    return session.execute(statement).all()


def kinds_of_audit(session: Session, organization_id: UUID) -> Sequence[sa.Row[str, str]]:
    """(action, type of object) of everything that was ever done here."""
    return session.execute(
        sa.select(AuditEvent.action, AuditEvent.object_type)
        .where(AuditEvent.organization_id == organization_id)
        .distinct()
        .order_by(AuditEvent.action)
    ).all()
