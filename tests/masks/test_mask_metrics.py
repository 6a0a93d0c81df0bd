"""Scores against figures that were worked out by hand, and those of reference implementations."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from scipy import ndimage

from maskwright.masks import metrics
from maskwright.masks.errors import MaskShapeError
from maskwright.masks.metrics import PanopticTally
from tests.masks.strategies import BoolMask, dense_masks


def rectangle(rows: slice, columns: slice, shape: tuple[int, int] = (10, 10)) -> BoolMask:
    mask = np.zeros(shape, dtype=bool)
    mask[rows, columns] = True
    return mask


def test_iou_and_dice_of_two_squares_that_share_a_quarter() -> None:
    a = rectangle(slice(0, 4), slice(0, 4))
    b = rectangle(slice(2, 6), slice(2, 6))

    assert metrics.iou(a, b) == 4 / 28
    assert metrics.dice(a, b) == 8 / 32


def test_empty_masks_agree_with_each_other_and_with_nothing_else() -> None:
    empty, full = np.zeros((3, 3), dtype=bool), np.ones((3, 3), dtype=bool)

    assert metrics.iou(empty, empty) == metrics.dice(empty, empty) == 1
    assert metrics.boundary_iou(empty, empty) == 1
    assert metrics.iou(empty, full) == metrics.dice(empty, full) == 0


def test_the_inner_boundary_of_a_square_is_its_rim() -> None:
    square = rectangle(slice(2, 8), slice(2, 8))

    assert metrics.inner_boundary(square, 1).sum() == 36 - 16
    assert metrics.inner_boundary(square, 2).sum() == 36 - 4
    assert metrics.inner_boundary(square, 3).sum() == 36


def test_the_border_of_the_image_is_an_edge() -> None:
    assert metrics.inner_boundary(np.ones((5, 7), dtype=bool), 1).sum() == 35 - 15


@given(dense_masks())
def test_the_inner_boundary_is_what_erosion_takes_away(mask: BoolMask) -> None:
    for width_px in (1, 2, 5):
        eroded = ndimage.binary_erosion(mask, np.ones((3, 3)), iterations=width_px)
        assert np.array_equal(metrics.inner_boundary(mask, width_px), mask & ~eroded)


def test_boundary_iou_sees_what_iou_of_a_large_mask_hides() -> None:
    truth = rectangle(slice(10, 90), slice(10, 90), (100, 100))
    shifted = rectangle(slice(11, 91), slice(10, 90), (100, 100))

    # Both rims are 3 px wide (2 % of the diagonal of 141 px): 80² - 74² = 924 px each. Of the
    # top and bottom strips 2 of 3 rows are shared over 80 px, of the sides 3 + 3 columns over
    # 80 - 3 - 3 - 1 rows, and in the two rows where one rim's strip meets the other's sides 6.
    shared = 2 * 2 * 80 + 6 * 73 + 2 * 6

    assert metrics.iou(truth, shifted) == 79 / 81
    assert metrics.boundary_iou(truth, shifted) == shared / (2 * 924 - shared)


def test_panoptic_quality_of_a_worked_example() -> None:
    # Truth: segment 1 (class 7) on the left half, 2 (class 8) top right, 3 (class 8) below.
    truth = np.array([[1, 1, 2, 2], [1, 1, 2, 2], [1, 1, 3, 3], [1, 1, 3, 3]])
    # Predicted: 11 covers 6 of the 8 pixels of 1; 12 equals 2; 13 is on 3, with another class.
    predicted = np.array([[11, 11, 12, 12], [11, 11, 12, 12], [11, 11, 13, 13], [14, 14, 13, 13]])

    tallies = metrics.panoptic_tallies(
        predicted, {11: 7, 12: 8, 13: 7, 14: 7}, truth, {1: 7, 2: 8, 3: 8}
    )

    assert tallies == {
        7: PanopticTally(1, false_positives=2, false_negatives=0, iou_sum=6 / 8),
        8: PanopticTally(1, false_positives=0, false_negatives=1, iou_sum=1.0),
    }
    assert tallies[7].segmentation_quality == 0.75
    assert tallies[7].recognition_quality == 1 / 2
    assert tallies[7].panoptic_quality == 0.375
    assert tallies[8].panoptic_quality == pytest.approx(2 / 3)
    assert (tallies[7] + tallies[8]).panoptic_quality == pytest.approx(1.75 / 2 * 2 / 3.5)


def test_void_pixels_of_the_truth_are_no_mistake() -> None:
    truth = np.array([[1, 1, 0, 0, 0]])
    predicted = np.array([[5, 5, 5, 6, 6]])

    tallies = metrics.panoptic_tallies(predicted, {5: 1, 6: 1}, truth, {1: 1})

    assert tallies == {1: PanopticTally(true_positives=1, iou_sum=1.0)}


def test_a_crowd_is_never_missed_and_excuses_what_lies_on_it() -> None:
    truth = np.array([[1, 1, 1, 1]])
    predicted = np.array([[5, 5, 6, 6]])

    tallies = metrics.panoptic_tallies(predicted, {5: 1, 6: 2}, truth, {1: 1}, crowds={1})

    assert tallies == {2: PanopticTally(false_positives=1)}


def test_exactly_half_is_no_match() -> None:
    tallies = metrics.panoptic_tallies(np.array([[5, 0]]), {5: 1}, np.array([[1, 1]]), {1: 1})

    assert tallies == {1: PanopticTally(false_positives=1, false_negatives=1)}


def test_a_tally_of_nothing_scores_zero() -> None:
    assert PanopticTally().panoptic_quality == 0


def test_masks_of_different_shapes_are_refused() -> None:
    with pytest.raises(MaskShapeError):
        metrics.iou(np.zeros((2, 3), dtype=bool), np.zeros((3, 2), dtype=bool))


# Of reference implementations, on the examples that they are documented with. The figures are what
# they gave here, torchmetrics in version 1.9.0 and OpenCV in version 5.0.0.


def of_pairs(pairs: list[list[tuple[int, int]]]) -> npt.NDArray[np.int64]:
    """Segment ids of (class, instance), none of them void."""
    return np.array([[10 * class_id + number + 1 for class_id, number in row] for row in pairs])


def test_panoptic_quality_of_each_class_is_that_of_torchmetrics() -> None:
    predicted = of_pairs(
        [
            [(6, 0), (0, 0), (6, 0), (6, 0)],
            [(0, 0), (0, 0), (6, 0), (0, 1)],
            [(0, 0), (0, 0), (6, 0), (0, 1)],
            [(0, 0), (7, 0), (6, 0), (1, 0)],
            [(0, 0), (7, 0), (7, 0), (7, 0)],
        ]
    )
    truth = of_pairs(
        [
            [(6, 0), (0, 1), (6, 0), (0, 1)],
            [(0, 1), (0, 1), (6, 0), (0, 1)],
            [(0, 1), (0, 1), (6, 0), (1, 0)],
            [(0, 1), (7, 0), (1, 0), (1, 0)],
            [(0, 1), (7, 0), (7, 0), (7, 0)],
        ]
    )
    classes = {segment: segment // 10 for segment in np.union1d(predicted, truth).tolist()}

    tallies = metrics.panoptic_tallies(predicted, classes, truth, classes)

    found = {
        class_id: (
            round(tally.panoptic_quality, 4),
            round(tally.segmentation_quality, 4),
            round(tally.recognition_quality, 4),
        )
        for class_id, tally in tallies.items()
    }
    assert found == {
        0: (0.5185, 0.7778, 0.6667),
        1: (0.0, 0.0, 0.0),
        6: (0.6667, 0.6667, 1.0),
        7: (1.0, 1.0, 1.0),
    }
    mean = sum(tally.panoptic_quality for tally in tallies.values()) / len(tallies)
    assert mean == pytest.approx(0.5463, abs=5e-5)


def test_iou_and_dice_are_those_of_torchmetrics() -> None:
    def row(*pixels: int) -> BoolMask:
        return np.array([pixels], dtype=bool)

    # The examples of binary_jaccard_index and of binary_f1_score, which Dice is another name of.
    assert metrics.iou(row(0, 1, 0, 0), row(1, 1, 0, 0)) == 0.5
    assert metrics.dice(row(0, 0, 1, 1, 0, 1), row(0, 1, 0, 1, 0, 1)) == pytest.approx(
        0.6667, abs=5e-5
    )


def test_boundary_iou_is_that_of_erosion_in_opencv() -> None:
    """As its authors do it: eroded by 3 x 3, so often as 2 % of the diagonal has pixels (4 of 200),
    with the image framed by nothing. Both shapes are cut off by its left border."""
    rows, columns = np.mgrid[:120, :160]
    disk = (rows - 50) ** 2 + (columns - 30) ** 2 < 40**2
    ellipse = ((rows - 54) / 44) ** 2 + ((columns - 33) / 38) ** 2 < 1

    assert (disk.sum(), ellipse.sum()) == (4680, 5121)
    assert metrics.boundary_iou(disk, ellipse) == 675 / 1653
