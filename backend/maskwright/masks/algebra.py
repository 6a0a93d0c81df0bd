"""Sets of pixels as sets of runs: nothing here looks at single pixels.

The cost of every function follows the number of runs, about two per column that a mask spans,
and not the size of the image.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rlemasklib import RLEMask

from maskwright.masks.codec import Box, Rle, bbox, from_run_mask, run_mask
from maskwright.masks.errors import MaskShapeError

IntArray = npt.NDArray[np.int64]

_INTERVAL_PAIR_BUDGET = 2_000_000
_BOXES_COMPARED = 128
#: So few boxes are compared one by one: setting up arrays takes four times as long.
_FEW_BOXES = 16


class Overlap(NamedTuple):
    """Two masks of a sequence that share pixels; `first` < `second` are their indices."""

    first: int
    second: int
    pixels: int


class Gap(NamedTuple):
    """A connected region that no mask covers."""

    pixels: int
    bbox: Box


def uncovered(masks: Sequence[Rle], size: tuple[int, int], *, limit: int = 20) -> list[Gap]:
    """The connected regions that none of the masks covers, the largest first, at most `limit`.

    size  (height, width), that of every mask
    """
    _check_same_size([*masks, Rle(size, b"")])
    covered = RLEMask.union([run_mask(mask) for mask in masks]) if masks else RLEMask.zeros(size)
    stats = covered.complement().connected_component_stats(connectivity=8)
    if stats is None:
        return []
    areas, boxes, _ = stats
    largest = np.argsort(-areas, kind="stable")[:limit]
    return [Gap(int(areas[i]), Box(*(int(side) for side in boxes[i]))) for i in largest]


def union(masks: Sequence[Rle]) -> Rle:
    """The pixels that are in any of the masks, of which there must be one at least."""
    _check_same_size(masks)
    return from_run_mask(RLEMask.union([run_mask(mask) for mask in masks]))


def intersection(masks: Sequence[Rle]) -> Rle:
    """The pixels that are in all of the masks, of which there must be one at least."""
    _check_same_size(masks)
    return from_run_mask(RLEMask.intersection([run_mask(mask) for mask in masks]))


def difference(mask: Rle, taken_away: Rle) -> Rle:
    """The pixels of `mask` that are not in `taken_away`."""
    _check_same_size([mask, taken_away])
    return from_run_mask(run_mask(mask) - run_mask(taken_away))


def iou(a: Rle, b: Rle) -> float:
    """Intersection over union. Two empty masks agree completely: 1."""
    _check_same_size([a, b])
    runs_a, runs_b = run_mask(a), run_mask(b)
    if not runs_a.any() and not runs_b.any():
        return 1.0
    return float(runs_a.iou(runs_b))


def iou_matrix(rows: Sequence[Rle], columns: Sequence[Rle]) -> npt.NDArray[np.float64]:
    """IoU of every mask of `rows` with every mask of `columns`; 0 between empty ones."""
    if not rows or not columns:
        return np.zeros((len(rows), len(columns)))
    _check_same_size([*rows, *columns])
    matrix: npt.NDArray[np.float64] = RLEMask.iou_matrix(
        [run_mask(mask) for mask in rows], [run_mask(mask) for mask in columns]
    )
    return matrix


def overlaps(masks: Sequence[Rle], *, limit: int = 100) -> list[Overlap]:
    """The pairs of masks that share pixels, largest overlap first; empty where all are disjoint.

    masks    masks of one image
    limit    at most so many pairs are counted out; that there is one at all is always found

    Masks whose box meets no other box are left alone. All runs of the others are laid side by side
    and sorted once. In a disjoint set, which is nearly every set, that is all the work: n masks
    cost no n² comparisons. Where masks do overlap, the number of overlapping runs that are
    followed up is bounded, so that no crafted set takes minutes.
    """
    if len(masks) < 2:
        return []
    _check_same_size(masks)
    run_masks = [run_mask(mask) for mask in masks]
    meeting = _in_meeting_boxes(masks)
    if not meeting:
        return []
    starts, ends, owners = _intervals(run_masks, meeting)
    # Run i reaches into every later run that starts before it ends.
    reach = np.searchsorted(starts, ends, side="left") - np.arange(starts.size) - 1
    reaching = np.flatnonzero(reach > 0)
    if reaching.size == 0:
        return []
    within_budget = np.cumsum(reach[reaching]) <= _INTERVAL_PAIR_BUDGET
    within_budget[0] = True
    reaching = reaching[within_budget]
    pairs = _owner_pairs(reaching, np.minimum(reach[reaching], _INTERVAL_PAIR_BUDGET), owners)
    found = [
        Overlap(first, second, int((run_masks[first] & run_masks[second]).area()))
        for first, second in pairs[:limit]
    ]
    return sorted(found, key=lambda overlap: -overlap.pixels)


def _in_meeting_boxes(masks: Sequence[Rle]) -> Sequence[int]:
    """The indices of masks whose box shares a pixel with another one's; all of them where there
    are too many for comparing each box with each."""
    if len(masks) > _BOXES_COMPARED:
        return range(len(masks))
    if len(masks) <= _FEW_BOXES:
        return _meeting_boxes_of_few([bbox(mask) for mask in masks])
    x, y, width, height = np.array([bbox(mask) for mask in masks]).T
    right, bottom = x + width, y + height
    meets = (x[:, None] < right) & (y[:, None] < bottom)
    meets &= meets.T
    return np.flatnonzero(meets.sum(axis=0) > 1).tolist()


def _meeting_boxes_of_few(boxes: Sequence[Box]) -> Sequence[int]:
    """The indices of boxes that share a pixel with another one. From left to right: a box is
    compared with those that reach as far as where it begins."""
    meeting: set[int] = set()
    reaching: list[tuple[int, int, int, int]] = []
    for index in sorted(range(len(boxes)), key=boxes.__getitem__):
        left, top, width, height = boxes[index]
        if width == 0:  # an empty mask's
            continue
        bottom = top + height
        reaching = [other for other in reaching if other[0] > left]
        for _, its_top, its_bottom, its_index in reaching:
            if its_top < bottom and top < its_bottom:
                meeting |= {index, its_index}
        reaching.append((left + width, top, bottom, index))
    return sorted(meeting)


def _intervals(
    masks: Sequence[RLEMask], indices: Sequence[int]
) -> tuple[IntArray, IntArray, IntArray]:
    """The runs of ones of some masks as pixel intervals [start, end) with the index of their mask,
    by start."""
    starts, ends, owners = [], [], []
    for index in indices:
        edges = np.cumsum(masks[index].counts, dtype=np.int64)
        stops = edges[1::2]
        starts.append(edges[0::2][: stops.size])
        ends.append(stops)
        owners.append(np.full(stops.size, index, dtype=np.int64))
    all_starts = np.concatenate(starts)
    order = np.argsort(all_starts, kind="stable")
    return all_starts[order], np.concatenate(ends)[order], np.concatenate(owners)[order]


def _owner_pairs(reaching: IntArray, reach: IntArray, owners: IntArray) -> list[tuple[int, int]]:
    """The distinct pairs of masks behind runs that each reach into the `reach` runs after them."""
    left = np.repeat(reaching, reach)
    steps = np.arange(left.size) - np.repeat(np.cumsum(reach) - reach, reach) + 1
    pairs = np.sort(np.stack([owners[left], owners[left + steps]], axis=1), axis=1)
    return [(int(first), int(second)) for first, second in np.unique(pairs, axis=0)]


def _check_same_size(masks: Sequence[Rle]) -> None:
    sizes = {mask.size for mask in masks}
    if len(sizes) != 1:
        raise MaskShapeError(f"Masks of one image have one size, not {sorted(sizes)}.")
