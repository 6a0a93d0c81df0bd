"""How well two segmentations agree: IoU, Dice, boundary IoU and panoptic quality.

Dense numpy, equal to the reference definitions; for IoU of many masks see algebra.iou_matrix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maskwright.masks.codec import BoolMask
from maskwright.masks.errors import MaskShapeError

SegmentMap = npt.NDArray[np.integer]
"""(height, width) of segment ids; 0 is void"""


def iou(a: BoolMask, b: BoolMask) -> float:
    """Intersection over union. Two empty masks agree completely: 1."""
    _check_same_shape(a, b)
    union = int(np.count_nonzero(a | b))
    return int(np.count_nonzero(a & b)) / union if union else 1.0


def dice(a: BoolMask, b: BoolMask) -> float:
    """Twice the intersection over the sum of both areas. Two empty masks: 1."""
    _check_same_shape(a, b)
    total = int(np.count_nonzero(a)) + int(np.count_nonzero(b))
    return 2 * int(np.count_nonzero(a & b)) / total if total else 1.0


def boundary_iou(a: BoolMask, b: BoolMask, *, width_of_diagonal: float = 0.02) -> float:
    """IoU of the inner boundaries, which large masks cannot hide bad edges from.

    width_of_diagonal   width of the boundary as a part of the image's diagonal
    Source   Cheng et al., Boundary IoU, CVPR 2021
    """
    _check_same_shape(a, b)
    height, width = a.shape
    width_px = max(1, round(width_of_diagonal * float(np.hypot(height, width))))
    return iou(inner_boundary(a, width_px), inner_boundary(b, width_px))


def inner_boundary(mask: BoolMask, width_px: int) -> BoolMask:
    """The pixels of a mask within `width_px` of its edge, in chessboard distance.

    The border of the image is an edge too.
    """
    return mask & ~_eroded(_eroded(mask, width_px, axis=0), width_px, axis=1)


@dataclass(frozen=True, slots=True)
class PanopticTally:
    """Matches of one class; tallies of several images add up before they are divided."""

    true_positives: int = 0
    false_positives: int = 0
    false_negatives: int = 0
    iou_sum: float = 0.0
    """over the true positives"""

    def __add__(self, other: PanopticTally) -> PanopticTally:
        return PanopticTally(
            self.true_positives + other.true_positives,
            self.false_positives + other.false_positives,
            self.false_negatives + other.false_negatives,
            self.iou_sum + other.iou_sum,
        )

    @property
    def segmentation_quality(self) -> float:
        """SQ: mean IoU of the matched segments; 0 without any."""
        return self.iou_sum / self.true_positives if self.true_positives else 0.0

    @property
    def recognition_quality(self) -> float:
        """RQ: F1 of finding the segments; 0 where there are none at all."""
        errors = self.false_positives + self.false_negatives
        found = self.true_positives
        return found / (found + errors / 2) if found + errors else 0.0

    @property
    def panoptic_quality(self) -> float:
        """PQ = SQ · RQ."""
        return self.segmentation_quality * self.recognition_quality


def panoptic_tallies(
    predicted: SegmentMap,
    predicted_classes: Mapping[int, int],
    truth: SegmentMap,
    truth_classes: Mapping[int, int],
    *,
    crowds: Collection[int] = (),
) -> dict[int, PanopticTally]:
    """Match the segments of one image and count per class.

    predicted, truth   segment ids (height, width); 0 is void
    *_classes          the class of every segment id that occurs
    crowds             ids of `truth` that stand for many instances: never missed, never matched
    Returns            a tally for each class that occurs

    A pair matches where its IoU is over 0.5, of which there is one at most per segment. Void
    pixels of the truth do not count against a prediction, and a prediction that lies on void
    or on a crowd of its class by more than half is left out.
    Source   Kirillov et al., Panoptic Segmentation, CVPR 2019
    """
    _check_same_shape(predicted, truth)
    shared = _shared_pixels(predicted, truth)
    predicted_areas = _areas(shared, 0)
    truth_areas = _areas(shared, 1)
    tallies: dict[int, PanopticTally] = defaultdict(PanopticTally)
    matched: set[int] = set()
    found: set[int] = set()
    for (ours, theirs), pixels in shared.items():
        if not ours or not theirs or theirs in crowds:
            continue
        class_id = truth_classes[theirs]
        on_void = shared.get((ours, 0), 0)
        pair_iou = pixels / (predicted_areas[ours] + truth_areas[theirs] - pixels - on_void)
        if predicted_classes[ours] == class_id and pair_iou > 0.5:
            tallies[class_id] += PanopticTally(true_positives=1, iou_sum=pair_iou)
            matched.add(ours)
            found.add(theirs)
    for theirs in truth_areas.keys() - found - {0} - set(crowds):
        tallies[truth_classes[theirs]] += PanopticTally(false_negatives=1)
    for ours in predicted_areas.keys() - matched - {0}:
        class_id = predicted_classes[ours]
        ignored = shared.get((ours, 0), 0) + sum(
            shared.get((ours, crowd), 0) for crowd in crowds if truth_classes[crowd] == class_id
        )
        if ignored / predicted_areas[ours] <= 0.5:
            tallies[class_id] += PanopticTally(false_positives=1)
    return dict(tallies)


def _shared_pixels(predicted: SegmentMap, truth: SegmentMap) -> dict[tuple[int, int], int]:
    ours, our_index = np.unique(predicted, return_inverse=True)
    theirs, their_index = np.unique(truth, return_inverse=True)
    pair = our_index.ravel() * theirs.size + their_index.ravel()
    counts = np.bincount(pair, minlength=ours.size * theirs.size)
    return {
        (int(ours[index // theirs.size]), int(theirs[index % theirs.size])): int(counts[index])
        for index in np.flatnonzero(counts)
    }


def _areas(shared: Mapping[tuple[int, int], int], side: int) -> dict[int, int]:
    areas: dict[int, int] = defaultdict(int)
    for pair, pixels in shared.items():
        areas[pair[side]] += pixels
    return dict(areas)


def _eroded(mask: BoolMask, width_px: int, axis: int) -> BoolMask:
    """True where all pixels within `width_px` along one axis are; outside of the image is False."""
    padding = [(0, 0), (0, 0)]
    padding[axis] = (width_px + 1, width_px)
    sums = np.cumsum(np.pad(mask, padding), axis=axis, dtype=np.int32)
    window = 2 * width_px + 1
    ahead, behind = [slice(None), slice(None)], [slice(None), slice(None)]
    ahead[axis], behind[axis] = slice(window, None), slice(None, -window)
    full: BoolMask = sums[tuple(ahead)] - sums[tuple(behind)] == window
    return full


def _check_same_shape(a: npt.NDArray[np.generic], b: npt.NDArray[np.generic]) -> None:
    if a.shape != b.shape or a.ndim != 2:
        raise MaskShapeError(f"Masks of {a.shape} and {b.shape} cannot be compared.")
