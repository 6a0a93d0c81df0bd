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
"""A pattern is a signed 64-bit number with one bit per voter, and one per region that some of them
were asked about."""


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
    asked: npt.NDArray[np.bool_]
    """(patterns, voters), True where that voter was asked; what he was not, he did not mark"""
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
        """(patterns,) share of the voters who marked it, of those who were asked."""
        asked = np.maximum(self.asked.sum(axis=1), 1)
        return np.asarray(self.patterns.sum(axis=1) / asked, dtype=np.float64)

    def pixels_in_union_box(self) -> IntArray:
        """(patterns,) as `pixels`, counting unmarked ones only inside the box around all marks.

        Whatever is measured over the whole image looks good: nearly all of it is background
        that nobody was in doubt about.
        """
        marked = self.is_marked
        box = run_mask(self.mask_of(marked)).bbox()
        inside = self.pixels.copy()
        unmarked = np.flatnonzero(~marked)
        if unmarked.size == 1:
            _, _, box_width, box_height = box
            inside[unmarked] = int(box_width) * int(box_height) - int(self.pixels[marked].sum())
            return inside
        # Where not all were asked about everything, unmarked pixels are of several patterns.
        framed = RLEMask.from_bbox(box, imsize=(self.size[1], self.size[0]))
        for pattern in unmarked:
            chosen = np.arange(len(self.pixels)) == pattern
            inside[pattern] = int((run_mask(self.mask_of(chosen)) & framed).area())
        return inside


def count_votes(masks: Sequence[Rle], regions: Sequence[Rle | None] | None = None) -> Votes:
    """Lay masks of one image side by side; voter i is `masks[i]`.

    regions  where each voter was asked, None for the whole image; by default all of it. Outside he
             has no vote, whatever his mask says there
    Raises   MaskShapeError where there is none, they differ in size or are over MAX_VOTERS.
    """
    asked_of = [None] * len(masks) if regions is None else list(regions)
    distinct_regions = list(dict.fromkeys(region for region in asked_of if region is not None))
    laid = [*masks, *distinct_regions]
    sizes = {mask.size for mask in laid}
    if len(sizes) != 1 or len(laid) > MAX_VOTERS or len(asked_of) != len(masks):
        raise MaskShapeError(
            f"Votes are 1 to {MAX_VOTERS} masks of one size, not {len(laid)} of {sorted(sizes)}."
        )
    (size,) = sizes
    edges = [np.cumsum(run_mask(mask).counts, dtype=np.int64)[:-1] for mask in laid]
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
    bits = ((distinct[:, None] >> np.arange(len(laid))) & 1).astype(bool)
    marks, asked = _votes_cast(bits, asked_of, distinct_regions)
    if distinct_regions:
        # Marks that nobody asked for are gone: what differed by them only is one pattern now.
        rows, joined = np.unique(np.hstack([marks, asked]), axis=0, return_inverse=True)
        marks, asked = rows[:, : len(masks)], rows[:, len(masks) :]
        pattern_index = joined.reshape(-1)[pattern_index]
    pixels = np.bincount(pattern_index, weights=lengths).astype(np.int64)
    return Votes(size, len(masks), lengths, pattern_index.astype(np.int64), marks, asked, pixels)


def _votes_cast(
    bits: npt.NDArray[np.bool_], asked_of: Sequence[Rle | None], distinct_regions: Sequence[Rle]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """(patterns, voters) who marked it, and who was asked; `bits` has the voters and then the
    regions."""
    voters = len(asked_of)
    asked = np.ones((len(bits), voters), dtype=bool)
    for voter, region in enumerate(asked_of):
        if region is not None:
            asked[:, voter] = bits[:, voters + distinct_regions.index(region)]
    return bits[:, :voters] & asked, asked


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
