"""Originals that leave the house stand upright."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from maskwright.assets.service import turned_upright
from tests.assets.imaging.samples import deep_grey, encoded, gradient, with_orientation, write


def turned(folder: Path, content: bytes) -> Image.Image:
    target = folder / "turned.png"
    assert turned_upright(write(folder, content), target)
    with Image.open(target) as image:
        image.load()
    return image


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_lying_jpeg_is_turned_pixel_for_pixel(tmp_path: Path, orientation: int) -> None:
    content = with_orientation(gradient(40, 30), orientation)
    with Image.open(BytesIO(content)) as image:
        expected = np.asarray(ImageOps.exif_transpose(image))
    assert np.array_equal(np.asarray(turned(tmp_path, content)), expected)


def test_an_upright_image_is_left_alone(tmp_path: Path) -> None:
    assert not turned_upright(write(tmp_path, encoded(gradient(9, 9), "JPEG")), tmp_path / "t")
    assert not (tmp_path / "t").exists()


def test_a_lying_tiff_keeps_its_sixteen_bits(tmp_path: Path) -> None:
    values = deep_grey(30, 20)
    content = encoded(Image.fromarray(values), "TIFF", tiffinfo={274: 3})
    assert np.array_equal(np.asarray(turned(tmp_path, content)), values[::-1, ::-1])


def test_a_lying_cmyk_image_is_written_as_it_is_shown(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = encoded(Image.new("CMYK", (20, 10)), "JPEG", exif=exif.tobytes())
    image = turned(tmp_path, content)
    assert (image.mode, image.size) == ("RGB", (10, 20))
