"""Outlines enclose exactly the pixels they were traced from."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from hypothesis import given
from scipy import ndimage

from maskwright.masks import polygons
from maskwright.masks.codec import encode
from tests.masks.strategies import BoolMask, dense_masks


def even_odd_fill(rings: list[npt.NDArray[np.int64]], shape: tuple[int, int]) -> BoolMask:
    """A pixel is inside where a ray to the left of its centre crosses an odd number of edges."""
    crossings = np.zeros(shape, dtype=int)
    rows = np.arange(shape[0]) + 0.5
    columns = np.arange(shape[1]) + 0.5
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            if y0 == y1:
                continue
            spanned = (rows > min(y0, y1)) & (rows < max(y0, y1))
            crossing_x = x0 + (rows - y0) * (x1 - x0) / (y1 - y0)
            crossings += spanned[:, None] & (columns[None, :] > crossing_x[:, None])
    odd: BoolMask = crossings % 2 == 1
    return odd


def all_rings(parts: list[polygons.Polygon]) -> list[npt.NDArray[np.int64]]:
    return [ring for part in parts for ring in (part.outer, *part.holes)]


@given(dense_masks())
def test_filling_the_outlines_gives_the_mask_back(mask: BoolMask) -> None:
    parts = polygons.outlines(encode(mask))

    assert np.array_equal(even_odd_fill(all_rings(parts), mask.shape), mask)
    assert sum(polygons.ring_area(ring) for ring in all_rings(parts)) == mask.sum()


@given(dense_masks())
def test_there_is_a_polygon_per_part_and_a_ring_per_hole(mask: BoolMask) -> None:
    parts = polygons.outlines(encode(mask))
    _, part_count = ndimage.label(mask)
    _, background_count = ndimage.label(np.pad(~mask, 1, constant_values=True), np.ones((3, 3)))

    assert len(parts) == part_count
    assert sum(len(part.holes) for part in parts) == background_count - 1
    assert all(polygons.ring_area(part.outer) > 0 for part in parts)
    assert all(polygons.ring_area(hole) < 0 for part in parts for hole in part.holes)


@given(dense_masks())
def test_a_bridged_ring_fills_to_the_same_mask(mask: BoolMask) -> None:
    ring = polygons.bridged(polygons.outlines(encode(mask)))

    if not mask.any():
        assert ring.shape == (0, 2)
        return
    assert np.array_equal(even_odd_fill([ring], mask.shape), mask)
    assert polygons.ring_area(ring) == mask.sum()


def test_a_rectangle_has_four_corners_in_clockwise_order() -> None:
    mask = np.zeros((6, 9), dtype=bool)
    mask[1:4, 2:7] = True

    (part,) = polygons.outlines(encode(mask))

    assert part.outer.tolist() == [[2, 1], [7, 1], [7, 4], [2, 4]]
    assert part.holes == ()


def test_pixels_that_touch_at_a_corner_are_parts_of_their_own() -> None:
    parts = polygons.outlines(encode(np.array([[1, 0], [0, 1]], dtype=bool)))

    assert [part.outer.tolist() for part in parts] == [
        [[0, 0], [1, 0], [1, 1], [0, 1]],
        [[1, 1], [2, 1], [2, 2], [1, 2]],
    ]
