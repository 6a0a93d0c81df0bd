"""From what a model sent to masks."""

from collections.abc import Sequence
from math import ceil, floor

import numpy as np

from maskwright.annotations.errors import MaskInvalid
from maskwright.annotations.masks import read_mask
from maskwright.kernel.ids import new_id
from maskwright.masks import algebra
from maskwright.masks.codec import Rle
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
