"""Parts of an image as boxes: those around pixels that are disputed, and masks of them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from rlemasklib import RLEMask

from maskwright.masks.codec import Box, Rle, area, from_run_mask, run_mask

COVERED_SHARE = 0.95
"""Of the pixels, the largest connected parts that make up so much get a box. People's outlines
differ by specks nearly everywhere: they would make every image one large region."""
MARGIN_SHARE = 0.02
"""Of the image's longer side, room around what a box is for: one sees what it belongs to."""
LEAST_MARGIN_PX = 8
MAX_BOXES = 12
"""What lies in more places than that is not one question any more."""
_PARTS_LOOKED_AT = 400


def boxes_around(mask: Rle, *, most_of_image: float) -> tuple[Box, ...]:
    """Boxes with a margin around the connected parts of a mask; they share no pixel.

    most_of_image  together they may cover so much of the image
    Returns        rows from the top, each from the left; none where the mask is empty, or its parts
                   are too many or too large for boxes to be of use
    """
    height, width = mask.size
    parts = _largest_parts(mask)
    if not parts or len(parts) > _PARTS_LOOKED_AT:
        return ()
    margin = max(LEAST_MARGIN_PX, math.ceil(MARGIN_SHARE * max(height, width)))
    boxes = _joined([_grown(part, margin, mask.size) for part in parts])
    covered = sum(box.width * box.height for box in boxes)
    if len(boxes) > MAX_BOXES or covered > most_of_image * height * width:
        return ()
    return tuple(sorted(boxes, key=lambda box: (box.y, box.x)))


def mask_of_boxes(boxes: Sequence[Box], size: tuple[int, int]) -> Rle:
    """The pixels of boxes that lie in an image of this (height, width)."""
    height, width = size
    framed = [RLEMask.from_bbox(list(box), imsize=(width, height)) for box in boxes]
    return from_run_mask(RLEMask.union(framed) if framed else RLEMask.zeros(size))


def boxes_of(sides: Sequence[int] | None) -> tuple[Box, ...]:
    """Boxes as a table keeps them: x, y, width and height of one after the other."""
    found = sides or ()
    return tuple(Box(*found[at : at + 4]) for at in range(0, len(found), 4))


def sides_of(boxes: Sequence[Box]) -> list[int]:
    """What `boxes_of` reads."""
    return [side for box in boxes for side in box]


def _largest_parts(mask: Rle) -> list[Box]:
    stats = run_mask(mask).connected_component_stats(connectivity=8)
    if stats is None:
        return []
    areas, boxes, _ = stats
    order = np.argsort(-areas, kind="stable")
    before = np.cumsum(areas[order]) - areas[order]
    wanted = order[before < COVERED_SHARE * area(mask)]
    return [Box(*(int(side) for side in boxes[part])) for part in wanted]


def _grown(box: Box, margin: int, size: tuple[int, int]) -> Box:
    left, top = max(0, box.x - margin), max(0, box.y - margin)
    right = min(size[1], box.x + box.width + margin)
    bottom = min(size[0], box.y + box.height + margin)
    return Box(left, top, right - left, bottom - top)


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Boxes that touch become the box around both, which may touch others in turn."""
    apart: list[Box] = []
    for box in boxes:
        grown = box
        while True:
            touching = [other for other in apart if _touch(grown, other)]
            if not touching:
                break
            apart = [other for other in apart if other not in touching]
            grown = _around([grown, *touching])
        apart.append(grown)
    return apart


def _touch(a: Box, b: Box) -> bool:
    return (
        a.x <= b.x + b.width
        and b.x <= a.x + a.width
        and a.y <= b.y + b.height
        and b.y <= a.y + a.height
    )


def _around(boxes: Sequence[Box]) -> Box:
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right = max(box.x + box.width for box in boxes)
    bottom = max(box.y + box.height for box in boxes)
    return Box(left, top, right - left, bottom - top)
