"""How far several people agree about one thing, and which of their objects are the same."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from scipy.optimize import linear_sum_assignment

from maskwright.masks import algebra
from maskwright.masks.codec import Rle, area, run_mask
from maskwright.masks.votes import count_votes

Regions = Sequence[Rle | None]
"""Where each person was asked; None for the whole image."""


def mean_pairwise_iou(masks: Sequence[Rle], regions: Regions | None = None) -> float:
    """Mean IoU over all pairs; of fewer than two masks: 1.

    Two people are compared where both were asked, and weigh as much as the share of all marked
    pixels that lies there.
    """
    if len(masks) < 2:
        return 1.0
    if regions is not None and any(region is not None for region in regions):
        return _mean_iou_in_regions(masks, regions)
    matrix = algebra.iou_matrix(masks, masks)
    pairs = np.triu_indices(len(masks), k=1)
    empty = np.array([algebra.iou(mask, mask) if not _has_pixels(mask) else 0.0 for mask in masks])
    both_empty = np.outer(empty, empty)
    return float(np.maximum(matrix, both_empty)[pairs].mean())


def _mean_iou_in_regions(masks: Sequence[Rle], regions: Regions) -> float:
    masks = [within(mask, region) for mask, region in zip(masks, regions, strict=True)]
    marked = algebra.union(masks)
    total = area(marked)
    found, weights = [], []
    for a, b in combinations(range(len(masks)), 2):
        both = common_region(regions[a], regions[b])
        found.append(algebra.iou(within(masks[a], both), within(masks[b], both)))
        weights.append(area(within(marked, both)) / total if total else 1.0)
    return float(np.average(found, weights=weights)) if sum(weights) > 0 else 1.0


def common_region(a: Rle | None, b: Rle | None) -> Rle | None:
    """Where two people both were asked."""
    if a is None or b is None:
        return b if a is None else a
    return algebra.intersection([a, b])


def within(mask: Rle, region: Rle | None) -> Rle:
    """What of the mask lies in the region."""
    return mask if region is None else algebra.intersection([mask, region])


def kappa_in_union_box(masks: Sequence[Rle], regions: Regions | None = None) -> float:
    """Fleiss' kappa over the pixels of the box around all marks: agreement beyond chance.

    Over the whole image nearly every pixel is background that nobody doubted, and kappa is high
    whatever people drew. 1 where all marks are equal, 0 for agreement by chance, below 0 for less.
    Pixels that fewer than two were asked about say nothing of agreement, and do not count.
    Source  Fleiss, Measuring nominal scale agreement among many raters, 1971
    """
    votes = count_votes(masks, regions)
    asked = votes.asked.sum(axis=1)
    pixels = np.where(asked >= 2, votes.pixels_in_union_box(), 0).astype(np.float64)
    total = pixels.sum()
    if total == 0:
        return 1.0
    ins = votes.patterns.sum(axis=1)
    outs = asked - ins
    agreeing = (ins * (ins - 1) + outs * (outs - 1)) / np.maximum(asked * (asked - 1), 1)
    observed = float(pixels @ agreeing) / float(total)
    share_in = float((pixels @ ins) / (pixels @ asked))
    expected = share_in**2 + (1 - share_in) ** 2
    if expected == 1:
        return 1.0
    return (observed - expected) / (1 - expected)


def match_objects(
    labels: Sequence[Sequence[Rle]], *, least_iou: float = 0.3
) -> list[list[int | None]]:
    """Find which objects of several people are the same one, by the largest total IoU.

    labels     for each person his objects of one class on one image
    least_iou  objects that share less are different ones
    Returns    one row per thing: for each person the index of his object, or None

    Person by person: each one's objects are assigned to the things found so far, by the mean IoU
    with what is in them already, so that the total is largest (Hungarian method); those that fit
    nowhere begin new things. The one with the most objects comes first, then in the given order.
    """
    order = sorted(range(len(labels)), key=lambda person: -len(labels[person]))
    things: list[list[int | None]] = []
    for person in order:
        objects = labels[person]
        if not objects:
            continue
        assigned = _assign(things, labels, objects, least_iou)
        for index in range(len(objects)):
            thing = assigned.get(index)
            if thing is None:
                things.append([None] * len(labels))
                thing = len(things) - 1
            things[thing][person] = index
    return things


def _assign(
    things: Sequence[Sequence[int | None]],
    labels: Sequence[Sequence[Rle]],
    objects: Sequence[Rle],
    least_iou: float,
) -> dict[int, int]:
    """Index of an object → index of the thing it belongs to."""
    if not things:
        return {}
    scores = np.zeros((len(objects), len(things)))
    for column, thing in enumerate(things):
        members = [labels[p][i] for p, i in enumerate(thing) if i is not None]
        scores[:, column] = algebra.iou_matrix(objects, members).mean(axis=1)
    scores[scores < least_iou] = 0
    rows, columns = linear_sum_assignment(scores, maximize=True)
    return {
        int(row): int(column)
        for row, column in zip(rows, columns, strict=True)
        if scores[row, column] > 0
    }


def _has_pixels(mask: Rle) -> bool:
    return bool(run_mask(mask).any())
