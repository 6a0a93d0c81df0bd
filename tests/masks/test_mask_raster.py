"""Label maps from masks and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskwright.masks import raster
from maskwright.masks.codec import decode, encode
from maskwright.masks.errors import MaskShapeError
from tests.masks.strategies import BoolMask, same_size_masks


@given(same_size_masks(least=1), st.randoms(use_true_random=False))
def test_the_later_mask_shows(masks: list[BoolMask], random: object) -> None:
    values = [1000 + 7 * index for index in range(len(masks))]
    expected = np.zeros(masks[0].shape, dtype=np.uint16)
    for mask, value in zip(masks, values, strict=True):
        expected[mask] = value

    painted = raster.label_map([encode(mask) for mask in masks], values, masks[0].shape)

    assert painted.dtype == np.uint16
    assert painted.flags.c_contiguous
    assert np.array_equal(painted, expected)


@pytest.mark.parametrize("count", [255, 256, 700])
def test_more_masks_than_a_byte_can_number_are_all_painted(count: int) -> None:
    size = (30, 40)
    pixels = np.random.default_rng(5).permutation(1200)[: count + 1]
    masks = []
    for index in range(count):
        flat = np.zeros(1200, dtype=bool)
        flat[pixels[index : index + 2]] = True  # each mask overlaps its neighbours by a pixel
        masks.append(flat.reshape(size))
    expected = np.zeros(size, dtype=np.uint32)
    for index, mask in enumerate(masks):
        expected[mask] = 70_000 + index

    painted = raster.label_map(
        [encode(mask) for mask in masks], range(70_000, 70_000 + count), size, np.uint32
    )

    assert np.array_equal(painted, expected)


@pytest.mark.parametrize("distinct", [1, 200, 255, 256, 600])
def test_a_label_map_comes_apart_into_the_masks_it_was_made_of(distinct: int) -> None:
    rng = np.random.default_rng(9)
    labels = rng.integers(0, distinct + 1, (50, 60)).astype(np.uint16) * 3

    masks = raster.masks_from_label_map(labels)

    assert set(masks) == set(np.unique(labels).tolist()) - {0}
    assert all(np.array_equal(decode(mask), labels == value) for value, mask in masks.items())


def test_an_image_without_masks_is_unlabelled() -> None:
    assert not raster.label_map([], [], (4, 5)).any()
    assert raster.masks_from_label_map(np.zeros((4, 5), dtype=np.uint8)) == {}


def test_what_does_not_fit_is_refused() -> None:
    mask = encode(np.ones((2, 3), dtype=bool))

    for masks, values, size, dtype in (
        ([mask], [1], (3, 2), np.uint16),
        ([mask], [1, 2], (2, 3), np.uint16),
        ([mask], [256], (2, 3), np.uint8),
        ([mask], [-1], (2, 3), np.uint8),
    ):
        with pytest.raises(MaskShapeError):
            raster.label_map(masks, values, size, dtype)
