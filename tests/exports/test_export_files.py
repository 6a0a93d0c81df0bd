"""The parts that files are made of: names, PNGs, archives."""

from __future__ import annotations

import io
import json
import tracemalloc
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from PIL import Image

from maskwright.exports.writers import png
from maskwright.exports.writers.archive import Archive
from maskwright.exports.writers.names import FileNames
from maskwright.kernel.ids import new_id

NOW = datetime(2026, 3, 4, 5, 6, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "media_type", "expected"),
    [
        ("street.jpg", "image/jpeg", "street.jpg"),
        ("Straße 12 (Nord).PNG", "image/png", "Straße 12 (Nord).png"),
        ("a.b.c.tiff", "image/tiff", "a.b.c.tiff"),
        ("photo.jpeg", "image/png", "photo.jpeg.png"),
        ("no suffix", "image/webp", "no suffix.webp"),
        ("../../etc/passwd", "image/png", "passwd.png"),
        ("..\\..\\boot.png", "image/png", "boot.png"),
        ("/absolute.png", "image/png", "absolute.png"),
        ("a\nb\0c*?.png", "image/png", "a_b_c_.png"),
        (".hidden.png", "image/png", "hidden.png"),
        ("con.png", "image/png", "image_con.png"),
        ("...", "image/png", "image.png"),
        ("", "image/png", "image.png"),
        ("x" * 500 + ".png", "image/png", "x" * 120 + ".png"),
    ],
)
def test_a_name_is_kept_as_far_as_every_system_can_take_it(
    name: str, media_type: str, expected: str
) -> None:
    assert FileNames().assign(new_id(), name, media_type) == expected


def test_assets_of_one_name_get_names_of_their_own() -> None:
    names = FileNames()
    ids = [new_id() for _ in range(4)]

    given = [
        names.assign(ids[0], "a.png", "image/png"),
        names.assign(ids[1], "a.png", "image/png"),
        names.assign(ids[2], "A.PNG", "image/png"),
        names.assign(ids[3], "a.jpg", "image/jpeg"),
    ]

    assert given == ["a.png", f"a-{ids[1]}.png", f"A-{ids[2]}.png", f"a-{ids[3]}.jpg"]


def test_an_asset_named_after_anothers_second_choice_does_not_collide_with_it() -> None:
    names = FileNames()
    later = new_id()

    given = [
        names.assign(new_id(), "a.png", "image/png"),
        names.assign(new_id(), f"a-{later}.png", "image/png"),
        names.assign(later, "a.png", "image/png"),
    ]

    assert given[2] == f"a-{later}-2.png"
    assert len({name.casefold() for name in given}) == 3


@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (700, 300), (2, 70_000)])
def test_pngs_are_read_back_pixel_for_pixel(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(7)
    bytes_ = rng.integers(0, 256, shape).astype(np.uint8)
    words = rng.integers(0, 65_536, shape).astype(np.uint16)
    ids = rng.integers(0, 1 << 24, shape).astype(np.uint32)
    palette = [(value, 255 - value, 7) for value in range(256)]

    def read(content: bytes) -> Image.Image:
        image = Image.open(io.BytesIO(content))
        image.load()
        return image

    assert np.array_equal(np.asarray(read(png.encode_grey(bytes_, 8))), bytes_)
    assert np.array_equal(np.asarray(read(png.encode_grey(words, 16))), words)
    widened = np.asarray(read(png.encode_grey(bytes_, 16)))
    assert widened.dtype == np.uint16
    assert np.array_equal(widened, bytes_)
    coloured = read(png.encode_palette(bytes_, png.palette_of(palette)))
    assert coloured.mode == "P"
    assert np.array_equal(np.asarray(coloured), bytes_)
    assert coloured.convert("RGB").getpixel((0, 0)) == palette[bytes_[0, 0]]
    for values in (ids, bytes_):
        rgb = np.asarray(read(png.encode_rgb_ids(values))).astype(np.uint32)
        assert np.array_equal(rgb @ np.array([1, 256, 65_536], dtype=np.uint32), values)


def test_an_archive_holds_its_files_and_their_digests(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "x.zip", tmp_path, NOW)
    items, nothing = archive.json_lines("items"), archive.json_lines("nothing")
    for number in range(3):
        items.append({"id": number, "text": "line\nfeed and ümlaut"})
    archive.add_bytes("a/b.bin", b"\x00\x01", is_compressed=True)
    archive.add_encoded("c.bin", lambda: b"later")
    archive.add_json("list.json", {"info": 1, "items": items, "nothing": nothing})
    archive.close({"format": "test"})

    with ZipFile(tmp_path / "x.zip") as opened:
        assert opened.testzip() is None
        contents = {name: opened.read(name) for name in opened.namelist()}
        assert {member.date_time for member in opened.infolist()} == {(2026, 3, 4, 5, 6, 8)}
    assert contents["c.bin"] == b"later"
    assert json.loads(contents["list.json"]) == {
        "info": 1,
        "items": [{"id": n, "text": "line\nfeed and ümlaut"} for n in range(3)],
        "nothing": [],
    }
    manifest = json.loads(contents.pop("manifest.json"))
    assert manifest["format"] == "test"
    assert manifest["files"] == {
        name: {"sha256": sha256(content).hexdigest(), "bytes": len(content)}
        for name, content in contents.items()
    }


def test_an_archive_remembers_no_file_in_memory(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "x.zip", tmp_path, NOW)
    archive.add_bytes("masks/first.png", b"x", is_compressed=True)
    tracemalloc.start()
    for number in range(2_000):
        archive.add_bytes(f"masks/{number}.png", b"x", is_compressed=True)
    grown_bytes, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    archive.close({})

    assert grown_bytes < 100_000
    with ZipFile(tmp_path / "x.zip") as opened:
        assert len(opened.namelist()) == 2_002
        assert opened.testzip() is None


def test_an_archive_of_nothing_is_whole(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "x.zip", tmp_path, NOW)
    archive.close({"format": "test"})

    with ZipFile(tmp_path / "x.zip") as opened:
        assert json.loads(opened.read("manifest.json")) == {"format": "test", "files": {}}


def test_a_file_that_cannot_be_encoded_fails_the_archive(tmp_path: Path) -> None:
    def encode() -> bytes:
        raise ValueError("no such pixel")

    archive = Archive(tmp_path / "x.zip", tmp_path, NOW)
    archive.add_encoded("c.bin", encode)

    with pytest.raises(ValueError, match="no such pixel"):
        archive.close({})
    archive.abandon()
