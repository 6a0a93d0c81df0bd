"""`/projects/{project}/ontology`."""

from uuid import UUID

from maskwright.annotations import service as annotations
from maskwright.http.dependencies import CurrentWork
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.kernel.paging import Page
from maskwright.ontologies import domain, service
from maskwright.ontologies.errors import (
    ClassHasLabels,
    OntologyChanged,
    OntologyInvalid,
    OntologyVersionNotFound,
)
from maskwright.ontologies.schemas import (
    OntologyOut,
    OntologyPut,
    OntologyVersionOut,
    PersonOut,
)
from maskwright.queue import flow
from maskwright.workforce.service.sight import sight_of

router = work_router(prefix="/projects/{project_id}/ontology", tags=["ontology"])

PROBLEMS: dict[ErrorType, Problem] = {
    OntologyVersionNotFound: Problem(404, "ontology-version-not-found"),
    OntologyChanged: Problem(409, "ontology-changed"),
    ClassHasLabels: Problem(409, "class-has-labels"),
    OntologyInvalid: Problem(422, "ontology-invalid"),
}


@router.get("")
def get_ontology(work: CurrentWork, project_id: UUID, version: int | None = None) -> OntologyOut:
    """The current ontology, or that version of it; version 0 with no classes before any save."""
    return _shape(service.read_ontology(work, project_id, version))


@router.put("")
def save_ontology(work: CurrentWork, project_id: UUID, body: OntologyPut) -> OntologyOut:
    """Save a new version. Labels keep the version that they were made with; who has an image open
    whose classes mean something else now gets it again, with what he drew."""
    return _shape(service.save_ontology(work, project_id, body, annotations, flow))


@router.get("/versions")
def list_ontology_versions(work: CurrentWork, project_id: UUID) -> Page[OntologyVersionOut]:
    """Every version, newest first."""
    versions = service.list_versions(work, project_id)
    sight = sight_of(work, project_id)
    return Page(
        items=[
            OntologyVersionOut(
                version=row.version,
                created_at=row.created_at,
                created_by=_person(*sight.person(user.id, user.name)) if user else None,
                classes=len(domain.classes_of(domain.tree_from_json(row.tree))),
            )
            for row, user in versions
        ]
    )


def _person(id_: UUID, name: str) -> PersonOut:
    return PersonOut(id=id_, name=name)


def _shape(ontology: service.Ontology) -> OntologyOut:
    return OntologyOut(
        version=ontology.version,
        created_at=ontology.row.created_at if ontology.row else None,
        classes=ontology.nodes,
        image_attributes=ontology.image_attributes,
        relations=ontology.relations,
    )
