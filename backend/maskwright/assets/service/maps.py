"""Images that are not looked at but read: maps whose pixels are numbers."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from maskwright.assets.errors import ImageUnsupported
from maskwright.assets.imaging.formats import HEAD_BYTES, format_of
from maskwright.assets.imaging.probe import decoding, open_image

Values = npt.NDArray[np.uint32]

_RED_GREEN_BLUE = 3


def read_map(path: Path, *, max_pixels: int, is_panoptic: bool = False) -> Values:
    """The numbers of a map (height, width), as they are stored: of a palette its indices, of three
    channels red + 256 · green + 65536 · blue, as COCO's panoptic maps have it. Grey that was saved
    in three channels is grey, unless the map `is_panoptic`.

    Raises what `probe_image` raises of an image that can't be read; ImageUnsupported for one whose
    values are fractions.
    """
    with path.open("rb") as file:
        image_format = format_of(file.read(HEAD_BYTES))
        with open_image(file, image_format, max_pixels) as image, decoding():
            image.load()
            return _numbers(image, is_panoptic=is_panoptic)


def _numbers(image: Image.Image, *, is_panoptic: bool) -> Values:
    if image.mode == "1":
        return np.asarray(image, dtype=np.uint32)
    if image.mode in ("L", "P", "I;16", "I;16B", "I"):
        return np.asarray(image).astype(np.uint32)
    if image.mode in ("LA", "PA"):
        return np.asarray(image)[..., 0].astype(np.uint32)
    if image.mode in ("RGB", "RGBA"):
        channels = np.asarray(image)[..., :_RED_GREEN_BLUE].astype(np.uint32)
        if not is_panoptic and (channels[..., :1] == channels).all():
            return channels[..., 0]
        numbers: Values = channels @ np.array([1, 256, 65536], dtype=np.uint32)
        return numbers
    raise ImageUnsupported(
        f"This map has pixels of the type {image.mode}. Save it as PNG with 8 or 16 bits."
    )
