"""The 16-bit renditions of a deep grey image: its own samples where it has 16 bits, else its whole
range spread over them, with what is needed to read the original's values."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from maskwright.assets.imaging.orientation import Box
from maskwright.assets.imaging.source import UprightSource
from maskwright.assets.imaging.tone import shown_range

_HIGHEST = 65535
_BAND_ROWS = 512

Samples = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class DeepScale:
    """In samples: what the display rendition shows as black and white, and the ends that occur.
    A sample stands for `offset + scale * sample` of the original."""

    low: int
    high: int
    min: int
    max: int
    offset: float
    scale: float


class DeepSource:
    """Samples of one deep image, region by region, in the coordinates of its masks.

    A large image is looked through in bands: its values as floating-point numbers would take four
    times its memory.
    """

    def __init__(self, source: UprightSource) -> None:
        self._source = source
        self.width, self.height = source.width, source.height
        self._is_exact = source.stored.mode.startswith("I;16")
        self._offset, self._scale = (0.0, 1.0) if self._is_exact else self._spread()

    def region(self, box: Box) -> Samples:
        """uint16 (height, width) of the region (left, top, right, bottom)."""
        values = self._values(box)
        if self._is_exact:
            return values.astype(np.uint16)
        finite = np.nan_to_num(values.astype(np.float64), nan=self._offset)
        spread = (finite - self._offset) / self._scale
        samples: Samples = np.rint(spread.clip(0, _HIGHEST)).astype(np.uint16)
        return samples

    def whole(self) -> Samples:
        return self.region((0, 0, self.width, self.height))

    def scale(self) -> DeepScale:
        low, high = shown_range(self._source.stored)
        ends = [(int(band.min()), int(band.max())) for band in map(self.region, self._bands())]
        return DeepScale(
            low=self._sample(low),
            high=self._sample(high),
            min=min(least for least, _ in ends),
            max=max(most for _, most in ends),
            offset=self._offset,
            scale=self._scale,
        )

    def _sample(self, value: float) -> int:
        return int(min(_HIGHEST, max(0, round((value - self._offset) / self._scale))))

    def _spread(self) -> tuple[float, float]:
        """Offset and scale that spread the finite values over all samples."""
        ends: list[float] = []
        for values in map(self._values, self._bands()):
            finite = values[np.isfinite(values)]
            if finite.size:
                ends += [float(finite.min()), float(finite.max())]
        offset = min(ends, default=0.0)
        extent = max(ends, default=0.0) - offset
        return offset, extent / _HIGHEST if extent > 0 else 1.0

    def _values(self, box: Box) -> NDArray[np.generic]:
        return np.asarray(self._source.stored_region(box))

    def _bands(self) -> Iterator[Box]:
        for top in range(0, self.height, _BAND_ROWS):
            yield (0, top, self.width, min(top + _BAND_ROWS, self.height))


def halved(samples: Samples) -> Samples:
    """Half the size, rounded up: each sample the mean of four, at an odd edge of those there."""
    height, width = samples.shape
    padded = np.pad(samples, ((0, height % 2), (0, width % 2)), mode="edge").astype(np.uint32)
    sums = padded[::2, ::2] + padded[1::2, ::2] + padded[::2, 1::2] + padded[1::2, 1::2]
    return ((sums + 2) >> 2).astype(np.uint16)


def picture(samples: Samples) -> Image.Image:
    """As an image that Pillow writes as 16-bit grey."""
    return Image.fromarray(np.ascontiguousarray(samples))
