"""Looking at headers: sizes, and what is refused before anything is decoded."""

import struct
import tracemalloc
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from maskwright.assets.errors import (
    FileEmpty,
    FileRefused,
    ImageBroken,
    ImageTooLarge,
    ImageTruncated,
    NotAnImage,
)
from maskwright.assets.imaging.formats import ImageFormat
from maskwright.assets.imaging.probe import Probe, probe_image
from tests.assets.imaging.samples import (
    MAX_PIXELS,
    deep_grey,
    encoded,
    gradient,
    png_bomb,
    with_orientation,
    write,
)


def probe(folder: Path, content: bytes) -> Probe:
    return probe_image(write(folder, content), max_pixels=MAX_PIXELS)


@pytest.mark.parametrize("image_format", list(ImageFormat))
def test_size_and_type_come_from_the_header(tmp_path: Path, image_format: ImageFormat) -> None:
    found = probe(tmp_path, encoded(gradient(37, 21), image_format.value))
    assert (found.format, found.width, found.height) == (image_format, 37, 21)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_size_is_that_of_the_upright_image(tmp_path: Path, orientation: int) -> None:
    found = probe(tmp_path, with_orientation(gradient(40, 24), orientation))
    assert found.orientation == orientation
    assert (found.width, found.height) == ((24, 40) if orientation >= 5 else (40, 24))


def test_a_deep_tiff_is_taken(tmp_path: Path) -> None:
    found = probe(tmp_path, encoded(Image.fromarray(deep_grey(30, 20)), "TIFF"))
    assert (found.mode, found.width, found.height) == ("I;16", 30, 20)


def test_a_decompression_bomb_is_refused_by_its_header_alone(tmp_path: Path) -> None:
    tracemalloc.start()
    with pytest.raises(ImageTooLarge) as refusal:
        probe(tmp_path, png_bomb())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refusal.value.extras == {"width": 50_000, "height": 50_000, "max_pixels": MAX_PIXELS}
    assert peak < 2 * 1024**2


def test_a_webp_bomb_is_refused_before_its_canvas_is_allocated(tmp_path: Path) -> None:
    canvas = b"\0\0\0\0" + (16_383).to_bytes(3, "little") + (16_383).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + canvas + bytes(64)
    with pytest.raises(ImageTooLarge):
        probe(tmp_path, b"RIFF" + struct.pack("<I", len(body)) + body)


def test_an_image_of_absurd_length_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImageTooLarge):
        probe(tmp_path, png_bomb(150_000, 1))


def test_an_empty_file_is_named_so(tmp_path: Path) -> None:
    with pytest.raises(FileEmpty):
        probe(tmp_path, b"")


@pytest.mark.parametrize("image_format", list(ImageFormat))
@pytest.mark.parametrize("part", [0.3, 0.6, 0.98])
def test_an_image_that_was_cut_off_is_refused(
    tmp_path: Path, image_format: ImageFormat, part: float
) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (120, 160, 3)).astype(np.uint8)
    content = encoded(Image.fromarray(noise), image_format.value)
    with pytest.raises((ImageTruncated, ImageBroken)):
        probe(tmp_path, content[: int(len(content) * part)])


def test_a_trailer_behind_the_pixels_of_a_jpeg_does_no_harm(tmp_path: Path) -> None:
    content = encoded(gradient(64, 48), "JPEG")
    assert probe(tmp_path, content + bytes(5000)).width == 64


@pytest.mark.parametrize("seed", range(60))
def test_damaged_bytes_are_a_refusal_and_never_a_crash(tmp_path: Path, seed: int) -> None:
    random = np.random.default_rng(seed)
    image_format = list(ImageFormat)[seed % 5]
    content = bytearray(encoded(gradient(60, 40), image_format.value))
    for position in random.integers(2, min(len(content), 400), 12):
        content[position] = random.integers(256)
    with suppress(FileRefused):
        assert probe(tmp_path, bytes(content)).width > 0


def test_a_tiff_whose_tag_claims_gigabytes_is_refused(tmp_path: Path) -> None:
    entry = struct.pack("<HHII", 34675, 7, 2_000_000_000, 8)
    content = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 1) + entry + bytes(4)
    with pytest.raises(ImageBroken):
        probe(tmp_path, content)


def test_a_format_that_pillow_knows_and_we_do_not_take_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAnImage):
        probe(tmp_path, encoded(gradient(8, 8), "GIF"))
