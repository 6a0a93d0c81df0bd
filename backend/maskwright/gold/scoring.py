"""How near a label came to the expected one: pixels, edges and instances, class by class.

Imports scipy: for workers only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from maskwright.masks import algebra
from maskwright.masks.agreement import match_objects
from maskwright.masks.boundaries import boundary_distance
from maskwright.masks.codec import Rle, area
from maskwright.masks.metrics import PanopticTally

_SAME_OBJECT_IOU = 0.5
"""Two segments are the same one where they share more than this (panoptic quality's rule)."""


@dataclass(frozen=True, slots=True)
class ClassScore:
    """One class of one image.

    iou          of all that has the class, whichever object it belongs to
    distance_px  between the edges, both ways, on average; None where one side has none
    instances    matched, made up and missed
    """

    class_id: UUID
    iou: float
    drawn_px: int
    expected_px: int
    distance_px: float | None
    distance_p95_px: float | None
    distance_max_px: float | None
    instances: PanopticTally


@dataclass(frozen=True, slots=True)
class Score:
    """A label beside the expected one. Where both are empty, it is perfect."""

    classes: tuple[ClassScore, ...]

    @property
    def iou(self) -> float:
        """Mean over the classes of either label: one that was missed counts as 0."""
        return _mean([each.iou for each in self.classes], 1.0)

    @property
    def distance_px(self) -> float | None:
        """Mean over the classes that both have; None where they share none."""
        known = [each.distance_px for each in self.classes if each.distance_px is not None]
        return _mean(known, 0.0) if known or not self.classes else None

    @property
    def panoptic_quality(self) -> float:
        return _mean([each.instances.panoptic_quality for each in self.classes], 1.0)

    def passes(self, *, least_iou: float, most_px: float | None) -> bool:
        if self.iou < least_iou:
            return False
        return most_px is None or (self.distance_px is not None and self.distance_px <= most_px)


def score_label(
    drawn: Mapping[UUID, Sequence[Rle]],
    expected: Mapping[UUID, Sequence[Rle]],
    *,
    countable: frozenset[UUID],
) -> Score:
    """Compare the masks of each class.

    drawn, expected  class → the masks of its objects, all of one size
    countable        classes whose objects are matched one by one; of others all is one region
    """
    found = []
    for class_id in sorted(drawn.keys() | expected.keys()):
        ours, theirs = list(drawn.get(class_id, ())), list(expected.get(class_id, ()))
        found.append(_score_class(class_id, ours, theirs, is_countable=class_id in countable))
    return Score(tuple(found))


def _score_class(
    class_id: UUID, ours: list[Rle], theirs: list[Rle], *, is_countable: bool
) -> ClassScore:
    one = algebra.union(ours) if ours else None
    other = algebra.union(theirs) if theirs else None
    if one is None or other is None:
        return ClassScore(
            class_id=class_id,
            iou=0.0,
            drawn_px=0 if one is None else area(one),
            expected_px=0 if other is None else area(other),
            distance_px=None,
            distance_p95_px=None,
            distance_max_px=None,
            instances=PanopticTally(
                false_positives=_how_many(ours, is_countable=is_countable),
                false_negatives=_how_many(theirs, is_countable=is_countable),
            ),
        )
    distance = boundary_distance(one, other)
    instances = _match(ours, theirs) if is_countable else _match([one], [other])
    return ClassScore(
        class_id=class_id,
        iou=algebra.iou(one, other),
        drawn_px=area(one),
        expected_px=area(other),
        distance_px=None if distance is None else distance.mean_px,
        distance_p95_px=None if distance is None else distance.p95_px,
        distance_max_px=None if distance is None else distance.max_px,
        instances=instances,
    )


def _how_many(masks: Sequence[Rle], *, is_countable: bool) -> int:
    return len(masks) if is_countable else min(1, len(masks))


def _match(ours: Sequence[Rle], theirs: Sequence[Rle]) -> PanopticTally:
    tally = PanopticTally()
    for mine, its in match_objects([ours, theirs], least_iou=_SAME_OBJECT_IOU):
        if mine is not None and its is not None:
            shared = algebra.iou(ours[mine], theirs[its])
            if shared > _SAME_OBJECT_IOU:
                tally += PanopticTally(true_positives=1, iou_sum=shared)
                continue
        tally += PanopticTally(
            false_positives=int(mine is not None), false_negatives=int(its is not None)
        )
    return tally


def _mean(values: Sequence[float], empty: float) -> float:
    return sum(values) / len(values) if values else empty
