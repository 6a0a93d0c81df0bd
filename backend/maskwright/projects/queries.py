"""Every statement about projects."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from maskwright.projects.domain import ProjectState
from maskwright.projects.models import Project


def find_project(session: Session, organization_id: UUID, project_id: UUID) -> Project | None:
    """A project of this organisation that is not deleted."""
    return session.scalar(
        sa.select(Project).where(
            Project.organization_id == organization_id,
            Project.id == project_id,
            Project.deleted_at.is_(None),
        )
    )


def lock_project(session: Session, organization_id: UUID, project_id: UUID) -> Project | None:
    """The same, and nobody else may change it until this work ends."""
    return session.scalar(
        sa.select(Project)
        .where(
            Project.organization_id == organization_id,
            Project.id == project_id,
            Project.deleted_at.is_(None),
        )
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def page_of_projects(
    session: Session,
    organization_id: UUID,
    *,
    state: ProjectState | None,
    hidden: Sequence[UUID],
    after: UUID | None,
    limit: int,
) -> Sequence[Project]:
    """Up to `limit + 1` projects but for the hidden ones, newest first."""
    statement = (
        sa.select(Project)
        .where(Project.organization_id == organization_id, Project.deleted_at.is_(None))
        .order_by(Project.id.desc())
        .limit(limit + 1)
    )
    if state is not None:
        statement = statement.where(Project.state == state)
    if hidden:
        statement = statement.where(Project.id.not_in(hidden))
    if after is not None:
        statement = statement.where(Project.id < after)
    return session.scalars(statement).all()
