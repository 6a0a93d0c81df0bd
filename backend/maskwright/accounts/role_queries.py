"""Statements about an organisation's own roles."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from maskwright.accounts.models import CustomRole, Invitation, Membership, ProjectRole


def roles_of(session: Session, organization_id: UUID) -> Sequence[sa.Row[CustomRole, int]]:
    """(role, how many members have it), in the order of their names."""
    members = (
        sa.select(sa.func.count())
        .where(
            Membership.organization_id == CustomRole.organization_id,
            Membership.custom_role_id == CustomRole.id,
        )
        .scalar_subquery()
    )
    return session.execute(
        sa.select(CustomRole, members)
        .where(CustomRole.organization_id == organization_id)
        .order_by(sa.func.lower(CustomRole.name))
    ).all()


def find_role(
    session: Session, organization_id: UUID, role_id: UUID, *, lock: bool = False
) -> CustomRole | None:
    """Locked, nobody gets it while it is changed."""
    statement = sa.select(CustomRole).where(
        CustomRole.organization_id == organization_id, CustomRole.id == role_id
    )
    return session.scalar(
        statement.with_for_update() if lock else statement.with_for_update(read=True)
    )


def name_is_taken(session: Session, organization_id: UUID, name: str, but: UUID) -> bool:
    """Whether another role has this name, in whatever case."""
    statement = sa.select(sa.literal(1)).where(
        CustomRole.organization_id == organization_id,
        sa.func.lower(CustomRole.name) == sa.func.lower(name),
        CustomRole.id != but,
    )
    return session.scalar(statement) is not None


def give_permissions(session: Session, role: CustomRole) -> None:
    """Everybody who has the role may do what it allows now."""
    session.execute(
        sa.update(Membership)
        .where(
            Membership.organization_id == role.organization_id,
            Membership.custom_role_id == role.id,
        )
        .values(permissions=role.permissions)
    )


def uses_of(session: Session, role: CustomRole) -> tuple[int, int]:
    """How many people have it, here or in a project, and how many open invitations give it."""
    members = session.scalar(
        sa.select(sa.func.count()).where(
            Membership.organization_id == role.organization_id,
            Membership.custom_role_id == role.id,
        )
    )
    in_projects = session.scalar(
        sa.select(sa.func.count(ProjectRole.user_id.distinct())).where(
            ProjectRole.custom_role_id == role.id
        )
    )
    invitations = session.scalar(
        sa.select(sa.func.count()).where(
            Invitation.organization_id == role.organization_id,
            Invitation.custom_role_id == role.id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > sa.func.now(),
        )
    )
    return (members or 0) + (in_projects or 0), invitations or 0


def delete_role(session: Session, role: CustomRole) -> None:
    """Invitations that are over keep no trace of it but their audit events."""
    session.execute(
        sa.delete(Invitation).where(
            Invitation.organization_id == role.organization_id,
            Invitation.custom_role_id == role.id,
        )
    )
    session.delete(role)
