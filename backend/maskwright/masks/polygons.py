"""Outlines of masks, exact on the pixel grid.

Corners are lattice points: pixel (row r, column c) is the square from (x=c, y=r) to
(x=c+1, y=r+1). The even-odd fill of an outline, sampled at pixel centres, is the mask again.
Pixels that touch at a corner only are separate parts (4-connected), so no ring crosses itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rlemasklib import RLEMask

from maskwright.masks.codec import BoolMask, Rle, from_run_mask, run_mask

Ring = npt.NDArray[np.int64]
"""Corners (n, 2) as x, y; closed without repeating the first one"""

_HOLE_CORNER = 0b0111
_RISING_DIAGONAL = 0b0110


class Polygon(NamedTuple):
    """One connected part of a mask. On screen the outer ring runs clockwise, holes against it."""

    outer: Ring
    holes: tuple[Ring, ...]


def outlines(mask: Rle) -> list[Polygon]:
    """The parts of a mask, each with its holes; empty for an empty mask."""
    polygons = []
    for part in run_mask(mask).connected_components(connectivity=4):
        x, y, width, height = (int(v) for v in part.bbox())
        dense = part.crop(np.array([x, y, width, height])).to_array(dtype=np.uint8).view(np.bool_)
        outer, *holes = (ring + np.array([x, y]) for ring in _rings(dense))
        polygons.append(Polygon(outer, tuple(holes)))
    return polygons


def bridged(polygons: Sequence[Polygon]) -> Ring:
    """All rings of all polygons as a single one, for formats that know no holes and no parts.

    Ring after ring is joined by a seam from its first corner to the nearest one so far, walked
    there and back: it has no area and cancels out in every fill rule, whatever it crosses.
    """
    rings = [ring for polygon in polygons for ring in (polygon.outer, *polygon.holes)]
    if not rings:
        return np.empty((0, 2), dtype=np.int64)
    joined = rings[0]
    for ring in rings[1:]:
        anchor = ring[0]
        nearest = int(np.argmin(np.abs(joined - anchor).sum(axis=1)))
        joined = np.concatenate([joined[: nearest + 1], ring, anchor[np.newaxis], joined[nearest:]])
    return joined


def ring_area(ring: Ring) -> float:
    """Signed area by the shoelace formula: positive where the ring runs clockwise on screen."""
    x, y = ring[:, 0], ring[:, 1]
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2


def _rings(mask: BoolMask) -> list[Ring]:
    """The rings of a mask, in the order of their top left corners: the first is an outer one.

    A corner of an outline is a lattice point with one or three of its four pixels in the mask;
    one with two across is two corners at one place. Along every row of the lattice, corners
    bound horizontal edges in pairs, and along every column vertical ones, so that walking a
    ring is following these two pairings in turn.
    """
    x, y, code, horizontal, vertical = _corners(mask)
    next_by_row, next_by_column = horizontal.tolist(), vertical.tolist()
    visited = bytearray(len(next_by_row))
    rings = []
    for start in range(len(next_by_row)):
        if visited[start]:
            continue
        ring: list[int] = []
        corner = start
        across = code[start] != _HOLE_CORNER
        while not visited[corner]:
            visited[corner] = True
            ring.append(corner)
            corner = next_by_row[corner] if across else next_by_column[corner]
            across = not across
        rings.append(np.stack([x[ring], y[ring]], axis=1))
    return rings


def _corners(mask: BoolMask) -> tuple[Ring, Ring, Ring, Ring, Ring]:
    """x, y, the four pixels around as bits, and each corner's partner along its row and column."""
    padded = np.pad(mask, 1).astype(np.uint8)
    code = padded[:-1, :-1] | padded[:-1, 1:] << 1 | padded[1:, :-1] << 2 | padded[1:, 1:] << 3
    corners_here = np.array([0, 1, 1, 0, 1, 0, 2, 1, 1, 2, 0, 1, 0, 1, 1, 0], dtype=np.uint8)[code]
    y, x = np.nonzero(corners_here)
    copies = corners_here[y, x]
    is_second = np.arange(copies.sum()) - np.repeat(np.cumsum(copies) - copies, copies)
    x, y = np.repeat(x, copies), np.repeat(y, copies)
    code = code[y, x]
    # Of two corners at one place, the first ends the edge from the left. It also ends the edge
    # from above, unless the mask lies below left and above right of it: the edge that goes on
    # below is then the one that belongs to the same pixel.
    first_in_column = np.where(code == _RISING_DIAGONAL, 1 - is_second, is_second)
    by_column = np.lexsort((first_in_column, y, x))
    index = np.arange(x.size)
    vertical = np.empty_like(index)
    vertical[by_column] = by_column[index ^ 1]
    return x, y, code, index ^ 1, vertical


def filled(corners: npt.NDArray[np.float64], size: tuple[int, int]) -> Rle:
    """The pixels inside one ring of corners (n, 2) as x, y, by the pixels' centres.

    size  (height, width). The corners have to lie on the image: the RLE library allocates by
          their coordinates.
    """
    return from_run_mask(RLEMask.from_polygon(corners, imshape=size))
