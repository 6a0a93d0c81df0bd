"""Masks for property tests: small enough to shrink well, odd enough to find corners."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

BoolMask = npt.NDArray[np.bool_]


def sizes(largest: int = 24) -> st.SearchStrategy[tuple[int, int]]:
    side = st.integers(1, largest)
    return st.tuples(side, side)


@st.composite
def dense_masks(draw: st.DrawFn, size: tuple[int, int] | None = None) -> BoolMask:
    """Noise of any density, blocks, and their inverses, in either memory order."""
    height, width = size or draw(sizes())
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    mask = rng.random((height, width)) < draw(st.sampled_from([0.0, 0.05, 0.3, 0.5, 0.8, 1.0]))
    for _ in range(draw(st.integers(0, 3))):
        top, left = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        bottom, right = draw(st.integers(top, height)), draw(st.integers(left, width))
        mask[top:bottom, left:right] ^= True
    return np.asfortranarray(mask) if draw(st.booleans()) else mask


@st.composite
def same_size_masks(draw: st.DrawFn, least: int = 2, most: int = 5) -> list[BoolMask]:
    size = draw(sizes(16))
    return [draw(dense_masks(size)) for _ in range(draw(st.integers(least, most)))]
