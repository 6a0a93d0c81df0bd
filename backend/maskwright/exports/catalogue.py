"""How an export names classes and attributes: what all versions of the ontology say of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from maskwright.exports.domain import Category, ExportFilter
from maskwright.ontologies.domain import (
    Attribute,
    AttributeKind,
    OntologyClass,
    classes_by_id,
    supercategories,
)
from maskwright.ontologies.service import read_ontology
from maskwright.work import Work

_CHOICES = frozenset({AttributeKind.RADIO, AttributeKind.CHECKLIST})


@dataclass
class AttributeNames:
    """Turns answers, which are kept by ids, into what people read."""

    _attributes: dict[str, Attribute] = field(default_factory=dict)
    _options: dict[str, str] = field(default_factory=dict)

    def note(self, attributes: Sequence[Attribute]) -> None:
        for attribute in attributes:
            self._attributes[str(attribute.id)] = attribute
            for option in attribute.options:
                self._options[str(option.id)] = option.name
                self.note(option.attributes)

    def readable(self, answers: Mapping[str, object]) -> dict[str, object]:
        """Name → answer. Where two attributes have one name, the second is told by its id."""
        named: dict[str, object] = {}
        for attribute_id, answer in answers.items():
            attribute = self._attributes.get(attribute_id)
            name = attribute.name if attribute else attribute_id
            if name in named:
                name = f"{name} ({attribute_id})"
            chosen = attribute is not None and attribute.kind in _CHOICES
            named[name] = self._chosen(answer) if chosen else answer
        return named

    def _chosen(self, answer: object) -> object:
        if isinstance(answer, list):
            return [self._chosen(one) for one in answer]
        return self._options.get(answer, answer) if isinstance(answer, str) else answer


@dataclass(frozen=True)
class Catalogue:
    """`categories` by class id, in the order of their indices."""

    categories: Mapping[UUID, Category]
    attributes: AttributeNames
    relations: Mapping[str, str]
    """names by the relation's id"""

    def relationship(self, kept: Mapping[str, object]) -> dict[str, object]:
        """How an object stands to another one, as people read it."""
        relation = str(kept.get("relation", ""))
        return {"to": kept["to"], "relation": self.relations.get(relation, kept.get("name", ""))}

    def exported_class_ids(self, wanted: ExportFilter) -> Sequence[UUID] | None:
        """The classes that the filter lets through; None for all."""
        if wanted.classes is None and wanted.kinds is None:
            return None
        return [
            class_id
            for class_id, category in self.categories.items()
            if (wanted.classes is None or class_id in wanted.classes)
            and (wanted.kinds is None or category.kind in wanted.kinds)
        ]


def read_catalogue(work: Work, project_id: UUID) -> Catalogue:
    """A class is named as in the last version that had it, an attribute likewise: labels made
    with older versions refer to what has been removed since."""
    latest: dict[UUID, tuple[OntologyClass, str]] = {}
    current: set[UUID] = set()
    attributes = AttributeNames()
    relations: dict[str, str] = {}
    for version in range(1, read_ontology(work, project_id).version + 1):
        ontology = read_ontology(work, project_id, version)
        nodes = ontology.nodes
        attributes.note(ontology.image_attributes)
        relations.update({str(one.id): one.name for one in ontology.relations})
        parents = supercategories(nodes)
        classes = classes_by_id(nodes)
        for class_id, node in classes.items():
            latest[class_id] = (node, parents.get(class_id, ""))
            attributes.note(node.attributes)
        current = set(classes)
    by_index = sorted(latest.items(), key=lambda entry: entry[1][0].index)
    categories = {
        class_id: Category(
            id=class_id,
            index=node.index,
            name=node.name,
            supercategory=supercategory,
            color=node.color,
            kind=node.kind,
            retired=class_id not in current,
        )
        for class_id, (node, supercategory) in by_index
    }
    return Catalogue(categories, attributes, relations)
