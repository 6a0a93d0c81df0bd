"""Answers about a part of an image: what of a label that is handed in lies in the region."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from maskwright.annotations.domain import WorkPlace
from maskwright.annotations.errors import OutsideRegion
from maskwright.annotations.findings import Piece
from maskwright.masks.algebra import difference, intersection
from maskwright.masks.codec import Rle, area
from maskwright.masks.regions import mask_of_boxes


@dataclass(frozen=True, slots=True)
class Surrounding:
    """An object that people agree on, as far as it lies outside of the region."""

    class_id: UUID
    layer: int
    mask: Rle


def cut_to_region(
    place: WorkPlace, pieces: Sequence[Piece], surroundings: Mapping[UUID, Surrounding]
) -> list[Piece]:
    """The objects as far as they lie in the region; those that do not are left out.

    Outside an object may be what was shown there under its key, or nothing. Raises OutsideRegion
    with everything else that is found: nothing is cut off without a word.
    """
    region = mask_of_boxes(place.region, place.size)
    inside: list[Piece] = []
    changed: list[dict[str, object]] = []
    for piece in pieces:
        shown = surroundings.get(piece.sent.key)
        beyond = difference(piece.mask, region)
        pixels = _pixels_changed(beyond, shown)
        if pixels or _is_another(piece, shown):
            changed.append({"key": piece.sent.key, "pixels": pixels})
        mask = intersection([piece.mask, region])
        if area(mask):
            inside.append(piece._replace(mask=mask))
    if changed:
        raise OutsideRegion(object_key=changed[0]["key"], objects=changed)
    return _without_loose_ends(inside)


def _pixels_changed(beyond: Rle, shown: Surrounding | None) -> int:
    if area(beyond) == 0:
        return 0
    if shown is None:
        return area(beyond)
    return area(difference(beyond, shown.mask)) + area(difference(shown.mask, beyond))


def _is_another(piece: Piece, shown: Surrounding | None) -> bool:
    return shown is not None and (piece.sent.class_id, piece.layer) != (shown.class_id, shown.layer)


def _without_loose_ends(pieces: Sequence[Piece]) -> list[Piece]:
    """A relationship with something outside of the region is nothing that was asked about."""
    kept = {piece.sent.key for piece in pieces}
    return [
        piece._replace(
            sent=piece.sent.model_copy(
                update={
                    "relationships": [one for one in piece.sent.relationships if one.to in kept]
                }
            ),
        )
        if piece.sent.relationships
        else piece
        for piece in pieces
    ]
