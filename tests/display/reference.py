"""What the editor's display settings mean, once more in numpy: the golden vectors and the browser
tests compare with this. Images are uint8 (height, width, 3)."""

from typing import Any

import numpy as np
import numpy.typing as npt

Image8 = npt.NDArray[np.uint8]
_LUMA = np.array([0.2126, 0.7152, 0.0722])
_PARTS = 8
_CLIP_LIMIT = 2


def half_up(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.floor(values + 0.5)


def tone_table(settings: dict[str, Any]) -> npt.NDArray[np.uint8]:
    contrast = settings.get("contrast", 0)
    slope = 1 + contrast / 100 if contrast < 0 else 1 + 3 * contrast / 100
    values = (np.arange(256) / 255 - 0.5) * slope + 0.5 + settings.get("brightness", 0) / 100
    lit = np.clip(values, 0, 1) ** (1 / settings.get("gamma", 1))
    if settings.get("isInverted", False):
        lit = 1 - lit
    return half_up(lit * 255).astype(np.uint8)


def color_matrix(settings: dict[str, Any]) -> npt.NDArray[np.float64]:
    channel = settings.get("channel", "rgb")
    if channel in ("red", "green", "blue"):
        one = np.zeros((3, 3))
        one[:, ("red", "green", "blue").index(channel)] = 1
        return one
    amount = 0.0 if channel == "grey" else 1 + settings.get("saturation", 0) / 100
    return np.tile(_LUMA, (3, 1)) * (1 - amount) + np.eye(3) * amount


def filtered(image: Image8, settings: dict[str, Any]) -> Image8:
    """Mixed by the matrix, then toned by the table."""
    mixed = np.clip(half_up(image @ color_matrix(settings).T), 0, 255).astype(np.uint8)
    toned: Image8 = tone_table(settings)[mixed]
    return toned


def windowed(samples: npt.NDArray[np.uint16], low: int, high: int) -> Image8:
    """Grey levels of a 16-bit image, `low` as black and `high` as white."""
    grey = half_up((samples.astype(np.float64) - low) * (255 / max(1, high - low)))
    return np.clip(grey, 0, 255).astype(np.uint8)


def luma(image: Image8) -> npt.NDArray[np.int64]:
    return (image.astype(np.int64) @ np.array([54, 183, 19])) >> 8


def equalized(image: Image8, kind: str) -> Image8:
    grey = luma(image)
    spread = _globally(grey) if kind == "global" else _locally(grey)
    change = half_up(spread).astype(np.int64) - grey
    return np.clip(image.astype(np.int64) + change[..., np.newaxis], 0, 255).astype(np.uint8)


def _globally(grey: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    rising = np.cumsum(np.bincount(grey.ravel(), minlength=256)).astype(np.float64)
    first = rising[grey.min()]
    if first == grey.size:
        return grey.astype(np.float64)
    table = np.maximum(0, half_up(255 * (rising - first) / (grey.size - first)))
    return table[grey]


def _locally(grey: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    height, width = grey.shape
    rows, columns = min(_PARTS, height), min(_PARTS, width)
    row_of, column_of = np.arange(height) * rows // height, np.arange(width) * columns // width
    tables = np.array(
        [
            [_limited_table(grey[np.ix_(row_of == r, column_of == c)]) for c in range(columns)]
            for r in range(rows)
        ]
    )
    top, bottom, down = _between(height, rows)
    left, right, across = _between(width, columns)
    above = _lerp(
        tables[top[:, None], left[None, :], grey],
        tables[top[:, None], right[None, :], grey],
        across,
    )
    below = _lerp(
        tables[bottom[:, None], left[None, :], grey],
        tables[bottom[:, None], right[None, :], grey],
        across,
    )
    return _lerp(above, below, down[:, None])


def _limited_table(part: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    counts = np.bincount(part.ravel(), minlength=256).astype(np.float64)
    limit = _CLIP_LIMIT * part.size / 256
    excess = np.maximum(0, counts - limit).sum()
    rising = np.cumsum(np.minimum(counts, limit) + excess / 256)
    return np.minimum(255, half_up(255 * rising / part.size))


def _between(
    length: int, parts: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """For each pixel the two parts between whose middles it lies, and the share of the second."""
    position = np.clip((np.arange(length) + 0.5) / length * parts - 0.5, 0, parts - 1)
    first = np.floor(position).astype(np.int64)
    return first, np.minimum(parts - 1, first + 1), position - first


def _lerp(
    one: npt.NDArray[np.float64], other: npt.NDArray[np.float64], share: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    return one + (other - one) * share
