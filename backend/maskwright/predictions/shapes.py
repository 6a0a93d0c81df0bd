"""From what a model sent to masks that one label can hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from maskwright.annotations.errors import MaskInvalid
from maskwright.annotations.masks import read_mask
from maskwright.kernel.ids import new_id
from maskwright.masks import algebra
from maskwright.masks.codec import Rle, area
from maskwright.masks.polygons import filled
from maskwright.predictions.errors import PredictionRefused
from maskwright.predictions.schemas import PredictedObjectIn

#: Detectors round: so far outside of the image a corner is taken as one on its edge.
_SLACK_PX = 1.0
_FEWEST_CORNERS = 3


def mask_of(sent: PredictedObjectIn, place: int, size: tuple[int, int]) -> Rle:
    """The object's pixels; `place` is its index, by which a refusal names it."""
    if sent.polygon is not None:
        return _of_polygon(sent.polygon, place, size)
    if sent.box is not None:
        return _of_box(sent.box, place, size)
    try:
        return read_mask(new_id(), sent.mask, size)
    except MaskInvalid as error:
        reason = str(error.extras.get("reason", "mask"))
        message = f"Object {place}: {error}"
        raise PredictionRefused(f"mask-{reason}", message, object=place) from error


def _of_polygon(rings: Sequence[Sequence[float]], place: int, size: tuple[int, int]) -> Rle:
    parts = []
    for ring in rings:
        if len(ring) % 2 or len(ring) < 2 * _FEWEST_CORNERS:
            raise PredictionRefused(
                "polygon",
                f"Object {place}: a ring is [x1, y1, x2, y2, …] with three corners or more.",
                object=place,
            )
        corners = np.array(ring, dtype=np.float64).reshape(-1, 2)
        parts.append(filled(_inside(corners, place, size), size))
    return algebra.union(parts)


def _of_box(box: tuple[float, float, float, float], place: int, size: tuple[int, int]) -> Rle:
    x, y, width, height = box
    if width <= 0 or height <= 0:
        raise PredictionRefused(
            "box", f"Object {place}: a box is [x, y, width, height], and not empty.", object=place
        )
    corners = _inside(np.array([[x, y], [x + width, y + height]]), place, size)
    (left, top), (right, bottom) = corners.tolist()
    left, top, right, bottom = floor(left), floor(top), ceil(right), ceil(bottom)
    outline = [[left, top], [right, top], [right, bottom], [left, bottom]]
    return filled(np.array(outline, dtype=np.float64), size)


def _inside(
    corners: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", place: int, size: tuple[int, int]
) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """The corners on the image; refused where one lies outside of it by more than rounding."""
    height, width = size
    bound = np.array([width, height], dtype=np.float64)
    if (corners < -_SLACK_PX).any() or (corners > bound + _SLACK_PX).any():
        raise PredictionRefused(
            "outside",
            f"Object {place} reaches out of the image, which is {width} by {height} px.",
            object=place,
        )
    return np.clip(corners, 0, bound)


@dataclass(frozen=True, slots=True)
class Shaped:
    """An object with its pixels, and where it lies."""

    place: int
    layer: int
    confidence: float | None
    mask: Rle


def without_overlaps(objects: Sequence[Shaped]) -> tuple[list[Shaped], int]:
    """The same with every pixel of a layer left to its most certain object, as a label has it, and
    how many objects lost pixels. What nothing is left of goes, and what had no pixels."""
    kept: dict[int, Shaped] = {}
    trimmed = 0
    for layer in sorted({each.layer for each in objects}):
        on_layer = [each for each in objects if each.layer == layer and area(each.mask)]
        if not algebra.overlaps([each.mask for each in on_layer], limit=1):
            kept.update((each.place, each) for each in on_layer)
            continue
        taken: Rle | None = None
        for each in sorted(on_layer, key=_most_certain_first):
            rest = each.mask if taken is None else algebra.difference(each.mask, taken)
            taken = each.mask if taken is None else algebra.union([taken, each.mask])
            trimmed += area(rest) != area(each.mask)
            if area(rest):
                kept[each.place] = Shaped(each.place, each.layer, each.confidence, rest)
    return [kept[place] for place in sorted(kept)], trimmed


def _most_certain_first(each: Shaped) -> tuple[float, int]:
    return -(1.0 if each.confidence is None else each.confidence), each.place
