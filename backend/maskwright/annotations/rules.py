"""The rules that a version of an ontology sets for labels, kept in memory."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from maskwright.ontologies.domain import Attribute, OntologyClass, Relation, classes_by_id
from maskwright.ontologies.service import read_ontology
from maskwright.work import Resources, Work

_VERSIONS_KEPT = 256


@dataclass(frozen=True, slots=True)
class LabelRules:
    """What may be labelled, and what is asked."""

    classes: Mapping[UUID, OntologyClass]
    image_attributes: tuple[Attribute, ...]
    relations: Mapping[UUID, Relation]


class RuleBook:
    """The rules of ontology versions. A version never changes, so that it can be kept."""

    def __init__(self, resources: Resources) -> None:
        self._kept: OrderedDict[tuple[UUID, int], LabelRules] = OrderedDict()
        self._lock = threading.Lock()

    def close(self) -> None:
        self._kept.clear()

    def of(self, work: Work, project_id: UUID, version: int) -> LabelRules:
        key = (project_id, version)
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        found = _read(work, project_id, version)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _VERSIONS_KEPT:
                self._kept.popitem(last=False)
        return found


def _read(work: Work, project_id: UUID, version: int) -> LabelRules:
    ontology = read_ontology(work, project_id, version)
    return LabelRules(
        classes_by_id(ontology.nodes),
        ontology.image_attributes,
        {relation.id: relation for relation in ontology.relations},
    )
