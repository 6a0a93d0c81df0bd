"""Reading and saving a project's ontology."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.accounts.models import User
from maskwright.kernel.clock import utc_now
from maskwright.kernel.ids import new_id
from maskwright.ontologies import domain, queries
from maskwright.ontologies.changes import changes_meaning
from maskwright.ontologies.domain import Attribute, Node, Relation, Removal
from maskwright.ontologies.errors import (
    ClassHasLabels,
    OntologyChanged,
    OntologyInvalid,
    OntologyVersionNotFound,
)
from maskwright.ontologies.models import OntologyClass, OntologyVersion
from maskwright.ontologies.schemas import OntologyPut, RemovalAnswer
from maskwright.ontologies.validation import (
    Finding,
    check_image_attributes,
    check_relations,
    check_tree,
)
from maskwright.projects.models import Project
from maskwright.projects.service import lock_active_project, require_project
from maskwright.work import Work


class LabelsOfClasses(Protocol):
    """What saving an ontology asks of the labels, and does to them. The annotations slice does
    it; it is handed in, because that slice reads ontologies."""

    def count_objects_by_class(
        self, session: Session, project_id: UUID, class_ids: Sequence[UUID]
    ) -> Mapping[UUID, int]: ...

    def reassign_class(
        self, work: Work, project_id: UUID, from_id: UUID, to_id: UUID
    ) -> object: ...

    def delete_objects_of_class(self, work: Work, project_id: UUID, class_id: UUID) -> object: ...


class WorkInHands(Protocol):
    """What saving an ontology does to the work that people have before them. The queue slice does
    it; it is handed in, because that slice reads ontologies."""

    def take_back_for_ontology(self, work: Work, project_id: UUID) -> object: ...


@dataclass(frozen=True, slots=True)
class Ontology:
    """One version, read. Version 0 is the empty ontology of a project that never saved one."""

    version: int
    nodes: tuple[Node, ...]
    row: OntologyVersion | None
    image_attributes: tuple[Attribute, ...] = ()
    relations: tuple[Relation, ...] = ()


def read_ontology(work: Work, project_id: UUID, version: int | None = None) -> Ontology:
    """The current ontology, or that version of it."""
    project = require_project(work, project_id)
    return ontology_of(work.session, project, version)


def ontology_of(session: Session, project: Project, version: int | None = None) -> Ontology:
    """The same for a project that was already authorised."""
    wanted = project.ontology_version if version is None else version
    if not wanted:
        return Ontology(0, (), None)
    row = queries.find_version(session, project.id, wanted)
    if row is None:
        raise OntologyVersionNotFound
    return Ontology(
        row.version,
        domain.tree_from_json(row.tree),
        row,
        domain.attributes_from_json(row.image_attributes),
        domain.relations_from_json(row.relations),
    )


def list_versions(work: Work, project_id: UUID) -> Sequence[tuple[OntologyVersion, User | None]]:
    require_project(work, project_id)
    return queries.versions_of_project(work.session, project_id)


def class_rows(session: Session, project_id: UUID) -> Sequence[OntologyClass]:
    """Every class the project ever had, by index: exports name retired ones too."""
    return queries.classes_of_project(session, project_id)


def save_ontology(
    work: Work,
    project_id: UUID,
    wanted: OntologyPut,
    labels: LabelsOfClasses,
    in_hands: WorkInHands | None = None,
) -> Ontology:
    """Save a new version, or answer with the current one where nothing changed.

    `in_hands`: where the change makes work of before wrong, people get it again with what is
    asked now; None where nobody can be at work.

    Raises OntologyChanged, OntologyInvalid, ClassHasLabels.
    """
    project = lock_active_project(work, project_id, Permission.EDIT_ONTOLOGY)
    current = ontology_of(work.session, project)
    if wanted.base_version is not None and wanted.base_version != current.version:
        raise OntologyChanged(current_version=current.version)
    rows = {row.id: row for row in queries.classes_of_project(work.session, project_id)}
    asked, relations = _asked_of_image(wanted, current), _relations(wanted, current)
    findings = [
        *check_tree(wanted.classes, frozenset(rows)),
        *check_image_attributes(asked),
        *check_relations(relations, domain.classes_by_id(wanted.classes).keys()),
    ]
    if findings:
        raise _invalid(findings)
    nodes = _with_identities(work, project, wanted.classes, rows)
    unchanged = (nodes, asked, relations) == (
        current.nodes,
        current.image_attributes,
        current.relations,
    )
    if current.row is not None and unchanged:
        return current
    version = current.version + 1
    removed = domain.classes_by_id(current.nodes).keys() - domain.classes_by_id(nodes).keys()
    _settle_removed(work, project_id, removed, nodes, wanted.removed_classes, labels)
    for class_id in removed:
        rows[class_id].retired_at_version = version
    saved = _store(work, project, Ontology(version, nodes, None, asked, relations))
    if in_hands is not None and changes_meaning(current, saved):
        in_hands.take_back_for_ontology(work, project_id)
    return saved


def _asked_of_image(wanted: OntologyPut, current: Ontology) -> tuple[Attribute, ...]:
    if wanted.image_attributes is None:
        return current.image_attributes
    return wanted.image_attributes


def _relations(wanted: OntologyPut, current: Ontology) -> tuple[Relation, ...]:
    """Where they are left out they stay, but for ends at classes that leave."""
    if wanted.relations is not None:
        return wanted.relations
    kept = domain.classes_by_id(wanted.classes).keys()
    return tuple(
        relation.model_copy(
            update={
                "from_classes": tuple(id_ for id_ in relation.from_classes if id_ in kept),
                "to_classes": tuple(id_ for id_ in relation.to_classes if id_ in kept),
            }
        )
        for relation in current.relations
    )


def _with_identities(
    work: Work, project: Project, nodes: Sequence[Node], rows: dict[UUID, OntologyClass]
) -> tuple[Node, ...]:
    """The tree with an id for every node and an index for every class; new classes are stored."""
    finished: list[Node] = []
    for node in nodes:
        children = _with_identities(work, project, node.children, rows)
        if isinstance(node, domain.Group):
            finished.append(
                node.model_copy(update={"id": node.id or new_id(), "children": children})
            )
            continue
        row = rows.get(node.id) if node.id else None
        if row is None:
            row = _new_class(work, project, node.name)
            rows[row.id] = row
        row.name = node.name
        row.retired_at_version = None
        finished.append(
            node.model_copy(update={"id": row.id, "index": row.index, "children": children})
        )
    return tuple(finished)


def _new_class(work: Work, project: Project, name: str) -> OntologyClass:
    row = OntologyClass(
        id=new_id(),
        organization_id=project.organization_id,
        project_id=project.id,
        index=project.next_class_index,
        name=name,
    )
    project.next_class_index += 1
    work.session.add(row)
    return row


def _settle_removed(
    work: Work,
    project_id: UUID,
    removed: set[UUID],
    nodes: Sequence[Node],
    answers: Mapping[UUID, RemovalAnswer],
    labels: LabelsOfClasses,
) -> None:
    """Do with the objects of removed classes what was answered; ask where nothing was."""
    work.session.flush()
    counted = labels.count_objects_by_class(work.session, project_id, sorted(removed))
    unanswered = {id_: n for id_, n in counted.items() if n and id_ not in answers}
    if unanswered:
        names = {row.id: row.name for row in queries.classes_of_project(work.session, project_id)}
        raise ClassHasLabels(
            classes=[{"id": i, "name": names[i], "objects": n} for i, n in unanswered.items()]
        )
    kept = domain.classes_by_id(nodes)
    for class_id in removed & answers.keys():
        answer = answers[class_id]
        if answer.action is Removal.DELETE_OBJECTS:
            labels.delete_objects_of_class(work, project_id, class_id)
        elif answer.action is Removal.REASSIGN:
            if answer.to is None or answer.to not in kept:
                field = f"removed_classes.{class_id}.to"
                raise _invalid([Finding(field, "Name a class that stays in the ontology.")])
            labels.reassign_class(work, project_id, class_id, answer.to)


def _store(work: Work, project: Project, made: Ontology) -> Ontology:
    row = OntologyVersion(
        id=new_id(),
        organization_id=project.organization_id,
        project_id=project.id,
        version=made.version,
        tree=domain.tree_to_json(made.nodes),
        image_attributes=domain.attributes_to_json(made.image_attributes),
        relations=domain.relations_to_json(made.relations),
        created_by=work.actor.user_id,
        created_at=utc_now(),
    )
    work.session.add(row)
    project.ontology_version = made.version
    project.updated_at = utc_now()
    work.session.flush()
    record_audit(work, "ontology.saved", "project", project.id, {"version": made.version})
    return replace(made, row=row)


def _invalid(findings: Sequence[Finding]) -> OntologyInvalid:
    return OntologyInvalid(
        f"{OntologyInvalid.message} {findings[0].message}",
        errors=[{"field": f.field, "message": f.message} for f in findings],
    )
