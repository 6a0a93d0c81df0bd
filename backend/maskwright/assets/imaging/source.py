"""The decoded image as everything else sees it: upright, sRGB or grey, eight bits, no alpha.

The stored image is decoded once. Turning and conversion happen region by region, so that a large
image is never held twice.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import structlog
from PIL import Image, ImageCms

from maskwright.assets.errors import ImageBroken, ImageUnsupported
from maskwright.assets.imaging.formats import HEAD_BYTES, format_of
from maskwright.assets.imaging.orientation import (
    Box,
    orientation_of,
    stored_box,
    upright,
    upright_size,
)
from maskwright.assets.imaging.probe import DECODE_ERRORS, decoding, open_image
from maskwright.assets.imaging.tone import is_deep, tone_map_of

log = structlog.get_logger(__name__)

Conversion = Callable[[Image.Image], Image.Image]

_GREY_MODES = frozenset({"1", "L"})
_GREY_ALPHA_MODES = frozenset({"LA", "La"})
_COLOUR_MODES = frozenset({"RGB", "RGBA", "RGBa", "RGBX", "P", "PA", "CMYK", "YCbCr", "LAB", "HSV"})
_SRGB = "sRGB"


class UprightSource:
    """Regions of one image, in the coordinates of its masks."""

    def __init__(self, stored: Image.Image, orientation: int) -> None:
        self._stored = stored
        self._orientation = orientation
        self.width, self.height = upright_size(stored.size, orientation)
        self.is_srgb_already = True
        self._convert = self._conversion()

    @property
    def mode(self) -> str:
        """Mode of every region: L or RGB."""
        grey = self._stored.mode in _GREY_MODES | _GREY_ALPHA_MODES or is_deep(self._stored.mode)
        return "L" if grey else "RGB"

    def region(self, box: Box) -> Image.Image:
        """The region (left, top, right, bottom)."""
        return self._convert(self.stored_region(box))

    @property
    def is_deep(self) -> bool:
        """Grey of more than eight bits, which `region` makes eight of."""
        return is_deep(self._stored.mode)

    @property
    def stored(self) -> Image.Image:
        """As it was stored: with the values that it has, and not turned."""
        return self._stored

    def stored_region(self, box: Box) -> Image.Image:
        """The region with the values that it has."""
        place = stored_box(box, self.width, self.height, self._orientation)
        return upright(self._stored.crop(place), self._orientation)

    def whole(self) -> Image.Image:
        return self.region((0, 0, self.width, self.height))

    def _conversion(self) -> Conversion:
        if is_deep(self._stored.mode):
            return tone_map_of(self._stored)
        if self._stored.mode in _GREY_MODES | _GREY_ALPHA_MODES:
            return lambda region: _flattened(region).convert("L")
        if self._stored.mode not in _COLOUR_MODES:
            raise ImageUnsupported(mode=self._stored.mode)
        transform = _to_srgb(self._stored)
        self.is_srgb_already = transform is None
        if transform is None:
            return lambda region: _flattened(region).convert("RGB")
        return lambda region: _transformed(region, transform)


@contextmanager
def upright_source(path: Path, *, max_pixels: int) -> Iterator[UprightSource]:
    """Decode an image; raises ImageBroken or ImageUnsupported. The block may read regions."""
    with path.open("rb") as file:
        image_format = format_of(file.read(HEAD_BYTES))
        with open_image(file, image_format, max_pixels) as image:
            orientation, announced = orientation_of(image), image.size
            with decoding():
                image.load()
                source = UprightSource(image, orientation)
            if image.size != announced:
                raise ImageBroken
            yield source


def _flattened(region: Image.Image) -> Image.Image:
    """Laid on white, as paper would be, where there is any transparency."""
    if not region.has_transparency_data:
        return region
    layer = region.convert("RGBA")
    paper = Image.new("RGBA", region.size, "white")
    return Image.alpha_composite(paper, layer)


def _to_srgb(stored: Image.Image) -> ImageCms.ImageCmsTransform | None:
    """The transform from the embedded profile to sRGB; None where none is needed or usable."""
    profile_bytes = stored.info.get("icc_profile")
    if not profile_bytes:
        return None
    mode = "CMYK" if stored.mode == "CMYK" else "RGB"
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(profile_bytes))
        if _SRGB in ImageCms.getProfileDescription(profile):
            return None
        return ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, *DECODE_ERRORS):
        log.info("icc_profile_unusable", mode=stored.mode)
        return None


def _transformed(region: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image:
    flat = region if region.mode == "CMYK" else _flattened(region).convert("RGB")
    converted = ImageCms.applyTransform(flat, transform)
    if converted is None:
        raise ImageBroken
    return converted
