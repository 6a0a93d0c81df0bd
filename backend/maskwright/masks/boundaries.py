"""How far apart the edges of two masks are, in pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from maskwright.masks.codec import BoolMask, Rle, bbox, run_mask
from maskwright.masks.errors import MaskShapeError


@dataclass(frozen=True, slots=True)
class BoundaryDistance:
    """Distances from each mask's edge pixels to the other's nearest one, both ways together."""

    mean_px: float
    p95_px: float
    max_px: float
    """the Hausdorff distance"""


def boundary_distance(a: Rle, b: Rle) -> BoundaryDistance | None:
    """Symmetric distances between the edges, Euclidean; None where just one mask is empty.

    An edge pixel is one of the mask with a 4-neighbour outside of it; an object that the image
    cuts off has an edge along the border too. Two empty masks are 0 apart. Only the box around
    both masks is looked at.
    """
    if a.size != b.size:
        raise MaskShapeError(f"Masks of {a.size} and {b.size} cannot be compared.")
    first, second = _cropped(a, b)
    if not first.any() and not second.any():
        return BoundaryDistance(0.0, 0.0, 0.0)
    if not first.any() or not second.any():
        return None
    edge_a, edge_b = _edge(first), _edge(second)
    distances = np.concatenate(
        [
            ndimage.distance_transform_edt(~edge_b)[edge_a],
            ndimage.distance_transform_edt(~edge_a)[edge_b],
        ]
    )
    return BoundaryDistance(
        float(distances.mean()), float(np.percentile(distances, 95)), float(distances.max())
    )


def _cropped(a: Rle, b: Rle) -> tuple[BoolMask, BoolMask]:
    boxes = [box for box in (bbox(a), bbox(b)) if box.width > 0]
    if not boxes:
        nothing = np.zeros((1, 1), dtype=bool)
        return nothing, nothing
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right = max(box.x + box.width for box in boxes)
    bottom = max(box.y + box.height for box in boxes)
    crop = np.array([left, top, right - left, bottom - top])
    first, second = (run_mask(mask).crop(crop).to_array().astype(bool) for mask in (a, b))
    return first, second


def _edge(mask: BoolMask) -> BoolMask:
    inner = ndimage.binary_erosion(mask, border_value=0)
    edge: BoolMask = mask & ~inner
    return edge
