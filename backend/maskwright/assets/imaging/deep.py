"""The 16-bit rendition of a deep grey image: its own samples where it has 16 bits, else its whole
range spread over them, with what is needed to read the original's values."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from maskwright.assets.imaging.source import UprightSource
from maskwright.assets.imaging.tone import shown_range

_HIGHEST = 65535


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


def deep_image(source: UprightSource) -> tuple[Image.Image, DeepScale] | None:
    """None for an image of eight bits."""
    if not source.is_deep:
        return None
    stored = source.stored_upright()
    values = np.asarray(stored)
    low, high = shown_range(stored)
    if stored.mode.startswith("I;16"):
        samples, offset, scale = values.astype(np.uint16), 0.0, 1.0
    else:
        finite = values[np.isfinite(values)]
        offset = float(finite.min()) if finite.size else 0.0
        extent = float(finite.max()) - offset if finite.size else 0.0
        scale = extent / _HIGHEST if extent > 0 else 1.0
        spread = (np.nan_to_num(values.astype(np.float64), nan=offset) - offset) / scale
        samples = np.rint(spread.clip(0, _HIGHEST)).astype(np.uint16)
    return Image.fromarray(samples), DeepScale(
        low=_sample(low, offset, scale),
        high=_sample(high, offset, scale),
        min=int(samples.min()),
        max=int(samples.max()),
        offset=offset,
        scale=scale,
    )


def _sample(value: float, offset: float, scale: float) -> int:
    return int(min(_HIGHEST, max(0, round((value - offset) / scale))))
