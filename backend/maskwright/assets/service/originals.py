"""An original for people who take it elsewhere, in the frame that its masks are in."""

import sys
from pathlib import Path

from PIL import Image

from maskwright.assets.imaging.formats import HEAD_BYTES, format_of
from maskwright.assets.imaging.orientation import orientation_of, upright
from maskwright.assets.imaging.probe import decoding, open_image
from maskwright.assets.imaging.source import upright_source

_TIFF_ORIENTATION_TAG = 274
_PNG_MODES = frozenset({"1", "L", "LA", "I;16", "I;16B", "P", "RGB", "RGBA"})
#: An original was within the limit when it was taken in, whatever the limit is today.
_NO_LIMIT = sys.maxsize


def turned_upright(original: Path, target: Path) -> bool:
    """Write the image to `target` as a PNG if it is stored lying; False where it is upright.

    Many readers ignore the orientation in a file, and would see the image across its masks. PNG
    keeps every pixel, and 16 bits where there are such; what it can't hold (CMYK, floating point)
    is written as it is shown. Raises ImageBroken.
    """
    with original.open("rb") as file:
        image_format = format_of(file.read(HEAD_BYTES))
        with open_image(file, image_format, _NO_LIMIT) as image:
            orientation = _orientation_in_file(image)
            if orientation == 1:
                return False
            if image.mode in _PNG_MODES:
                with decoding():
                    image.load()
                # Pillow has turned a TIFF already, while it was read.
                turned = image if image.format == "TIFF" else upright(image, orientation)
                turned.save(target, "PNG", compress_level=1, exif=Image.Exif())
                return True
    with upright_source(original, max_pixels=_NO_LIMIT) as source:
        source.whole().save(target, "PNG", compress_level=1)
    return True


def _orientation_in_file(image: Image.Image) -> int:
    if image.format != "TIFF":
        return orientation_of(image)
    value = image.getexif().get(_TIFF_ORIENTATION_TAG, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1
