"""What must hold of a label as a whole before it is handed in.

All of it is looked at, so that the labeler is told everything at once: the problem is that of the
first finding, and `findings` lists them all. Nothing here is computed that a sound label does not
need: where pixels are missing is only looked for once it is known that some are.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from maskwright.annotations.domain import WorkPlace
from maskwright.annotations.errors import (
    AttributeInvalid,
    CoverageIncomplete,
    LayerMismatch,
    ObjectsOverlap,
    RelationshipInvalid,
)
from maskwright.annotations.rules import LabelRules
from maskwright.annotations.schemas import ObjectIn, RelationshipIn
from maskwright.kernel.errors import InvalidInput
from maskwright.masks.algebra import difference, overlaps, uncovered
from maskwright.masks.codec import Box, Rle, area
from maskwright.masks.regions import mask_of_boxes
from maskwright.ontologies.answers import AnswerProblem, check_answers
from maskwright.ontologies.domain import OntologyClass

_FINDINGS_NAMED = 100
_PLACES_NAMED = 20
_COVERED_LAYER = 0


class Piece(NamedTuple):
    """One object of the label, with what is known of it."""

    sent: ObjectIn
    class_: OntologyClass
    layer: int
    mask: Rle


def refuse_unfinished(
    place: WorkPlace,
    rules: LabelRules,
    pieces: Sequence[Piece],
    image_attributes: Mapping[str, object],
) -> None:
    """Raises AttributeInvalid, LayerMismatch, RelationshipInvalid, CoverageIncomplete with
    everything that is found, or ObjectsOverlap where masks are not those of one label. Who is
    asked about a region is asked nothing about the image, and only the region has to be full."""
    about_image = [] if place.region else _about_image(rules, image_attributes)
    found = [*about_image, *_about_objects(rules, pieces)]
    _refuse_overlaps(pieces)
    if place.is_whole:
        found += _missing_pixels(place, pieces)
    if not found:
        return
    first = found[0]
    first.extras["findings"] = [_entry(finding) for finding in found[:_FINDINGS_NAMED]]
    raise first


def _entry(finding: InvalidInput) -> dict[str, object]:
    return {"code": _CODES[type(finding)], "title": str(finding), **finding.extras}


#: As in `routes.PROBLEMS`: a finding that is not the first has no problem of its own.
_CODES: dict[type[InvalidInput], str] = {
    AttributeInvalid: "attribute-invalid",
    LayerMismatch: "layer-mismatch",
    RelationshipInvalid: "relationship-invalid",
    CoverageIncomplete: "coverage-incomplete",
}


def _about_image(rules: LabelRules, answers: Mapping[str, object]) -> Iterator[InvalidInput]:
    if not answers and not rules.image_attributes:
        return
    for problem in check_answers(rules.image_attributes, answers, complete=True):
        yield _wrong_answer(problem, None)


def _about_objects(rules: LabelRules, pieces: Sequence[Piece]) -> Iterator[InvalidInput]:
    classes: dict[UUID, UUID] = {}
    for sent, class_, layer, _ in pieces:
        if sent.attributes or class_.attributes:
            for problem in check_answers(class_.attributes, sent.attributes, complete=True):
                yield _wrong_answer(problem, sent.key)
        if layer != class_.layer and not class_.overlapping:
            yield LayerMismatch(object_key=sent.key, layer=layer, class_layer=class_.layer)
        if sent.relationships and not classes:
            classes = {piece.sent.key: piece.sent.class_id for piece in pieces}
        for relationship in sent.relationships:
            reason = _wrong_relationship(rules, sent, relationship, classes)
            if reason:
                yield RelationshipInvalid(
                    f"{RelationshipInvalid.message} {reason}",
                    object_key=sent.key,
                    to=relationship.to,
                    reason=reason,
                )


def _wrong_answer(problem: AnswerProblem, key: UUID | None) -> AttributeInvalid:
    return AttributeInvalid(
        f"{problem.attribute}: {problem.reason}",
        object_key=key,
        attribute=problem.attribute,
        reason=problem.reason,
        is_missing=problem.is_missing,
    )


def _wrong_relationship(
    rules: LabelRules, sent: ObjectIn, relationship: RelationshipIn, classes: Mapping[UUID, UUID]
) -> str | None:
    if relationship.to == sent.key:
        return "An object can't stand in a relationship to itself."
    if relationship.to not in classes:
        return "The object it leads to is not in this label."
    if relationship.relation is None:
        return None
    relation = rules.relations.get(relationship.relation)
    if relation is None:
        return "The ontology has no such relation."
    if not _may_end_at(relation.from_classes, sent.class_id) or not _may_end_at(
        relation.to_classes, classes[relationship.to]
    ):
        return f"“{relation.name}” can't hold between objects of these classes."
    return None


def _may_end_at(allowed: Sequence[UUID], class_id: UUID) -> bool:
    return not allowed or class_id in allowed


def _refuse_overlaps(pieces: Sequence[Piece]) -> None:
    by_layer: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_layer.setdefault(piece.layer, []).append(piece)
    for layer, on_layer in by_layer.items():
        shared = overlaps([piece.mask for piece in on_layer])
        if shared:
            pairs: list[list[Any]] = [
                [on_layer[pair.first].sent.key, on_layer[pair.second].sent.key, pair.pixels]
                for pair in shared
            ]
            raise ObjectsOverlap(layer=layer, pairs=pairs)


def _missing_pixels(place: WorkPlace, pieces: Sequence[Piece]) -> Iterator[InvalidInput]:
    """The masks are known to be disjoint by now: their areas tell whether they leave a gap."""
    masks = [piece.mask for piece in pieces if piece.layer == _COVERED_LAYER]
    height, width = place.size
    missing = height * width - sum(area(mask) for mask in masks)
    if place.region:
        everywhere = mask_of_boxes([Box(0, 0, width, height)], place.size)
        not_asked = difference(everywhere, mask_of_boxes(place.region, place.size))
        masks.append(not_asked)
        missing -= area(not_asked)
    if missing == 0:
        return
    places = uncovered(masks, place.size, limit=_PLACES_NAMED)
    yield CoverageIncomplete(
        unlabelled_px=missing,
        places=[{"area_px": gap.pixels, "bbox": list(gap.bbox)} for gap in places],
    )
