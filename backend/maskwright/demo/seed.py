"""Makes the demo through the same services that people use. What is there is left as it is."""

from uuid import UUID

import structlog

from maskwright.accounts.domain import Actor
from maskwright.annotations import service as annotations
from maskwright.assets import service as assets
from maskwright.assets.metadata import AssetMetadata
from maskwright.demo.ontology import TREE
from maskwright.demo.people import ensure_people
from maskwright.demo.photographs import PHOTOGRAPHS, folder_of_photographs
from maskwright.ontologies import service as ontologies
from maskwright.ontologies.schemas import OntologyPut
from maskwright.projects import service as projects
from maskwright.projects.schemas import ProjectCreate
from maskwright.work import Resources, Work

log = structlog.get_logger(__name__)

PROJECT_NAME = "First photographs"
_SEARCHED_PROJECTS = 200
_DESCRIPTION = "A handful of free photographs to try the editor with."
_INSTRUCTIONS = """\
Outline every person, animal and object that has a class; two objects never share a pixel.

- Start with the pen along the edge, then correct with brush and eraser.
- Sky and ground are stuff: paint all of it, in one object each.
- Leave out what is smaller than a fingertip on your screen.
"""


def seed(resources: Resources, owner: Actor, password: str) -> None:
    """Make people, then project, ontology and photographs, in the owner's organisation. The people
    who are new get `password`."""
    with Work(resources, authenticate=lambda session: owner) as work:
        manager = ensure_people(work.session, resources.settings, owner, password)
    with Work(resources, authenticate=lambda session: manager) as work:
        project_id = _ensure_project(work)
        _ensure_photographs(work, project_id)


def _ensure_project(work: Work) -> UUID:
    there = projects.list_projects(work, state=None, after=None, limit=_SEARCHED_PROJECTS)
    found = next((project for project in there if project.name == PROJECT_NAME), None)
    project = found or projects.create_project(
        work,
        ProjectCreate(name=PROJECT_NAME, description=_DESCRIPTION, instructions=_INSTRUCTIONS),
    )
    work.session.flush()
    if not project.ontology_version:
        ontologies.save_ontology(work, project.id, OntologyPut(classes=TREE), annotations)
    return project.id


def _ensure_photographs(work: Work, project_id: UUID) -> None:
    """The same bytes are a duplicate, and stay one asset."""
    folder = folder_of_photographs()
    for photograph in PHOTOGRAPHS:
        outcome = assets.ingest_file(
            work,
            project_id,
            folder / photograph.file_name,
            photograph.file_name,
            metadata=AssetMetadata(
                external_id=photograph.file_name,
                details={"title": photograph.title, "source": photograph.source},
            ),
        )
        if outcome.error is not None:
            log.warning("demo_photograph_refused", name=outcome.name, reason=str(outcome.error))
