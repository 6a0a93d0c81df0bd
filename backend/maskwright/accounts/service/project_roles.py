"""Roles in single projects: somebody may be more, less or nothing at all in one of them.

What a role in a project says holds instead of the organisation's for all that is about that project
(`OF_PROJECT`). It is copied into the membership, like a custom role's permissions, so that asking
who somebody is stays one statement.
"""

from uuid import UUID

from maskwright.accounts import project_role_queries as queries
from maskwright.accounts import queries as accounts_queries
from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import OF_PROJECT, Grant, Permission, Role
from maskwright.accounts.errors import MemberNotFound, OwnerEverywhere
from maskwright.accounts.models import Membership, ProjectRole
from maskwright.accounts.project_role_queries import ProjectPerson
from maskwright.accounts.service.roles import grant_of, require_may_assign, role_details
from maskwright.kernel.clock import utc_now
from maskwright.projects.service import require_project
from maskwright.queue.watching import free_assignments, take_work_from
from maskwright.work import Work


def list_people(work: Work, project_id: UUID) -> list[ProjectPerson]:
    """Everybody of the organisation, with what he is in this project."""
    require_project(work, project_id, Permission.VIEW_PEOPLE)
    return queries.people(work.session, work.actor.organization_id, project_id)


def give_role(
    work: Work, project_id: UUID, user_id: UUID, role: Role | None, custom_role_id: UUID | None
) -> ProjectPerson:
    """Let him be this in the project from his next request on; without a role, he is kept out. What
    he holds and may no longer do is taken back, with its drafts kept."""
    membership = _require_changeable(work, project_id, user_id)
    grant = None
    if role is not None:
        grant = grant_of(work.session, membership.organization_id, role, custom_role_id)
        require_may_assign(work.actor, _in_project(grant))
    kept = queries.find(work.session, project_id, user_id)
    if kept is None:
        kept = ProjectRole(
            organization_id=membership.organization_id,
            project_id=project_id,
            user_id=user_id,
            created_at=utc_now(),
        )
        work.session.add(kept)
    kept.role = None if grant is None else grant.role
    kept.custom_role_id = None if grant is None else grant.custom_role_id
    kept.given_by = work.actor.user_id
    details = {"role": "none"} if grant is None else role_details(grant)
    return _changed(work, project_id, membership, details)


def take_role(work: Work, project_id: UUID, user_id: UUID) -> ProjectPerson:
    """Let his role in the organisation hold here again."""
    membership = _require_changeable(work, project_id, user_id)
    # The organisation's role may be more than what he has here.
    require_may_assign(work.actor, _in_project(membership.grant))
    kept = queries.find(work.session, project_id, user_id)
    if kept is not None:
        work.session.delete(kept)
    return _changed(work, project_id, membership, {"role": "as in the organisation"})


def _require_changeable(work: Work, project_id: UUID, user_id: UUID) -> Membership:
    """Somebody of the organisation who may do nothing that the caller may not."""
    require_project(work, project_id, Permission.MANAGE_PROJECTS)
    found = accounts_queries.find_member(
        work.session, work.actor.organization_id, user_id, lock=True
    )
    if found is None:
        raise MemberNotFound
    membership: Membership = found[0]
    if membership.role is Role.OWNER:
        raise OwnerEverywhere
    here = membership.actor.in_project(project_id).permissions_of_role
    require_may_assign(work.actor, Grant(Role.CUSTOM, custom_permissions=here))
    return membership


def _in_project(grant: Grant) -> Grant:
    """What the role says of a project, and no more."""
    return Grant(Role.CUSTOM, custom_permissions=grant.permissions & OF_PROJECT)


def _changed(
    work: Work, project_id: UUID, membership: Membership, details: dict[str, str]
) -> ProjectPerson:
    user_id, organization_id = membership.user_id, membership.organization_id
    before = membership.actor.in_project(project_id).permissions_of_role
    queries.copy_into_memberships(work.session, organization_id, [user_id])
    work.session.refresh(membership)
    after = membership.actor.in_project(project_id).permissions_of_role
    if (before - after) & {Permission.LABEL, Permission.REVIEW}:
        take_work_from(work, project_id, user_id)
    if Permission.LABEL not in after:
        free_assignments(work, project_id, user_id)
    said = {"project": str(project_id), **details}
    record_audit(work, "member.project_role_changed", "user", user_id, said)
    [person] = queries.people(work.session, organization_id, project_id, user_id)
    return person
