"""How more than eight bits of grey become eight: by percentiles of the whole image, so that one
bright speck does not turn the rest black."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_LOW_PERCENT, _HIGH_PERCENT = 0.5, 99.5
_BAND_ROWS = 256
_SAMPLED_PIXELS = 4_000_000

ToneMap = Callable[[Image.Image], Image.Image]


def is_deep(mode: str) -> bool:
    """Whether an image of this Pillow mode has one channel of more than eight bits."""
    return mode.startswith("I") or mode == "F"


def tone_map_of(image: Image.Image) -> ToneMap:
    """A function that turns any region of this image into 8-bit grey.

    16-bit images are measured exactly, by their histogram; 32-bit ones on four million pixels.
    """
    if image.mode.startswith("I;16"):
        return _by_table(*_percentiles_of_histogram(image))
    return _by_line(*_percentiles_of_sample(image))


def shown_range(image: Image.Image) -> tuple[float, float]:
    """The values that the 8-bit rendition shows as black and as white."""
    if image.mode.startswith("I;16"):
        return _percentiles_of_histogram(image)
    return _percentiles_of_sample(image)


def _bands(image: Image.Image, step: int = 1) -> Iterator[NDArray[np.generic]]:
    for top in range(0, image.height, _BAND_ROWS):
        band = image.crop((0, top, image.width, min(top + _BAND_ROWS, image.height)))
        yield np.asarray(band)[::step, ::step]


def _percentiles_of_histogram(image: Image.Image) -> tuple[int, int]:
    counts = np.zeros(65536, np.int64)
    for band in _bands(image):
        counts += np.bincount(band.ravel().astype(np.uint16, copy=False), minlength=65536)
    rising = np.cumsum(counts)
    total = int(rising[-1])
    low = int(np.searchsorted(rising, total * _LOW_PERCENT / 100, side="right"))
    high = int(np.searchsorted(rising, total * _HIGH_PERCENT / 100, side="left"))
    return low, high


def _percentiles_of_sample(image: Image.Image) -> tuple[float, float]:
    step = max(1, int((image.width * image.height / _SAMPLED_PIXELS) ** 0.5))
    sample = np.concatenate([band.ravel().astype(np.float64) for band in _bands(image, step)])
    finite = sample[np.isfinite(sample)]
    if finite.size == 0:
        return 0.0, 1.0
    low, high = np.percentile(finite, [_LOW_PERCENT, _HIGH_PERCENT])
    return float(low), float(high)


def _by_table(low: int, high: int) -> ToneMap:
    table = _scaled(np.arange(65536, dtype=np.float64), low, high)

    def apply(region: Image.Image) -> Image.Image:
        return Image.fromarray(table[np.asarray(region).astype(np.uint16, copy=False)])

    return apply


def _by_line(low: float, high: float) -> ToneMap:
    def apply(region: Image.Image) -> Image.Image:
        values = np.nan_to_num(np.asarray(region).astype(np.float64), nan=low)
        return Image.fromarray(_scaled(values, low, high))

    return apply


def _scaled(values: NDArray[np.float64], low: float, high: float) -> NDArray[np.uint8]:
    if high <= low:
        # A flat image has no range to stretch: what lies above the one value is white, the rest
        # mid-grey, so that it is not mistaken for an image that failed to load.
        return np.where(values > high, 255, 128).astype(np.uint8)
    return np.rint((values - low).clip(0, high - low) * (255 / (high - low))).astype(np.uint8)
