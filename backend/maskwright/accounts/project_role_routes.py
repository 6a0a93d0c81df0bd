"""`/projects/{project}/people`: who is what in a project."""

from uuid import UUID

from maskwright.accounts.errors import OwnerEverywhere
from maskwright.accounts.schemas import ProjectPeopleOut, ProjectPersonOut, ProjectRoleIn
from maskwright.accounts.service import project_roles as service
from maskwright.http.dependencies import CurrentWork
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router

PROBLEMS: dict[ErrorType, Problem] = {OwnerEverywhere: Problem(409, "owner-everywhere")}

router = work_router(tags=["people"])


@router.get("/projects/{project_id}/people")
def list_project_people(work: CurrentWork, project_id: UUID) -> ProjectPeopleOut:
    """Everybody of the organisation, those with a role of their own here first."""
    found = service.list_people(work, project_id)
    return ProjectPeopleOut(items=[ProjectPersonOut.of(each) for each in found])


@router.put("/projects/{project_id}/people/{user_id}")
def give_project_role(
    work: CurrentWork, project_id: UUID, user_id: UUID, body: ProjectRoleIn
) -> ProjectPersonOut:
    """Let somebody be this in the project, whatever he is in the organisation; null keeps him out.
    In effect from his next request on."""
    given = service.give_role(work, project_id, user_id, body.role, body.custom_role_id)
    return ProjectPersonOut.of(given)


@router.delete("/projects/{project_id}/people/{user_id}")
def take_project_role(work: CurrentWork, project_id: UUID, user_id: UUID) -> ProjectPersonOut:
    """Let his role in the organisation hold here again."""
    return ProjectPersonOut.of(service.take_role(work, project_id, user_id))
