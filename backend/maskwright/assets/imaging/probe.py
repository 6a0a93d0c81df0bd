"""Size, mode and orientation from headers alone, before anything is allocated for pixels."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from maskwright.assets.errors import FileEmpty, ImageBroken, ImageTooLarge
from maskwright.assets.imaging.formats import HEAD_BYTES, ImageFormat, format_of
from maskwright.assets.imaging.orientation import orientation_of, upright_size
from maskwright.assets.imaging.structure import check_structure, webp_canvas
from maskwright.assets.imaging.tiff import mend_single_plane

#: One line of pixels longer than this is no photograph, and would make thousands of tiles.
MAX_SIDE_PX = 100_000

#: What Pillow raises on damaged files, all of it seen.
DECODE_ERRORS = (
    OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, EOFError,
    struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip

# The limit on pixels is ours (`limits.image_pixels`), checked before anything is decoded. Pillow's
# own is a warning at one figure and an error at twice that, for the whole process.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class Probe:
    """What the headers say. Width and height are those of the upright image."""

    format: ImageFormat
    width: int
    height: int
    mode: str
    orientation: int
    is_animated: bool


def probe_image(path: Path, *, max_pixels: int) -> Probe:
    """Look at a file that is to become an asset.

    Raises FileEmpty, NotAnImage, ImageTooLarge, ImageTruncated or ImageBroken. Costs a few reads:
    no pixel is decoded.
    """
    with path.open("rb") as file:
        size = path.stat().st_size
        head = file.read(HEAD_BYTES)
        if not head:
            raise FileEmpty
        image_format = format_of(head)
        if image_format is ImageFormat.WEBP:
            check_pixels(webp_canvas(head), max_pixels)
        check_structure(file, image_format, size)
        with open_image(file, image_format, max_pixels) as image, decoding():
            return _described(image, image_format)


def check_pixels(size: tuple[int, int], max_pixels: int) -> None:
    """Raise ImageTooLarge, with the figures."""
    width, height = size
    if width * height > max_pixels or max(width, height) > MAX_SIDE_PX:
        raise ImageTooLarge(
            f"The image measures {width} × {height} px; at most "  # noqa: RUF001
            f"{max_pixels // 1_000_000} megapixels and {MAX_SIDE_PX} px a side are taken.",
            width=width,
            height=height,
            max_pixels=max_pixels,
        )


@contextmanager
def decoding() -> Iterator[None]:
    """What Pillow raises in this block is an ImageBroken. Keep writing of files out of it."""
    with warnings.catch_warnings():
        # Pillow warns about odd tags and truncated EXIF; the image may be good all the same.
        warnings.simplefilter("ignore")
        try:
            yield
        except DECODE_ERRORS as error:
            raise ImageBroken from error


def open_image(file: BinaryIO, image_format: ImageFormat, max_pixels: int) -> Image.Image:
    """The image, its headers read and its size within the limit; not decoded yet."""
    file.seek(0)
    with decoding():
        image = Image.open(file, formats=[image_format.value])
        mend_single_plane(image)
    if min(image.size) < 1:
        raise ImageBroken
    check_pixels(image.size, max_pixels)
    return image


def _described(image: Image.Image, image_format: ImageFormat) -> Probe:
    orientation = orientation_of(image)
    width, height = upright_size(image.size, orientation)
    may_move = image_format in (ImageFormat.PNG, ImageFormat.WEBP)
    return Probe(
        format=image_format,
        width=width,
        height=height,
        mode=image.mode,
        orientation=orientation,
        is_animated=may_move and bool(getattr(image, "is_animated", False)),
    )
