"""`/projects`."""

from collections.abc import Sequence
from uuid import UUID

from maskwright.assets.service import cover_urls
from maskwright.http.dependencies import CurrentWork, Cursor, Limit
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.kernel.paging import Page, decode_cursor
from maskwright.projects import service
from maskwright.projects.domain import Counts, ProjectState
from maskwright.projects.errors import ProjectArchived, ProjectNotArchived, ProjectNotFound
from maskwright.projects.models import Project
from maskwright.projects.schemas import ProjectCreate, ProjectOut, ProjectPatch
from maskwright.queue.service import counts_seen
from maskwright.work import Work

router = work_router(prefix="/projects", tags=["projects"])

PROBLEMS: dict[ErrorType, Problem] = {
    ProjectNotFound: Problem(404, "project-not-found"),
    ProjectArchived: Problem(409, "project-archived"),
    ProjectNotArchived: Problem(409, "project-not-archived"),
}


@router.get("")
def list_projects(
    work: CurrentWork,
    state: ProjectState | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ProjectOut]:
    """The organisation's projects, newest first."""
    projects = service.list_projects(work, state=state, after=decode_cursor(cursor), limit=limit)
    shapes = {shape.id: shape for shape in _shapes(work, projects)}
    return Page[ProjectOut].of(
        projects, limit, shape=lambda project: shapes[project.id], id_of=lambda p: p.id
    )


@router.post("", status_code=201)
def create_project(work: CurrentWork, body: ProjectCreate) -> ProjectOut:
    return _shape(work, service.create_project(work, body))


@router.get("/{project_id}")
def get_project(work: CurrentWork, project_id: UUID) -> ProjectOut:
    return _shape(work, service.require_project(work, project_id))


@router.patch("/{project_id}")
def change_project(work: CurrentWork, project_id: UUID, body: ProjectPatch) -> ProjectOut:
    return _shape(work, service.change_project(work, project_id, body))


@router.delete("/{project_id}", status_code=204)
def delete_project(work: CurrentWork, project_id: UUID) -> None:
    """Only an archived project can be deleted."""
    service.delete_project(work, project_id)


def _shape(work: Work, project: Project) -> ProjectOut:
    return _shapes(work, [project])[0]


def _shapes(work: Work, projects: Sequence[Project]) -> list[ProjectOut]:
    """Counts and covers of all of them in one query each."""
    ids = [project.id for project in projects]
    counted = counts_seen(work, ids)
    covers = cover_urls(work, ids)
    return [
        ProjectOut.of(
            project,
            counted.get(project.id, Counts()),
            covers.get(project.id),
            work.actor_in(project.id),
        )
        for project in projects
    ]
