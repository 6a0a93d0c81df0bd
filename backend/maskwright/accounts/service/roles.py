"""Roles: the built-in ones, and those that an organisation makes of permissions.

What a custom role allows is copied into the memberships that have it, so that the statement that
asks who somebody is, before every request, reads no further table.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from maskwright.accounts import project_role_queries
from maskwright.accounts import role_queries as queries
from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import (
    Actor,
    Grant,
    Permission,
    Role,
    may_assign,
    permissions_of_custom_role,
)
from maskwright.accounts.errors import (
    OwnersOnly,
    RoleInUse,
    RoleNameTaken,
    RoleNotFound,
    RoleTooPowerful,
)
from maskwright.accounts.models import CustomRole, permissions_from
from maskwright.kernel.clock import utc_now
from maskwright.kernel.ids import new_id
from maskwright.work import Work

# Giving roles


def grant_of(
    session: Session, organization_id: UUID, role: Role, custom_role_id: UUID | None
) -> Grant:
    """What this role allows now; raises RoleNotFound. It stays as it is until the work ends."""
    if custom_role_id is None:
        return Grant(role)
    found = queries.find_role(session, organization_id, custom_role_id)
    if found is None:
        raise RoleNotFound
    return Grant(Role.CUSTOM, found.id, permissions_from(found.permissions), found.name)


def grant_to_give(work: Work, role: Role, custom_role_id: UUID | None) -> Grant:
    """The same, for the actor to give to somebody; raises OwnersOnly and RoleTooPowerful too."""
    grant = grant_of(work.session, work.actor.organization_id, role, custom_role_id)
    require_may_assign(work.actor, grant)
    return grant


def require_may_assign(actor: Actor, grant: Grant) -> None:
    """Raises what is to be said to who gives or takes what he has not."""
    if may_assign(actor, grant):
        return
    if grant.role is Role.OWNER:
        raise OwnersOnly
    missing = grant.permissions - actor.permissions_of_role
    raise RoleTooPowerful(permissions=sorted(missing))


def name_of_role(
    session: Session, organization_id: UUID, custom_role_id: UUID | None
) -> str | None:
    """None for a built-in role: what those are called is the pages' business."""
    if custom_role_id is None:
        return None
    found = queries.find_role(session, organization_id, custom_role_id)
    return found.name if found else None


def role_details(grant: Grant) -> dict[str, str]:
    """For the audit log."""
    if grant.custom_role_id is None:
        return {"role": grant.role}
    return {"role": grant.custom_name or grant.role, "role_id": str(grant.custom_role_id)}


# Making roles


def list_roles(work: Work) -> Sequence[sa.Row[CustomRole, int]]:
    """(role, how many members have it) of the organisation's own ones. Who sees the people of one
    project only gives roles there, and has to know which there are."""
    actor = work.require_somewhere(Permission.VIEW_PEOPLE)
    return queries.roles_of(work.session, actor.organization_id)


def create_role(
    work: Work, *, name: str, description: str, permissions: Collection[Permission]
) -> CustomRole:
    actor = work.require(Permission.MANAGE_ORGANIZATION)
    role = CustomRole(
        id=new_id(),
        organization_id=actor.organization_id,
        name=name,
        description=description,
        permissions=_kept(actor, permissions),
        created_at=utc_now(),
    )
    _keep_names_apart(work, role)
    work.session.add(role)
    work.session.flush()
    record_audit(work, "role.created", "custom_role", role.id, _written(role))
    return role


def change_role(
    work: Work,
    role_id: UUID,
    *,
    name: str | None,
    description: str | None,
    permissions: Collection[Permission] | None,
) -> CustomRole:
    """In effect from everybody's next request on."""
    role = _require_role(work, role_id)
    if name is not None:
        role.name = name
        _keep_names_apart(work, role)
    if description is not None:
        role.description = description
    if permissions is not None:
        role.permissions = _kept(work.actor, permissions)
        queries.give_permissions(work.session, role)
        people = project_role_queries.people_of_role(work.session, role.id)
        project_role_queries.copy_into_memberships(work.session, role.organization_id, people)
    record_audit(work, "role.changed", "custom_role", role.id, _written(role))
    return role


def delete_role(work: Work, role_id: UUID) -> None:
    """Raises RoleInUse while somebody has it, or is invited with it."""
    role = _require_role(work, role_id)
    members, invited = queries.uses_of(work.session, role)
    if members or invited:
        raise RoleInUse(members=members, invitations=invited)
    queries.delete_role(work.session, role)
    record_audit(work, "role.deleted", "custom_role", role.id, {"name": role.name})


def member_count(work: Work, role: CustomRole) -> int:
    return queries.uses_of(work.session, role)[0]


def _require_role(work: Work, role_id: UUID) -> CustomRole:
    role = queries.find_role(work.session, work.actor.organization_id, role_id, lock=True)
    if role is None:
        raise RoleNotFound
    work.require(Permission.MANAGE_ORGANIZATION)
    return role


def _kept(actor: Actor, permissions: Collection[Permission]) -> list[str]:
    """As they are stored, with what they need. Nobody makes a role that may do more than he."""
    wanted = permissions_of_custom_role(permissions)
    missing = wanted - actor.permissions_of_role
    if missing:
        raise RoleTooPowerful(permissions=sorted(missing))
    return sorted(one.value for one in wanted)


def _written(role: CustomRole) -> dict[str, object]:
    return {"name": role.name, "permissions": list(role.permissions)}


def _keep_names_apart(work: Work, role: CustomRole) -> None:
    with work.session.no_autoflush:
        if queries.name_is_taken(work.session, role.organization_id, role.name, role.id):
            raise RoleNameTaken
