"""Whether what a client sent can become part of a label, and what is stored of it.

Reads ontologies; writes nothing. What must hold of a label as a whole is in `findings`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from pydantic_core import PydanticSerializationError, to_json

from maskwright.annotations.domain import WorkPlace
from maskwright.annotations.errors import (
    AttributeInvalid,
    ClassUnknown,
    MaskMissing,
    ObjectKeyRepeated,
    TooManyObjects,
)
from maskwright.annotations.findings import Piece, refuse_unfinished
from maskwright.annotations.masks import MaskRow, mask_row, read_mask
from maskwright.annotations.region_answers import Surrounding, cut_to_region
from maskwright.annotations.rules import LabelRules, RuleBook
from maskwright.annotations.schemas import ObjectIn
from maskwright.masks.codec import Rle
from maskwright.ontologies.domain import OntologyClass
from maskwright.work import Work

_JSON_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class KnownMask:
    """A mask that is stored already, under its object's key."""

    id: UUID
    mask: Rle


class ObjectRow(NamedTuple):
    """An object ready to be stored; attributes, provenance, relationships are JSON texts."""

    key: UUID
    class_id: UUID
    layer: int
    order: int
    mask_id: UUID
    attributes: str
    provenance: str
    relationships: str


@dataclass(frozen=True, slots=True)
class CheckedObjects:
    """Objects that passed, and the masks among them that are not known to be stored.

    image_attributes  the answers about the image, a JSON text
    """

    objects: tuple[ObjectRow, ...]
    masks: tuple[MaskRow, ...]
    image_attributes: str = "{}"


def check_draft_objects(
    work: Work, place: WorkPlace, objects: Sequence[ObjectIn], known: Mapping[UUID, KnownMask]
) -> CheckedObjects:
    """What must hold at any time: masks that are masks of this image, classes that exist.

    Overlaps and missing answers are a draft's good right: it arrives in parts.
    """
    rules = _rules_of(work, place)
    checked, _ = _check_each(work, place, objects, known, rules)
    return checked


def check_finished_objects(
    work: Work,
    place: WorkPlace,
    objects: Sequence[ObjectIn],
    image_attributes: Mapping[str, object],
    known: Mapping[UUID, KnownMask],
    surroundings: Mapping[UUID, Surrounding],
) -> CheckedObjects:
    """What must hold of a label that is handed in: all of it. Of an answer about a region there is
    kept what lies inside.

    surroundings  what was shown around the region, by key

    Raises the first of MaskInvalid, MaskMissing, ClassUnknown, ObjectKeyRepeated, TooManyObjects,
    OutsideRegion, or what `refuse_unfinished` raises.
    """
    rules = _rules_of(work, place)
    checked, masks = _check_each(work, place, objects, known, rules)
    pieces = [
        Piece(sent, rules.classes[sent.class_id], row.layer, mask)
        for sent, row, mask in zip(objects, checked.objects, masks, strict=True)
    ]
    if place.region:
        pieces = cut_to_region(place, pieces, surroundings)
        refuse_unfinished(place, rules, pieces, image_attributes)
        return _rows_of_pieces(place, pieces)
    refuse_unfinished(place, rules, pieces, image_attributes)
    return replace(checked, image_attributes=storable_answers(image_attributes))


def _rows_of_pieces(place: WorkPlace, pieces: Sequence[Piece]) -> CheckedObjects:
    """What is stored of an answer about a region, of which the image itself was not asked."""
    rows: list[ObjectRow] = []
    masks: dict[UUID, MaskRow] = {}
    for piece in pieces:
        row = mask_row(place.asset_id, piece.mask)
        masks[row.id] = row
        rows.append(_object_row(piece.sent, piece.class_, row.id))
    return CheckedObjects(tuple(rows), tuple(masks.values()))


def storable_answers(answers: Mapping[str, object]) -> str:
    """Answers about the image as they are kept; drafts keep them unchecked otherwise."""
    return _storable_json(None, "image_attributes", answers) if answers else "{}"


def _rules_of(work: Work, place: WorkPlace) -> LabelRules:
    book = work.resources.part(RuleBook)
    return book.of(work, place.project_id, place.ontology_version)


def _check_each(
    work: Work,
    place: WorkPlace,
    objects: Sequence[ObjectIn],
    known: Mapping[UUID, KnownMask],
    rules: LabelRules,
) -> tuple[CheckedObjects, list[Rle]]:
    limit = work.settings.limits.objects_per_label
    if len(objects) > limit:
        raise TooManyObjects(limit=limit)
    _check_keys(objects)
    rows: list[ObjectRow] = []
    new_masks: dict[bytes, MaskRow] = {}
    masks: list[Rle] = []
    for sent in objects:
        class_ = rules.classes.get(sent.class_id)
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
            new_masks[row.sha256] = row
            mask_id = row.id
        masks.append(mask)
        rows.append(_object_row(sent, class_, mask_id))
    return CheckedObjects(tuple(rows), tuple(new_masks.values())), masks


def _object_row(sent: ObjectIn, class_: OntologyClass, mask_id: UUID) -> ObjectRow:
    attributes, provenance, related = sent.attributes, sent.provenance, sent.relationships
    return ObjectRow(
        sent.key,
        sent.class_id,
        class_.layer if sent.layer is None else sent.layer,
        sent.order,
        mask_id,
        _storable_json(sent.key, "attributes", attributes) if attributes else "{}",
        _storable_json(sent.key, "provenance", provenance) if provenance else "{}",
        _relationships_json(sent) if related else "[]",
    )


def _relationships_json(sent: ObjectIn) -> str:
    kept = [one.model_dump(mode="json", exclude_defaults=True) for one in sent.relationships]
    return to_json(kept).decode()


def _storable_json(key: UUID | None, field: str, value: Mapping[str, object]) -> str:
    """Postgres stores every JSON text but one with a NUL in it. A bound keeps what is read with
    every object, drafts and exports too, in proportion to its mask."""
    try:
        text = to_json(value).decode()
    except (PydanticSerializationError, UnicodeError) as error:
        raise _unstorable(key, field) from error
    if "\\u0000" in text:
        raise _unstorable(key, field)
    if len(text) > _JSON_CHARACTERS:
        reason = f"At most {_JSON_CHARACTERS} characters of JSON are kept per object."
        raise AttributeInvalid(object_key=key, attribute=field, reason=reason)
    return text


def _unstorable(key: UUID | None, field: str) -> AttributeInvalid:
    return AttributeInvalid(
        object_key=key, attribute=field, reason="A text holds characters that can't be kept."
    )


def _check_keys(objects: Sequence[ObjectIn]) -> None:
    if len({sent.key for sent in objects}) == len(objects):
        return
    seen: set[UUID] = set()
    for sent in objects:
        if sent.key in seen:
            raise ObjectKeyRepeated(object_key=sent.key)
        seen.add(sent.key)
