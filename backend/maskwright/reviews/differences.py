"""What one version of a label changed in another: objects and pixels. On run lengths, no I/O."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

import numpy as np

from maskwright.masks import algebra, codec
from maskwright.masks.codec import Rle


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One object of a version."""

    key: UUID
    class_id: UUID
    layer: int
    attributes: Mapping[str, Any]
    mask: Rle


@dataclass(frozen=True, slots=True)
class ObjectDifference:
    """One object in both versions. Pixel counts are of its own mask."""

    key: UUID
    change: Change
    class_before: UUID | None
    class_after: UUID | None
    iou: float
    added_px: int
    removed_px: int
    are_attributes_changed: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """Pixels by what became of them, in whatever layer.

    added       labelled now, and not before
    removed     labelled before, and not now
    relabelled  labelled both times, with no class in common
    """

    added: Rle
    removed: Rle
    relabelled: Rle
    objects: tuple[ObjectDifference, ...]


def difference(
    before: Sequence[Drawn], after: Sequence[Drawn], size: tuple[int, int]
) -> Difference:
    """Compare two versions of one image of `size` (height, width)."""
    nothing = codec.encode(np.zeros(size, dtype=bool))
    all_before = _union((drawn.mask for drawn in before), nothing)
    all_after = _union((drawn.mask for drawn in after), nothing)
    kept = _union(_kept_by_class(before, after, nothing), nothing)
    both = algebra.intersection([all_before, all_after])
    old, new = ({drawn.key: drawn for drawn in version} for version in (before, after))
    return Difference(
        added=algebra.difference(all_after, all_before),
        removed=algebra.difference(all_before, all_after),
        relabelled=algebra.difference(both, kept),
        objects=tuple(
            _compare(old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys())
        ),
    )


def _kept_by_class(before: Sequence[Drawn], after: Sequence[Drawn], nothing: Rle) -> list[Rle]:
    """For each class in both versions, the pixels that have it in both."""
    old, new = _by_class(before, nothing), _by_class(after, nothing)
    return [algebra.intersection([old[key], new[key]]) for key in old.keys() & new.keys()]


def _by_class(version: Sequence[Drawn], nothing: Rle) -> dict[UUID, Rle]:
    masks: dict[UUID, list[Rle]] = {}
    for drawn in version:
        masks.setdefault(drawn.class_id, []).append(drawn.mask)
    return {class_id: _union(own, nothing) for class_id, own in masks.items()}


def _compare(old: Drawn | None, new: Drawn | None) -> ObjectDifference:
    if old is None and new is not None:
        area = codec.area(new.mask)
        return ObjectDifference(new.key, Change.ADDED, None, new.class_id, 0.0, area, 0, False)
    if new is None and old is not None:
        area = codec.area(old.mask)
        return ObjectDifference(old.key, Change.REMOVED, old.class_id, None, 0.0, 0, area, False)
    if old is None or new is None:
        raise ValueError("An object that is in neither version was compared.")
    answers_differ = dict(old.attributes) != dict(new.attributes)
    is_same_mask = old.mask == new.mask
    is_same = is_same_mask and old.class_id == new.class_id and not answers_differ
    shared = (
        codec.area(old.mask)
        if is_same_mask
        else codec.area(algebra.intersection([old.mask, new.mask]))
    )
    return ObjectDifference(
        key=old.key,
        change=Change.SAME if is_same else Change.CHANGED,
        class_before=old.class_id,
        class_after=new.class_id,
        iou=1.0 if is_same_mask else algebra.iou(old.mask, new.mask),
        added_px=codec.area(new.mask) - shared,
        removed_px=codec.area(old.mask) - shared,
        are_attributes_changed=answers_differ,
    )


def _union(masks: Iterable[Rle], nothing: Rle) -> Rle:
    return algebra.union([nothing, *masks])
