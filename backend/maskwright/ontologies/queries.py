"""Every statement about ontologies."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from maskwright.accounts.models import User
from maskwright.ontologies.models import OntologyClass, OntologyVersion


def find_version(session: Session, project_id: UUID, version: int) -> OntologyVersion | None:
    return session.scalar(
        sa.select(OntologyVersion).where(
            OntologyVersion.project_id == project_id, OntologyVersion.version == version
        )
    )


def classes_of_project(session: Session, project_id: UUID) -> Sequence[OntologyClass]:
    """Every class that the project ever had, retired ones too."""
    return session.scalars(
        sa.select(OntologyClass)
        .where(OntologyClass.project_id == project_id)
        .order_by(OntologyClass.index)
    ).all()


def versions_of_project(
    session: Session, project_id: UUID
) -> Sequence[tuple[OntologyVersion, User | None]]:
    """All versions, newest first, each with who saved it."""
    rows = session.execute(
        sa.select(OntologyVersion, User)
        .outerjoin(User, User.id == OntologyVersion.created_by)
        .where(OntologyVersion.project_id == project_id)
        .order_by(OntologyVersion.version.desc())
    )
    return [(version, user) for version, user in rows]
