"""Votes, consensus and agreement against dense arrays and figures worked out by hand."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from scipy import ndimage

from maskwright.masks import agreement, boundaries, codec, consensus
from maskwright.masks.codec import Rle
from maskwright.masks.errors import MaskShapeError
from maskwright.masks.votes import count_votes
from tests.masks.strategies import BoolMask, same_size_masks


def square(top: int, left: int, side: int, shape: tuple[int, int] = (40, 60)) -> Rle:
    mask = np.zeros(shape, dtype=bool)
    mask[top : top + side, left : left + side] = True
    return codec.encode(mask)


def per_pixel(votes_of_patterns: npt.NDArray[np.float64], masks: list[BoolMask]) -> BoolMask:
    """(height, width) of what each pixel's pattern is given, found by comparing every pixel."""
    votes = count_votes([codec.encode(mask) for mask in masks])
    stack = np.stack(masks, axis=-1)
    result = np.zeros(masks[0].shape)
    for pattern, value in zip(votes.patterns, votes_of_patterns, strict=True):
        result[(stack == pattern).all(axis=-1)] = value
    return result


@given(same_size_masks(least=1))
def test_every_pixel_is_counted_under_what_its_voters_said(masks: list[BoolMask]) -> None:
    votes = count_votes([codec.encode(mask) for mask in masks])

    distinct, pixels = np.unique(
        np.stack(masks, axis=-1).reshape(-1, len(masks)), axis=0, return_counts=True
    )
    counted = {tuple(p): int(n) for p, n in zip(votes.patterns.tolist(), votes.pixels, strict=True)}
    assert counted == {tuple(p): int(n) for p, n in zip(distinct.tolist(), pixels, strict=True)}


@given(same_size_masks(least=1))
def test_the_majority_is_what_more_than_half_marked(masks: list[BoolMask]) -> None:
    agreed = consensus.majority([codec.encode(mask) for mask in masks])

    counts = np.sum(masks, axis=0)
    assert np.array_equal(codec.decode(agreed.mask), counts * 2 > len(masks))
    assert agreed.tied_pixels == np.count_nonzero(counts * 2 == len(masks))


def test_a_heavier_voter_decides_alone() -> None:
    a, b = square(0, 0, 10), square(20, 20, 10)

    assert consensus.majority([a, b, b], weights=[3, 1, 1]).mask == a


@given(same_size_masks(least=2))
def test_the_union_box_counts_background_inside_it_only(masks: list[BoolMask]) -> None:
    votes = count_votes([codec.encode(mask) for mask in masks])

    rows, columns = np.nonzero(np.any(masks, axis=0))
    box = (np.ptp(rows) + 1) * (np.ptp(columns) + 1) if rows.size else 0
    assert votes.pixels_in_union_box().sum() == box


def staple_by_pixel(masks: list[BoolMask], iterations: int) -> npt.NDArray[np.float64]:
    """STAPLE as in the paper, over every pixel of the union box, one by one."""
    rows, columns = np.nonzero(np.any(masks, axis=0))
    box = (slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1))
    decisions = np.stack([mask[box].ravel() for mask in masks], axis=1).astype(float)
    prior = decisions.mean()
    p, q = np.full(len(masks), 0.99), np.full(len(masks), 0.99)
    for _ in range(iterations + 1):
        alpha = prior * np.prod(np.where(decisions == 1, p, 1 - p), axis=1)
        beta = (1 - prior) * np.prod(np.where(decisions == 1, 1 - q, q), axis=1)
        truth = alpha / (alpha + beta)
        p = np.clip(truth @ decisions / truth.sum(), 1e-6, 1 - 1e-6)
        q = np.clip((1 - truth) @ (1 - decisions) / (1 - truth).sum(), 1e-6, 1 - 1e-6)
    posterior = np.zeros(masks[0].shape)
    posterior[box] = truth.reshape(posterior[box].shape)
    return posterior


