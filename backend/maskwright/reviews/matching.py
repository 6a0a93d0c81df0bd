"""Which object of somebody who was asked about a region is which of those of the others."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import numpy as np
from scipy.optimize import linear_sum_assignment

from maskwright.masks import algebra
from maskwright.masks.agreement import within
from maskwright.masks.codec import Rle

Thing = list[int | None]
"""Of each person the index of his object that is this thing, or None."""


def join_region(
    things: list[Thing],
    labels: Sequence[Sequence[Rle]],
    *,
    person: int,
    keys: Sequence[UUID],
    region: Rle,
    surroundings: Mapping[UUID, Rle],
    least_iou: float,
) -> None:
    """Put a person's objects among the things that others drew; what fits nowhere begins new ones.

    labels        for each person his objects of one class; this one's lie within the region
    keys          of this person's objects
    surroundings  what he was shown around the region, by key: an object of the same key goes on
                  with it, and so belongs to the thing that lies there, whatever it looks like
                  inside
    least_iou     of the others, what shares less inside the region is another thing
    """
    assigned: dict[int, int] = {}
    for index, key in enumerate(keys):
        if key in surroundings:
            thing = _thing_around(things, labels, surroundings[key], region)
            if thing is not None and thing not in assigned.values():
                assigned[index] = thing
    free = [index for index in range(len(keys)) if index not in assigned]
    open_things = [place for place in range(len(things)) if place not in assigned.values()]
    assigned |= _most_alike(things, labels, person, free, open_things, region, least_iou)
    for index in range(len(keys)):
        place = assigned.get(index)
        if place is None:
            things.append([None] * len(labels))
            place = len(things) - 1
        things[place][person] = index


def _members(thing: Thing, labels: Sequence[Sequence[Rle]]) -> list[Rle]:
    return [labels[who][index] for who, index in enumerate(thing) if index is not None]


def _thing_around(
    things: Sequence[Thing], labels: Sequence[Sequence[Rle]], shown: Rle, region: Rle
) -> int | None:
    """The thing that looks most like this outside of the region."""
    best, found = 0.0, None
    for place, thing in enumerate(things):
        outside = [algebra.difference(mask, region) for mask in _members(thing, labels)]
        score = float(algebra.iou_matrix([shown], outside).mean()) if outside else 0.0
        if score > best:
            best, found = score, place
    return found


def _most_alike(
    things: Sequence[Thing],
    labels: Sequence[Sequence[Rle]],
    person: int,
    free: Sequence[int],
    open_things: Sequence[int],
    region: Rle,
    least_iou: float,
) -> dict[int, int]:
    """Object → thing, so that the total IoU inside the region is largest (Hungarian method)."""
    if not free or not open_things:
        return {}
    objects = [labels[person][index] for index in free]
    scores = np.zeros((len(free), len(open_things)))
    for column, place in enumerate(open_things):
        inside = [within(mask, region) for mask in _members(things[place], labels)]
        scores[:, column] = algebra.iou_matrix(objects, inside).mean(axis=1)
    scores[scores < least_iou] = 0
    rows, columns = linear_sum_assignment(scores, maximize=True)
    return {
        free[row]: open_things[column]
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if scores[row, column] > 0
    }
