"""Every statement about attachments."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from maskwright.assets.models import Attachment


def attachments_of_asset(session: Session, asset_id: UUID) -> Sequence[Attachment]:
    """Oldest first."""
    return session.scalars(
        sa.select(Attachment)
        .where(Attachment.asset_id == asset_id, Attachment.deleted_at.is_(None))
        .order_by(Attachment.id)
    ).all()


def class_references_of_project(session: Session, project_id: UUID) -> Sequence[Attachment]:
    """Oldest first, of all classes."""
    return session.scalars(
        sa.select(Attachment)
        .where(
            Attachment.project_id == project_id,
            Attachment.class_id.is_not(None),
            Attachment.deleted_at.is_(None),
        )
        .order_by(Attachment.id)
    ).all()


def attachments_of_project(session: Session, project_id: UUID) -> Sequence[Attachment]:
    """Oldest first, of the project itself."""
    return session.scalars(
        sa.select(Attachment)
        .where(
            Attachment.project_id == project_id,
            Attachment.asset_id.is_(None),
            Attachment.class_id.is_(None),
            Attachment.deleted_at.is_(None),
        )
        .order_by(Attachment.id)
    ).all()


def count_attachments(
    session: Session, project_id: UUID, *, asset_id: UUID | None, class_id: UUID | None
) -> int:
    """How many the subject has: an asset, a class, or the project where neither is given."""
    statement = sa.select(sa.func.count()).where(
        Attachment.project_id == project_id,
        Attachment.asset_id == asset_id if asset_id else Attachment.asset_id.is_(None),
        Attachment.class_id == class_id if class_id else Attachment.class_id.is_(None),
        Attachment.deleted_at.is_(None),
    )
    return session.scalar(statement) or 0


def find_attachment(session: Session, attachment_id: UUID) -> Attachment | None:
    """Whoever's it is: the caller has a signed link, or checks himself."""
    return session.scalar(
        sa.select(Attachment).where(Attachment.id == attachment_id, Attachment.deleted_at.is_(None))
    )