def noisy_voters(seed: int = 7) -> tuple[BoolMask, list[BoolMask]]:
    """A disk, four voters of whom the last one draws it 4 pixels too far to the right."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[:60, :80]
    truth = (rows - 30) ** 2 + (columns - 40) ** 2 < 18**2
    rim = ndimage.binary_dilation(truth, iterations=2) & ~ndimage.binary_erosion(
        truth, iterations=2
    )
    voters = [truth ^ (rim & (rng.random(truth.shape) < 0.15)) for _ in range(3)]
    return truth, [*voters, np.roll(truth, 4, axis=1)]


def test_staple_on_patterns_equals_staple_on_pixels() -> None:
    _, masks = noisy_voters()

    found = consensus.staple([codec.encode(mask) for mask in masks], max_iterations=12, tolerance=0)

    expected = staple_by_pixel(masks, 12)
    marked = np.any(masks, axis=0)
    assert found.iterations == 12
    assert np.allclose(per_pixel(found.consensus.posterior, masks)[marked], expected[marked])


def test_staple_finds_out_who_draws_badly() -> None:
    truth, masks = noisy_voters()

    found = consensus.staple([codec.encode(mask) for mask in masks])

    assert found.sensitivity.argmin() == 3
    assert found.sensitivity[3] < 0.9 < found.sensitivity[:3].min()
    agreed = codec.decode(found.consensus.mask)
    assert np.count_nonzero(agreed & truth) / np.count_nonzero(agreed | truth) > 0.95


def test_staple_of_empty_masks_is_empty() -> None:
    nothing = codec.encode(np.zeros((5, 7), dtype=bool))

    assert consensus.staple([nothing, nothing]).consensus.mask == nothing


def test_reliability_is_pooled_over_items() -> None:
    """On the third item two bad workers agree with each other against the good one."""
    truth = [square(10, 10 + item, 12) for item in range(6)]
    masks = {
        item: {
            "ann": truth[item],
            "dan": truth[item],
            "eve": truth[item],
            "bob": square(2 + item, 30, 12),
            "zoe": square(24, 2 + item, 12),
        }
        for item in range(5)
    }
    masks[5] = {"ann": truth[5], "bob": square(20, 40, 12), "zoe": square(20, 40, 12)}

    found = consensus.rasa(masks)

    assert consensus.majority(list(masks[5].values())).mask == square(20, 40, 12)
    assert found.consensus[5].mask == truth[5]
    assert found.reliability["ann"] > 1 > found.reliability["bob"]
    assert sum(found.reliability.values()) == pytest.approx(5)


def test_one_lucky_item_makes_nobody_an_expert() -> None:
    """Dan hits one item as Ann hits twelve; her word weighs more."""
    masks = {
        item: {
            "ann": square(10, 5 + item, 12),
            "eve": square(10, 6 + item, 12),
            "bob": square(10, 5 + item, 12),
        }
        for item in range(12)
    }
    masks[0]["dan"] = square(10, 5, 12)

    reliability = consensus.rasa(masks).reliability

    assert reliability["ann"] > reliability["eve"]
    assert reliability["ann"] > reliability["dan"]


def test_what_is_disputed_is_where_people_differ() -> None:
    a, b = square(0, 0, 10), square(0, 5, 10)

    agreed = consensus.majority([a, b])

    assert codec.area(agreed.disputed()) == agreed.tied_pixels == 2 * 5 * 10
    assert agreed.disputed_share() == 100 / 150
    assert consensus.majority([a, a, a]).disputed_share() == 0


def test_agreement_of_equal_masks_is_complete() -> None:
    a = square(3, 3, 8)
    nothing = codec.encode(np.zeros((40, 60), dtype=bool))

    assert agreement.mean_pairwise_iou([a, a, a]) == agreement.kappa_in_union_box([a, a]) == 1
    assert agreement.mean_pairwise_iou([nothing, nothing]) == 1
    assert agreement.mean_pairwise_iou([a]) == agreement.kappa_in_union_box([nothing, nothing]) == 1


def test_kappa_of_a_worked_example() -> None:
    # Union box of 10 x 15: both 50, one only 50 + 50, nobody 0. Agreement 1/3; marked 2/3.
    a, b = square(0, 0, 10), square(0, 5, 10)

    expected = (2 / 3) ** 2 + (1 / 3) ** 2
    assert agreement.kappa_in_union_box([a, b]) == pytest.approx(
        (1 / 3 - expected) / (1 - expected)
    )
    assert agreement.mean_pairwise_iou([a, b]) == pytest.approx(50 / 150)


def test_a_larger_image_makes_nobody_agree_more() -> None:
    small = [square(0, 0, 10, (20, 20)), square(0, 5, 10, (20, 20))]
    large = [square(0, 0, 10, (900, 900)), square(0, 5, 10, (900, 900))]

    assert agreement.kappa_in_union_box(small) == agreement.kappa_in_union_box(large)


def test_objects_are_matched_so_that_the_total_is_largest() -> None:
    # Alone, Ann's first object fits Bob's second best; then Ann's second one would fit nothing.
    ann = [square(0, 4, 10), square(0, 12, 10)]
    bob = [square(0, 0, 10), square(0, 7, 10)]
    eve = [square(25, 40, 10), square(0, 5, 10)]

    things = agreement.match_objects([ann, bob, eve], least_iou=0.2)

    assert sorted(things, key=str) == sorted([[0, 0, 1], [1, 1, None], [None, None, 0]], key=str)


def test_nobody_with_objects_means_no_things() -> None:
    assert agreement.match_objects([[], []]) == []


def test_boundary_distance_of_a_shifted_square() -> None:
    moved = boundaries.boundary_distance(square(5, 5, 10), square(5, 8, 10))

    assert moved is not None
    assert moved.max_px == 3
    # Of each rim's 36 pixels: a column of 10 is 3 away, and along the two rows those within the
    # other's rows are 0 away; the three beyond its end are 1, 2 and (the corner) 3.
    assert 0 < moved.mean_px < 3


@given(same_size_masks(least=2, most=2))
def test_boundary_distance_equals_the_distances_of_all_pairs(masks: list[BoolMask]) -> None:
    found = boundaries.boundary_distance(*(codec.encode(mask) for mask in masks))

    if not masks[0].any() or not masks[1].any():
        assert (found is None) == (masks[0].any() != masks[1].any())
        return
    edges = [np.argwhere(mask & ~ndimage.binary_erosion(mask)) for mask in masks]
    apart = np.linalg.norm(edges[0][:, None] - edges[1][None], axis=-1)
    distances = np.concatenate([apart.min(axis=1), apart.min(axis=0)])
    assert found is not None
    assert found.mean_px == pytest.approx(distances.mean())
    assert found.max_px == pytest.approx(distances.max())


def test_masks_of_different_images_are_refused() -> None:
    with pytest.raises(MaskShapeError):
        count_votes([square(0, 0, 2, (5, 5)), square(0, 0, 2, (6, 6))])
    with pytest.raises(MaskShapeError):
        boundaries.boundary_distance(square(0, 0, 2, (5, 5)), square(0, 0, 2, (6, 6)))
