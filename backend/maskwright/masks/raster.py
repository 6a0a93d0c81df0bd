"""Label maps: many masks of one image as one array of numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rlemasklib import RLEMask

from maskwright.masks.codec import Rle, from_run_mask, run_mask
from maskwright.masks.errors import MaskShapeError

LabelMap = npt.NDArray[np.unsignedinteger]
"""(height, width), C order; 0 is unlabelled"""

_MASKS_PER_PASS = 255
"""The library writes eight-bit maps; more masks take several passes."""
_PIXELS_PER_LOOKUP = 1 << 16


def label_map(
    masks: Sequence[Rle],
    values: Sequence[int],
    size: tuple[int, int],
    dtype: npt.DTypeLike = np.uint16,
) -> LabelMap:
    """Paint each mask with its value into one array; where masks overlap, the later one shows.

    masks    masks of one image, in painting order
    values   a value per mask; each must fit dtype
    size     (height, width) of the image, for images without masks too
    Returns  array (height, width) of dtype, C order, 0 where no mask is

    A mask is transposed as runs, so that the array comes out row by row as image writers want it.
    """
    if len(masks) != len(values):
        raise MaskShapeError(f"{len(masks)} masks cannot have {len(values)} values.")
    if any(mask.size != size for mask in masks):
        raise MaskShapeError(f"A mask is not of the image's size {size}.")
    painted: LabelMap = np.zeros(size, dtype=dtype)
    limit = int(np.iinfo(painted.dtype).max)
    if any(not 0 <= value <= limit for value in values):
        raise MaskShapeError(f"A value does not fit {painted.dtype}.")
    for first in range(0, len(masks), _MASKS_PER_PASS):
        batch = masks[first : first + _MASKS_PER_PASS]
        batch_values = values[first : first + _MASKS_PER_PASS]
        rows_first = [run_mask(mask).transpose() for mask in batch]
        index_map = RLEMask.merge_to_label_map(rows_first).T
        if list(batch_values) == list(range(1, len(batch) + 1)):
            values_here = index_map.astype(painted.dtype, copy=False)
        else:
            value_of_index = np.zeros(256, dtype=painted.dtype)
            value_of_index[1 : len(batch) + 1] = batch_values
            values_here = _looked_up(value_of_index, index_map)
        painted = values_here if first == 0 else np.where(index_map, values_here, painted)
    return painted


def _looked_up(value_of_index: LabelMap, index_map: npt.NDArray[np.uint8]) -> LabelMap:
    """value_of_index[index_map], some rows at a time: numpy widens indices to eight bytes each,
    which is 100 MB for 12 megapixels."""
    found: LabelMap = np.empty(index_map.shape, dtype=value_of_index.dtype)
    rows = max(1, _PIXELS_PER_LOOKUP // index_map.shape[1])
    for top in range(0, index_map.shape[0], rows):
        band = slice(top, top + rows)
        # Of a byte and 256 values no index is out of bounds: clipping merely skips the check.
        np.take(value_of_index, index_map[band], out=found[band], mode="clip")
    return found


def masks_from_label_map(labels: LabelMap) -> dict[int, Rle]:
    """The mask of every value but 0 that occurs in a label map (height, width)."""
    if labels.ndim != 2 or labels.size == 0:
        raise MaskShapeError(f"A label map is a non-empty 2-D array, not {labels.shape}.")
    found, index_map = np.unique(labels, return_inverse=True)
    present = [(index, int(value)) for index, value in enumerate(found) if value != 0]
    index_map = index_map.reshape(labels.shape)
    masks: dict[int, Rle] = {}
    for first in range(0, len(present), _MASKS_PER_PASS):
        batch = present[first : first + _MASKS_PER_PASS]
        byte_of_index = np.zeros(found.size, dtype=np.uint8)
        for byte, (index, _) in enumerate(batch, start=1):
            byte_of_index[index] = byte
        extracted = RLEMask.from_label_map(np.take(byte_of_index, index_map))
        for byte, (_, value) in enumerate(batch, start=1):
            masks[value] = from_run_mask(extracted[byte])
    return masks
