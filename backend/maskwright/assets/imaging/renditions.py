"""What a browser is given in place of the original.

display    the original itself where it is upright, 8-bit, sRGB, without alpha, a format of the web
           and not heavy: then the labeler sees exactly the pixels that were uploaded. Else PNG for
           small images from lossless formats, JPEG (quality 90, no chroma subsampling: borders of
           coloured things must not smear) for the others. Above 4096 px it is scaled down, and
           the tiles hold the full resolution.
thumbnail  WebP, 320 px
deep       of grey with more than eight bits: a 16-bit PNG, losslessly where the original has 16;
           above 4096 px scaled down like the display, with tiles of its own at full resolution
tiles      see `pyramid`

Memory, measured: about 5 bytes a pixel of the stored image at most, so 1 GB at the default limit.
"""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from maskwright.assets.imaging.deep import DeepScale, DeepSource, picture
from maskwright.assets.imaging.formats import ImageFormat
from maskwright.assets.imaging.probe import Probe
from maskwright.assets.imaging.pyramid import (
    Level,
    levels_of,
    write_deep_pyramid,
    write_pyramid,
)
from maskwright.assets.imaging.source import UprightSource, upright_source

THUMBNAIL_PX = 320
DISPLAY_PX = 4096
#: Originals up to this size are shown as they are.
_LIGHT_BYTES = 8 * 1024**2
#: PNG compresses about 7 megapixels a second here; above this a labeler would not wait for it.
_LOSSLESS_PIXELS = 4_000_000


@dataclass(frozen=True, slots=True)
class RenditionFile:
    path: Path
    media_type: str


@dataclass(frozen=True, slots=True)
class DeepRendition:
    """`tiles` is None where `file` has all there is, and `levels` empty."""

    file: RenditionFile
    tiles: RenditionFile | None
    levels: list[Level]
    scale: DeepScale


@dataclass(frozen=True, slots=True)
class Renditions:
    """Files in the folder that the caller gave. `display` is None where the original serves."""

    width: int
    height: int
    display: RenditionFile | None
    thumbnail: RenditionFile
    pyramid: RenditionFile | None
    levels: list[Level]
    deep: DeepRendition | None


def make_renditions(original: Path, probe: Probe, folder: Path, *, max_pixels: int) -> Renditions:
    """Decode the original and write its renditions; raises ImageBroken or ImageUnsupported."""
    with upright_source(original, max_pixels=max_pixels) as source:
        if max(source.width, source.height) > DISPLAY_PX:
            pyramid = RenditionFile(folder / "tiles", "application/octet-stream")
            shown = write_pyramid(source, pyramid.path, keep_px=DISPLAY_PX)
            levels = levels_of(source.width, source.height)
            display: RenditionFile | None = _display(shown, probe, folder)
        else:
            pyramid, levels = None, []
            shown = source.whole()
            as_it_is = _serves_as_it_is(source, probe, original.stat().st_size)
            display = None if as_it_is else _display(shown, probe, folder)
        return Renditions(
            width=source.width,
            height=source.height,
            display=display,
            thumbnail=_thumbnail(shown, folder),
            pyramid=pyramid,
            levels=levels,
            deep=_deep(source, folder),
        )


def make_deep_rendition(original: Path, folder: Path, *, max_pixels: int) -> DeepRendition | None:
    """Only that in 16 bits, for an image that has the others; None where it has eight. Raises as
    `make_renditions`."""
    with upright_source(original, max_pixels=max_pixels) as source:
        return _deep(source, folder)


def _serves_as_it_is(source: UprightSource, probe: Probe, size: int) -> bool:
    return (
        probe.format.is_for_browsers
        and probe.mode in ("L", "RGB")
        and probe.orientation == 1
        and not probe.is_animated
        and source.is_srgb_already
        and size <= _LIGHT_BYTES
    )


def _display(shown: Image.Image, probe: Probe, folder: Path) -> RenditionFile:
    lossless_source = probe.format in (ImageFormat.PNG, ImageFormat.BMP, ImageFormat.TIFF)
    path = folder / "display"
    if lossless_source and shown.width * shown.height <= _LOSSLESS_PIXELS:
        shown.save(path, format="PNG")
        return RenditionFile(path, "image/png")
    shown.save(path, format="JPEG", quality=90, subsampling=0)
    return RenditionFile(path, "image/jpeg")


def _deep(source: UprightSource, folder: Path) -> DeepRendition | None:
    """None for an image of eight bits."""
    if not source.is_deep:
        return None
    deep = DeepSource(source)
    tiles: RenditionFile | None = None
    levels: list[Level] = []
    if max(source.width, source.height) > DISPLAY_PX:
        tiles = RenditionFile(folder / "deep-tiles", "application/octet-stream")
        samples = write_deep_pyramid(deep, tiles.path, keep_px=DISPLAY_PX)
        levels = levels_of(source.width, source.height)
    else:
        samples = deep.whole()
    file = RenditionFile(folder / "deep", "image/png")
    picture(samples).save(file.path, format="PNG")
    return DeepRendition(file, tiles, levels, deep.scale())


def _thumbnail(shown: Image.Image, folder: Path) -> RenditionFile:
    """Made from the display image; an extremely long one keeps at least one pixel of width."""
    scale = min(1.0, THUMBNAIL_PX / max(shown.size))
    size = (max(1, round(shown.width * scale)), max(1, round(shown.height * scale)))
    path = folder / "thumbnail"
    shown.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0).save(
        path, format="WEBP", quality=80
    )
    return RenditionFile(path, "image/webp")
