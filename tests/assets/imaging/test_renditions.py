"""Pixels of the renditions: upright, eight bits, flat, in full resolution."""

import struct
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps

from maskwright.assets.errors import ImageBroken
from maskwright.assets.imaging.orientation import orientation_of
from maskwright.assets.imaging.probe import probe_image
from maskwright.assets.imaging.pyramid import (
    TILE_PX,
    levels_of,
    offsets_range,
    tile_index,
    tile_range,
)
from maskwright.assets.imaging.renditions import Renditions, make_renditions
from maskwright.assets.imaging.source import UprightSource, upright_source
from tests.assets.imaging.samples import (
    MAX_PIXELS,
    deep_grey,
    encoded,
    gradient,
    with_orientation,
    write,
)


def render(folder: Path, content: bytes) -> Renditions:
    original = write(folder, content, "original")
    probe = probe_image(original, max_pixels=MAX_PIXELS)
    return make_renditions(original, probe, folder, max_pixels=MAX_PIXELS)


def pixels(path: Path) -> NDArray[np.int16]:
    with Image.open(path) as image:
        return np.asarray(image).astype(np.int16)


def upright_pixels(folder: Path, content: bytes) -> NDArray[np.int16]:
    """The whole image as the renditions are made from it."""
    with upright_source(write(folder, content, "source"), max_pixels=MAX_PIXELS) as source:
        return np.asarray(source.whole()).astype(np.int16)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation_is_turned_upright(tmp_path: Path, orientation: int) -> None:
    content = with_orientation(gradient(48, 32), orientation)
    made = render(tmp_path, content)
    with Image.open(BytesIO(content)) as image:
        expected = np.asarray(ImageOps.exif_transpose(image)).astype(np.int16)
    assert (made.height, made.width) == expected.shape[:2]
    if orientation == 1:
        assert made.display is None
        return
    assert made.display is not None
    assert np.abs(pixels(made.display.path) - expected).max() <= 12


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_region_is_the_same_part_of_the_upright_image(orientation: int) -> None:
    stored = gradient(48, 32)
    source = UprightSource(stored, orientation)
    whole = np.asarray(source.whole())
    part = np.asarray(source.region((5, 3, 21, 17)))
    assert np.array_equal(part, whole[3:17, 5:21])


def test_a_tiff_with_an_orientation_is_turned_once(tmp_path: Path) -> None:
    image = gradient(40, 20)
    content = encoded(image, "TIFF", tiffinfo={274: 6})
    made = render(tmp_path, content)
    assert (made.width, made.height) == (20, 40)
    assert made.display is not None
    expected = np.asarray(image.transpose(Image.Transpose.ROTATE_270))
    assert np.array_equal(pixels(made.display.path), expected)


def test_a_light_upright_jpeg_is_shown_as_it_is(tmp_path: Path) -> None:
    made = render(tmp_path, encoded(gradient(300, 200), "JPEG"))
    assert made.display is None
    assert pixels(made.thumbnail.path).shape == (200, 300, 3)


def test_a_lossless_source_stays_lossless(tmp_path: Path) -> None:
    noise = np.random.default_rng(2).integers(0, 255, (90, 70, 3)).astype(np.uint8)
    made = render(tmp_path, encoded(Image.fromarray(noise), "BMP"))
    assert made.display is not None
    assert made.display.media_type == "image/png"
    assert np.array_equal(pixels(made.display.path), noise)


def test_the_thumbnail_is_320_pixels_on_its_long_side(tmp_path: Path) -> None:
    made = render(tmp_path, encoded(gradient(1000, 400), "JPEG"))
    with Image.open(made.thumbnail.path) as image:
        assert (image.format, image.size) == ("WEBP", (320, 128))


