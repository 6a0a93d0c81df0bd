"""Several people's masks of one thing, read side by side.

The edges of all masks cut the image into stretches inside of which everybody says the same. What
a stretch says is its pattern, one bit per mask; everything that a consensus needs is how many
pixels have which pattern, of which there are few, however large the image is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rlemasklib import RLEMask

from maskwright.masks.codec import Rle, from_run_mask, run_mask
from maskwright.masks.errors import MaskShapeError

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

MAX_VOTERS = 62
"""A pattern is a signed 64-bit number with one bit per voter."""


@dataclass(frozen=True, slots=True)
class Votes:
    """Who marked what, by stretches of the image in COCO's order (down the columns)."""

    size: tuple[int, int]
    """(height, width)"""
    voters: int
    lengths: IntArray
    """(stretches,) pixels of each; they sum to the image"""
    pattern_index: IntArray
    """(stretches,) row of `patterns` that each has"""
    patterns: npt.NDArray[np.bool_]
    """(patterns, voters), the distinct patterns, True where that voter marked it"""
    pixels: IntArray
    """(patterns,) pixels that have each pattern"""

    def mask_of(self, chosen: npt.NDArray[np.bool_]) -> Rle:
        """The pixels whose pattern is chosen; `chosen` is (patterns,)."""
        return _mask_of_stretches(chosen[self.pattern_index], self.lengths, self.size)

    @property
    def is_marked(self) -> npt.NDArray[np.bool_]:
        """(patterns,) True where anybody marked it."""
        return np.asarray(self.patterns.any(axis=1))

    @property
    def support(self) -> FloatArray:
        """(patterns,) share of the voters who marked it."""
        return np.asarray(self.patterns.mean(axis=1), dtype=np.float64)

    def pixels_in_union_box(self) -> IntArray:
        """(patterns,) as `pixels`, counting unmarked ones only inside the box around all marks.

        Whatever is measured over the whole image looks good: nearly all of it is background
        that nobody was in doubt about.
        """
        marked = self.is_marked
        _, _, box_width, box_height = run_mask(self.mask_of(marked)).bbox()
        inside = self.pixels.copy()
        inside[~marked] = int(box_width) * int(box_height) - int(self.pixels[marked].sum())
        return inside


def count_votes(masks: Sequence[Rle]) -> Votes:
    """Lay masks of one image side by side; voter i is `masks[i]`.

    Raises  MaskShapeError where there is none, they differ in size or are over MAX_VOTERS.
    """
    sizes = {mask.size for mask in masks}
    if len(sizes) != 1 or len(masks) > MAX_VOTERS:
        raise MaskShapeError(
            f"Votes are 1 to {MAX_VOTERS} masks of one size, not {len(masks)} of {sorted(sizes)}."
        )
    (size,) = sizes
    edges = [np.cumsum(run_mask(mask).counts, dtype=np.int64)[:-1] for mask in masks]
    positions = np.concatenate([np.zeros(1, dtype=np.int64), *edges])
    flips = np.concatenate(
        [
            np.zeros(1, dtype=np.int64),
            *(np.full(edge.size, 1 << voter, dtype=np.int64) for voter, edge in enumerate(edges)),
        ]
    )
    starts, codes = _codes_by_start(positions, flips)
    # An edge at the very end of the image begins a stretch of no pixels.
    lengths = np.diff(np.append(starts, size[0] * size[1]))
    starts, codes, lengths = starts[lengths > 0], codes[lengths > 0], lengths[lengths > 0]
    distinct, pattern_index = np.unique(codes, return_inverse=True)
    patterns = (distinct[:, None] >> np.arange(len(masks))) & 1
    pixels = np.bincount(pattern_index, weights=lengths).astype(np.int64)
    return Votes(
        size, len(masks), lengths, pattern_index.astype(np.int64), patterns.astype(bool), pixels
    )


def _codes_by_start(positions: IntArray, flips: IntArray) -> tuple[IntArray, IntArray]:
    """The pattern from each distinct position on: every edge flips the bit of its voter."""
    order = np.argsort(positions, kind="stable")
    positions = positions[order]
    codes = np.bitwise_xor.accumulate(flips[order])
    is_last = np.append(positions[1:] != positions[:-1], True)
    return positions[is_last], codes[is_last]


def _mask_of_stretches(
    is_in: npt.NDArray[np.bool_], lengths: IntArray, size: tuple[int, int]
) -> Rle:
    """Join neighbouring stretches that agree into runs, zeros first."""
    changes = np.flatnonzero(is_in[1:] != is_in[:-1]) + 1
    ends = np.append(changes, is_in.size)
    sums = np.cumsum(lengths)[ends - 1]
    runs = np.diff(np.concatenate(([0], sums)))
    if is_in[0]:
        runs = np.concatenate(([0], runs))
    return from_run_mask(RLEMask.from_counts(runs.astype(np.uint32), size))
