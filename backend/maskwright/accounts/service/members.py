"""The organisation and who belongs to it."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from maskwright.accounts import queries
from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Actor, Permission, Role
from maskwright.accounts.errors import (
    LastOwner,
    MemberNotFound,
    OrganizationNotFound,
)
from maskwright.accounts.models import Membership, Organization, User
from maskwright.accounts.service.roles import grant_to_give, require_may_assign
from maskwright.work import Work


def current_organization(work: Work, permission: Permission) -> Organization:
    actor = work.require(permission)
    organization = queries.find_organization(work.session, actor.organization_id)
    if organization is None:
        raise OrganizationNotFound
    return organization


def rename_organization(work: Work, name: str) -> Organization:
    organization = current_organization(work, Permission.MANAGE_ORGANIZATION)
    before, organization.name = organization.name, name
    record_audit(
        work,
        "organization.renamed",
        "organization",
        organization.id,
        {"before": before, "after": name},
    )
    return organization


def list_members(
    work: Work, *, after: UUID | None, limit: int
) -> Sequence[sa.Row[Membership, User]]:
    """Up to `limit + 1` members of the actor's organisation."""
    actor = work.require(Permission.VIEW_PEOPLE)
    return queries.page_of_members(work.session, actor.organization_id, after=after, limit=limit)


def change_role(
    work: Work, user_id: UUID, role: Role, custom_role_id: UUID | None = None
) -> sa.Row[Membership, User]:
    member = _require_member(work, user_id)
    actor, membership = work.actor, member[0]
    grant = grant_to_give(work, role, custom_role_id)
    if role is not Role.OWNER:
        _keep_an_owner(work, actor, user_id)
    before = membership.role
    membership.take(grant)
    record_audit(
        work,
        "member.role_changed",
        "user",
        user_id,
        {"before": before, "after": role}
        | ({"custom_role": str(custom_role_id)} if custom_role_id else {}),
    )
    return member


def remove_member(work: Work, user_id: UUID) -> None:
    """The membership goes, and with it (by foreign key) the sessions and API tokens that the
    person had in this organisation. His work stays."""
    membership, user = _require_member(work, user_id)
    _keep_an_owner(work, work.actor, user_id)
    record_audit(
        work, "member.removed", "user", user_id, {"email": user.email, "role": membership.role}
    )
    work.session.delete(membership)


def _require_member(work: Work, user_id: UUID) -> sa.Row[Membership, User]:
    """Somebody of the actor's organisation, whom the actor may change."""
    member = queries.find_member(work.session, work.actor.organization_id, user_id)
    if member is None:
        raise MemberNotFound
    actor = work.require(Permission.MANAGE_MEMBERS)
    require_may_assign(actor, member[0].grant)
    return member


def _keep_an_owner(work: Work, actor: Actor, leaving: UUID) -> None:
    """Two owners who remove one another at the same moment must not both succeed: the first one
    holds a lock on the organisation."""
    owners = queries.lock_owners(work.session, actor.organization_id)
    if leaving in owners and len(owners) == 1:
        raise LastOwner