def test_sixteen_bit_grey_is_spread_between_its_percentiles(tmp_path: Path) -> None:
    values = deep_grey(200, 100)
    made = render(tmp_path, encoded(Image.fromarray(values), "TIFF"))
    assert made.display is not None
    shown = pixels(made.display.path)
    low, high = np.percentile(values, [0.5, 99.5])
    expected = ((values.astype(float) - low) / (high - low)).clip(0, 1) * 255
    assert shown.dtype == np.int16
    assert np.abs(shown - expected).max() <= 1
    assert shown.min() == 0
    assert shown.max() == 255


def test_big_endian_tiff_and_16_bit_png_look_like_the_little_endian_tiff(tmp_path: Path) -> None:
    values = deep_grey(60, 40)
    little = upright_pixels(tmp_path, encoded(Image.fromarray(values), "TIFF"))
    big_image = Image.frombytes("I;16B", (60, 40), values.astype(">u2").tobytes())
    assert np.array_equal(upright_pixels(tmp_path, encoded(big_image, "TIFF")), little)
    png = encoded(Image.fromarray(values), "PNG")
    assert np.array_equal(upright_pixels(tmp_path, png), little)


def test_one_channel_that_calls_itself_separate_is_read_as_gdal_writes_it(tmp_path: Path) -> None:
    values = deep_grey(60, 40)
    plain = encoded(Image.fromarray(values), "TIFF")
    entry = struct.pack("<HHIHH", 284, 3, 1, 1, 0)
    assert plain.count(entry) == 1
    separate = plain.replace(entry, struct.pack("<HHIHH", 284, 3, 1, 2, 0))
    assert np.array_equal(upright_pixels(tmp_path, separate), upright_pixels(tmp_path, plain))


def test_floating_point_grey_with_holes_is_shown(tmp_path: Path) -> None:
    values = np.linspace(-1, 1, 2400, dtype=np.float32).reshape(40, 60)
    values[0, 0] = np.nan
    shown = upright_pixels(tmp_path, encoded(Image.fromarray(values), "TIFF"))
    assert shown[0, 0] == 0
    assert shown[-1, -1] == 255


def test_a_flat_deep_image_is_grey_and_not_black(tmp_path: Path) -> None:
    flat = np.full((20, 20), 700, np.uint16)
    shown = upright_pixels(tmp_path, encoded(Image.fromarray(flat), "TIFF"))
    assert np.all(shown == 128)


def test_transparency_is_laid_on_white(tmp_path: Path) -> None:
    rgba = Image.new("RGBA", (10, 10), (200, 0, 0, 255))
    rgba.paste((0, 0, 0, 0), (0, 0, 5, 10))
    shown = upright_pixels(tmp_path, encoded(rgba, "PNG"))
    assert tuple(shown[5, 2]) == (255, 255, 255)
    assert tuple(shown[5, 8]) == (200, 0, 0)


def test_grey_with_alpha_stays_grey(tmp_path: Path) -> None:
    image = Image.new("LA", (10, 10), (90, 255))
    image.paste((0, 0), (0, 0, 5, 10))
    shown = upright_pixels(tmp_path, encoded(image, "PNG"))
    assert shown.shape == (10, 10)
    assert (shown[5, 2], shown[5, 8]) == (255, 90)


def test_a_palette_with_transparency_becomes_colour(tmp_path: Path) -> None:
    image = Image.new("P", (10, 10), 1)
    image.putpalette([0, 0, 0, 10, 200, 30])
    image.paste(0, (0, 0, 5, 10))
    shown = upright_pixels(tmp_path, encoded(image, "PNG", transparency=0))
    assert tuple(shown[5, 2]) == (255, 255, 255)
    assert tuple(shown[5, 8]) == (10, 200, 30)


def test_a_bilevel_image_becomes_grey(tmp_path: Path) -> None:
    image = Image.new("1", (10, 10), 1)
    shown = upright_pixels(tmp_path, encoded(image, "PNG"))
    assert np.all(shown == 255)


def test_cmyk_becomes_rgb(tmp_path: Path) -> None:
    image = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    shown = upright_pixels(tmp_path, encoded(image, "JPEG", quality=100))
    red, green, blue = shown[8, 8]
    assert red > 240
    assert green < 15
    assert blue < 15


