"""What people do with projects."""

from collections.abc import Sequence
from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Actor, Permission
from maskwright.kernel.clock import utc_now
from maskwright.kernel.ids import new_id
from maskwright.projects import queries
from maskwright.projects.domain import Coverage, ProjectState
from maskwright.projects.errors import ProjectArchived, ProjectNotArchived, ProjectNotFound
from maskwright.projects.models import Project
from maskwright.projects.schemas import ProjectCreate, ProjectPatch
from maskwright.work import Work


def require_project(
    work: Work, project_id: UUID, permission: Permission = Permission.VIEW_PROJECT
) -> Project:
    """The project, if the actor may do this to it. Every other slice comes in through here.

    A project of another organisation is not found, whatever the actor may do in his own: that it
    exists is nobody else's business. So is one that he is kept out of. From here on the actor is
    who he is in this project.
    """
    project = queries.find_project(work.session, work.actor.organization_id, project_id)
    if project is None or not is_seen(work.enter(project_id)):
        raise ProjectNotFound
    work.require(permission)
    return project


def is_seen(actor: Actor) -> bool:
    """Whether there is a project for this actor, as he is in it."""
    return Permission.VIEW_PROJECT in actor.permissions_of_role


def require_active_project(work: Work, project_id: UUID, permission: Permission) -> Project:
    """The same, and the project must not be archived."""
    project = require_project(work, project_id, permission)
    if project.state is ProjectState.ARCHIVED:
        raise ProjectArchived
    return project


def lock_active_project(work: Work, project_id: UUID, permission: Permission) -> Project:
    """The same, for a change that must not run beside another of its kind."""
    require_active_project(work, project_id, permission)
    project = queries.lock_project(work.session, work.actor.organization_id, project_id)
    if project is None:
        raise ProjectNotFound
    return project


def list_projects(
    work: Work, *, state: ProjectState | None, after: UUID | None, limit: int
) -> Sequence[Project]:
    """Up to `limit + 1` projects of the actor's organisation, newest first."""
    actor = work.require_somewhere(Permission.VIEW_PROJECT)
    return queries.page_of_projects(
        work.session,
        actor.organization_id,
        state=state,
        hidden=[each for each in actor.in_projects if not is_seen(actor.in_project(each))],
        after=after,
        limit=limit,
    )


def create_project(work: Work, wanted: ProjectCreate) -> Project:
    actor = work.require(Permission.MANAGE_PROJECTS)
    now = utc_now()
    project = Project(
        id=new_id(),
        organization_id=actor.organization_id,
        name=wanted.name,
        description=wanted.description,
        instructions=wanted.instructions,
        state=ProjectState.ACTIVE,
        lease_seconds=wanted.lease_seconds or work.settings.lease_seconds,
        coverage=wanted.coverage or Coverage.NONE,
        is_anonymous=wanted.is_anonymous or False,
        ontology_version=None,
        next_class_index=1,
        created_by=actor.person_id,
        created_at=now,
        updated_at=now,
        deleted_at=None,
    )
    work.session.add(project)
    work.session.flush()
    record_audit(work, "project.created", "project", project.id, {"name": project.name})
    return project


def change_project(work: Work, project_id: UUID, wanted: ProjectPatch) -> Project:
    """Set what the patch names, and nothing else."""
    project = require_project(work, project_id, Permission.MANAGE_PROJECTS)
    changes = wanted.model_dump(exclude_unset=True, exclude_none=True)
    for field, value in changes.items():
        setattr(project, field, value)
    project.updated_at = utc_now()
    record_audit(work, "project.changed", "project", project.id, {"fields": sorted(changes)})
    return project


def delete_project(work: Work, project_id: UUID) -> None:
    """Hide the project for good. Its rows stay, so that audit and ledgers keep their meaning."""
    project = require_project(work, project_id, Permission.MANAGE_PROJECTS)
    if project.state is not ProjectState.ARCHIVED:
        raise ProjectNotArchived
    project.deleted_at = utc_now()
    record_audit(work, "project.deleted", "project", project.id, {"name": project.name})
