"""Algebra on runs gives what numpy gives on pixels."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from scipy import ndimage

from maskwright.masks import algebra
from maskwright.masks.codec import Box, area, encode
from maskwright.masks.errors import MaskShapeError
from tests.masks.strategies import BoolMask, same_size_masks


@given(same_size_masks())
def test_union_and_intersection_are_those_of_the_pixels(masks: list[BoolMask]) -> None:
    rles = [encode(mask) for mask in masks]

    assert algebra.union(rles) == encode(np.any(masks, axis=0))
    assert algebra.intersection(rles) == encode(np.all(masks, axis=0))


@given(same_size_masks(most=2))
def test_union_commutes(masks: list[BoolMask]) -> None:
    a, b = (encode(mask) for mask in masks)

    assert algebra.union([a, b]) == algebra.union([b, a])


@given(same_size_masks(most=2))
def test_difference_and_intersection_part_a_mask_without_losing_a_pixel(
    masks: list[BoolMask],
) -> None:
    a, b = (encode(mask) for mask in masks)

    rest = algebra.difference(a, b)

    assert rest == encode(masks[0] & ~masks[1])
    assert area(rest) + area(algebra.intersection([a, b])) == area(a)


@given(same_size_masks(most=2))
def test_iou_is_that_of_the_pixels(masks: list[BoolMask]) -> None:
    a, b = masks
    union = int((a | b).sum())
    expected = int((a & b).sum()) / union if union else 1.0

    assert algebra.iou(encode(a), encode(b)) == pytest.approx(expected)
    if union:
        matrix = algebra.iou_matrix([encode(a)], [encode(b)])
        assert matrix.tolist() == [[pytest.approx(expected)]]


@given(same_size_masks(most=6))
def test_overlaps_are_exactly_the_pairs_that_share_pixels(masks: list[BoolMask]) -> None:
    expected = {
        (i, j, int((masks[i] & masks[j]).sum()))
        for i, j in combinations(range(len(masks)), 2)
        if (masks[i] & masks[j]).any()
    }

    found = algebra.overlaps([encode(mask) for mask in masks])

    assert {tuple(overlap) for overlap in found} == expected
    assert [o.pixels for o in found] == sorted((o.pixels for o in found), reverse=True)


@given(same_size_masks(most=6))
def test_masks_cut_from_each_other_do_not_overlap(masks: list[BoolMask]) -> None:
    taken = np.zeros_like(masks[0])
    disjoint = []
    for mask in masks:
        disjoint.append(encode(mask & ~taken))
        taken |= mask

    assert algebra.overlaps(disjoint) == []


def test_a_crafted_set_of_overlapping_masks_is_answered_within_the_limit() -> None:
    stripes = np.zeros((200, 200), dtype=bool)
    stripes[::2] = True
    rle = encode(stripes)

    found = algebra.overlaps([rle] * 100, limit=10)

    assert len(found) == 10
    assert all(overlap.pixels == stripes.sum() for overlap in found)


def test_masks_of_different_images_do_not_mix() -> None:
    a, b = encode(np.ones((2, 3), dtype=bool)), encode(np.ones((3, 2), dtype=bool))

    for operation in (
        lambda: algebra.union([a, b]),
        lambda: algebra.intersection([a, b]),
        lambda: algebra.difference(a, b),
        lambda: algebra.iou(a, b),
        lambda: algebra.iou_matrix([a], [b]),
        lambda: algebra.overlaps([a, b]),
        lambda: algebra.union([]),
    ):
        with pytest.raises(MaskShapeError):
            operation()


def test_iou_matrices_may_be_empty() -> None:
    a = encode(np.ones((2, 3), dtype=bool))

    assert algebra.iou_matrix([], [a]).shape == (0, 1)
    assert algebra.iou_matrix([a], []).shape == (1, 0)


@given(same_size_masks(least=1))
def test_what_no_mask_covers_is_found_region_by_region(masks: list[BoolMask]) -> None:
    gaps = ~np.any(masks, axis=0)
    regions, count = ndimage.label(gaps, np.ones((3, 3)))
    areas = sorted(np.bincount(regions.ravel(), minlength=count + 1)[1:].tolist(), reverse=True)

    found = algebra.uncovered([encode(mask) for mask in masks], gaps.shape, limit=1000)

    assert [gap.pixels for gap in found] == areas
    for gap in found:
        x, y, width, height = gap.bbox
        assert gaps[y : y + height, x : x + width].sum() >= gap.pixels


def test_where_there_is_no_mask_all_is_uncovered() -> None:
    assert algebra.uncovered([], (4, 6)) == [algebra.Gap(24, Box(0, 0, 6, 4))]