def test_an_embedded_profile_is_converted_to_srgb(tmp_path: Path) -> None:
    """The XYZ profile of LittleCMS: its numbers mean other colours than sRGB's."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = encoded(gradient(20, 20), "PNG", icc_profile=profile)
    assert render(tmp_path, same).display is None
    swapped = profile.replace(b"rXYZ", b"tXYZ").replace(b"gXYZ", b"rXYZ").replace(b"tXYZ", b"gXYZ")
    renamed = swapped.replace(b"s\0R\0G\0B", b"o\0t\0h\0e")
    red = encoded(Image.new("RGB", (20, 20), (255, 0, 0)), "PNG", icc_profile=renamed)
    shown = upright_pixels(tmp_path, red)
    assert shown[10, 10, 1] > 200
    assert shown[10, 10, 0] < 60


def test_a_damaged_profile_does_not_cost_the_image(tmp_path: Path) -> None:
    content = encoded(gradient(20, 20), "PNG", icc_profile=b"not a profile at all" * 20)
    assert upright_pixels(tmp_path, content).shape == (20, 20, 3)


def test_a_jpeg_that_ends_inside_its_pixels_is_broken(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (200, 200, 3)).astype(np.uint8)
    content = encoded(Image.fromarray(noise), "JPEG")[:-4000] + b"\xff\xd9"
    with (
        pytest.raises(ImageBroken),
        upright_source(write(tmp_path, content[:-2]), max_pixels=MAX_PIXELS) as source,
    ):
        source.whole()


def tile(path: Path, index: int) -> Image.Image:
    content = path.read_bytes()
    start, end = offsets_range(index)
    first, last = tile_range(content[start:end])
    return Image.open(BytesIO(content[first:last]))


def test_a_large_image_is_cut_into_tiles_of_every_level(tmp_path: Path) -> None:
    image = gradient(4500, 1100)
    made = render(tmp_path, encoded(image, "JPEG", quality=95))
    assert made.pyramid is not None
    assert made.display is not None
    assert [(level.width, level.height) for level in made.levels] == [
        (4500, 1100), (2250, 550), (1125, 275), (563, 138), (282, 69),
    ]  # fmt: skip
    with Image.open(made.display.path) as display:
        assert display.size == (2250, 550)
    for level in made.levels:
        for row in range(level.rows):
            for column in range(level.columns):
                index = tile_index(made.levels, level.level, column, row)
                assert index is not None
                left, top = column * TILE_PX, row * TILE_PX
                with tile(made.pyramid.path, index) as piece:
                    width = min(TILE_PX, level.width - left)
                    assert piece.size == (width, min(TILE_PX, level.height - top))
                    shown = np.asarray(piece).astype(np.int16)
                scale = 2**level.level
                expected = image.getpixel(
                    (min(4499, (left + 3) * scale), min(1099, (top + 3) * scale))
                )
                assert isinstance(expected, tuple)
                assert np.abs(shown[3, 3] - np.array(expected)).max() <= 8


def test_a_turned_large_image_has_upright_tiles(tmp_path: Path) -> None:
    content = with_orientation(gradient(4200, 600), 6)
    made = render(tmp_path, content)
    assert made.pyramid is not None
    assert (made.levels[0].width, made.levels[0].height) == (600, 4200)
    with Image.open(BytesIO(content)) as image:
        assert orientation_of(image) == 6
        expected = np.asarray(ImageOps.exif_transpose(image)).astype(np.int16)
    index = tile_index(made.levels, 0, 1, 8)
    assert index is not None
    with tile(made.pyramid.path, index) as piece:
        shown = np.asarray(piece).astype(np.int16)
    assert np.abs(shown - expected[4096:4200, 512:600]).max() <= 12


@pytest.mark.parametrize("place", [(-1, 0, 0), (9, 0, 0), (0, 99, 0), (0, 0, 99), (0, -1, 0)])
def test_there_is_no_tile_outside_the_image(place: tuple[int, int, int]) -> None:
    assert tile_index(levels_of(5000, 700), *place) is None
