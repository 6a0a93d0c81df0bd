"""Whether what a client sent can become part of a label, and what is stored of it.

Reads ontologies; writes nothing.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic_core import PydanticSerializationError, to_json

from maskwright.annotations.domain import WorkPlace
from maskwright.annotations.errors import (
    AttributeInvalid,
    ClassUnknown,
    MaskMissing,
    ObjectKeyRepeated,
    ObjectsOverlap,
    TooManyObjects,
)
from maskwright.annotations.masks import MaskRow, mask_row, read_mask
from maskwright.annotations.schemas import ObjectIn
from maskwright.masks.algebra import overlaps
from maskwright.masks.codec import Rle
from maskwright.ontologies.answers import check_answers
from maskwright.ontologies.domain import OntologyClass, classes_by_id
from maskwright.ontologies.service import read_ontology
from maskwright.work import Resources, Work

_CATALOGUES_KEPT = 256
_JSON_CHARACTERS = 200_000

Classes = Mapping[UUID, OntologyClass]


class ClassCatalogues:
    """The classes of ontology versions. A version never changes, so that it can be kept."""

    def __init__(self, resources: Resources) -> None:
        self._kept: OrderedDict[tuple[UUID, int], Classes] = OrderedDict()
        self._lock = threading.Lock()

    def close(self) -> None:
        self._kept.clear()

    def of(self, work: Work, project_id: UUID, version: int) -> Classes:
        key = (project_id, version)
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        found = classes_by_id(read_ontology(work, project_id, version).nodes)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _CATALOGUES_KEPT:
                self._kept.popitem(last=False)
        return found


@dataclass(frozen=True, slots=True)
class KnownMask:
    """A mask that is stored already, under its object's key."""

    id: UUID
    mask: Rle


@dataclass(frozen=True, slots=True)
class ObjectRow:
    """An object ready to be stored; attributes and provenance are JSON texts."""

    key: UUID
    class_id: UUID
    layer: int
    order: int
    mask_id: UUID
    attributes: str
    provenance: str


@dataclass(frozen=True, slots=True)
class CheckedObjects:
    """Objects that passed, and the masks among them that are not known to be stored."""

    objects: tuple[ObjectRow, ...]
    masks: tuple[MaskRow, ...]


def check_draft_objects(
    work: Work, place: WorkPlace, objects: Sequence[ObjectIn], known: Mapping[UUID, KnownMask]
) -> CheckedObjects:
    """What must hold at any time: masks that are masks of this image, classes that exist.

    Overlaps and missing answers are a draft's good right: it arrives in parts.
    """
    checked, _ = _check_each(work, place, objects, known)
    return checked


def check_finished_objects(
    work: Work, place: WorkPlace, objects: Sequence[ObjectIn], known: Mapping[UUID, KnownMask]
) -> CheckedObjects:
    """What must hold of a label that is handed in: all of it.

    Raises the first of MaskInvalid, MaskMissing, ClassUnknown, AttributeInvalid, ObjectsOverlap,
    ObjectKeyRepeated, TooManyObjects.
    """
    classes = work.resources.part(ClassCatalogues).of(
        work, place.project_id, place.ontology_version
    )
    checked, masks = _check_each(work, place, objects, known)
    for sent in objects:
        _check_attributes(sent, classes[sent.class_id])
    _check_disjoint(checked.objects, masks)
    return checked


def _check_each(
    work: Work, place: WorkPlace, objects: Sequence[ObjectIn], known: Mapping[UUID, KnownMask]
) -> tuple[CheckedObjects, list[Rle]]:
    limit = work.settings.limits.objects_per_label
    if len(objects) > limit:
        raise TooManyObjects(limit=limit)
    _check_keys(objects)
    classes = work.resources.part(ClassCatalogues).of(
        work, place.project_id, place.ontology_version
    )
    rows: list[ObjectRow] = []
    new_masks: dict[UUID, MaskRow] = {}
    masks: list[Rle] = []
    for sent in objects:
        class_ = classes.get(sent.class_id)
        if class_ is None:
            raise ClassUnknown(object_key=sent.key, class_id=sent.class_id)
        if sent.mask is None:
            stored = known.get(sent.key)
            if stored is None:
                raise MaskMissing(object_key=sent.key)
            mask, mask_id = stored.mask, stored.id
        else:
            mask = read_mask(sent.key, sent.mask, place.size)
            row = mask_row(place.asset_id, mask)
            new_masks[row.id] = row
            mask_id = row.id
        masks.append(mask)
        rows.append(_object_row(sent, class_, mask_id))
    return CheckedObjects(tuple(rows), tuple(new_masks.values())), masks


def _object_row(sent: ObjectIn, class_: OntologyClass, mask_id: UUID) -> ObjectRow:
    return ObjectRow(
        key=sent.key,
        class_id=sent.class_id,
        layer=class_.layer if sent.layer is None else sent.layer,
        order=sent.order,
        mask_id=mask_id,
        attributes=_storable_json(sent, "attributes", sent.attributes),
        provenance=_storable_json(sent, "provenance", sent.provenance),
    )


def _storable_json(sent: ObjectIn, field: str, value: Mapping[str, object]) -> str:
    """Postgres stores every JSON text but one with a NUL in it. A bound keeps what is read with
    every object, drafts and exports too, in proportion to its mask."""
    if not value:
        return "{}"
    try:
        text = to_json(value).decode()
    except (PydanticSerializationError, UnicodeError) as error:
        raise _unstorable(sent, field) from error
    if "\\u0000" in text:
        raise _unstorable(sent, field)
    if len(text) > _JSON_CHARACTERS:
        reason = f"At most {_JSON_CHARACTERS} characters of JSON are kept per object."
        raise AttributeInvalid(object_key=sent.key, attribute=field, reason=reason)
    return text


def _unstorable(sent: ObjectIn, field: str) -> AttributeInvalid:
    return AttributeInvalid(
        object_key=sent.key, attribute=field, reason="A text holds characters that can't be kept."
    )


def _check_keys(objects: Sequence[ObjectIn]) -> None:
    seen: set[UUID] = set()
    for sent in objects:
        if sent.key in seen:
            raise ObjectKeyRepeated(object_key=sent.key)
        seen.add(sent.key)


def _check_attributes(sent: ObjectIn, class_: OntologyClass) -> None:
    if not sent.attributes and not class_.attributes:
        return
    problems = check_answers(class_.attributes, sent.attributes, complete=True)
    if problems:
        first = problems[0]
        raise AttributeInvalid(
            f"{first.attribute}: {first.reason}",
            object_key=sent.key,
            attribute=first.attribute,
            reason=first.reason,
        )


def _check_disjoint(objects: Sequence[ObjectRow], masks: Sequence[Rle]) -> None:
    by_layer: dict[int, list[int]] = {}
    for position, row in enumerate(objects):
        by_layer.setdefault(row.layer, []).append(position)
    for layer, positions in by_layer.items():
        shared = overlaps([masks[position] for position in positions])
        if shared:
            raise ObjectsOverlap(
                layer=layer,
                pairs=[
                    [objects[positions[o.first]].key, objects[positions[o.second]].key, o.pixels]
                    for o in shared
                ],
            )
