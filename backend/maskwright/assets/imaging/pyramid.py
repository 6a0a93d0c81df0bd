"""All tiles of an image in one file, written in one pass and read tile by tile.

One file rather than one per tile: a 200-megapixel image has over a thousand tiles, and as many
flushed files or S3 requests would take minutes to write.

    "MWTP", version (uint32), count (uint64), count + 1 offsets (uint64), then the tiles

All numbers are little-endian. Level 0 is the image at full size and level n that divided by 2ⁿ,
rounded up; the last level is one tile. Tiles are ordered by level, row, column.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image

from maskwright.assets.imaging.deep import DeepSource, Samples, halved, picture
from maskwright.assets.imaging.source import UprightSource

TILE_PX = 512
TILE_MEDIA_TYPE = "image/jpeg"
DEEP_TILE_MEDIA_TYPE = "image/png"
#: Of zlib: a third of the time of its default, for tiles that are a tenth larger.
_DEEP_COMPRESSION = 2

_HEAD = struct.Struct("<4sIQ")
_OFFSET = struct.Struct("<Q")
_MAGIC, _VERSION = b"MWTP", 1


@dataclass(frozen=True, slots=True)
class Level:
    level: int
    width: int
    height: int

    @property
    def columns(self) -> int:
        return -(-self.width // TILE_PX)

    @property
    def rows(self) -> int:
        return -(-self.height // TILE_PX)


def levels_of(width: int, height: int) -> list[Level]:
    """From full size down to one tile."""
    levels = [Level(0, width, height)]
    while max(levels[-1].width, levels[-1].height) > TILE_PX:
        last = levels[-1]
        levels.append(Level(last.level + 1, -(-last.width // 2), -(-last.height // 2)))
    return levels


def tile_index(levels: list[Level], level: int, column: int, row: int) -> int | None:
    """Where in the file a tile stands; None where there is no such tile."""
    if not 0 <= level < len(levels):
        return None
    wanted = levels[level]
    if not (0 <= column < wanted.columns and 0 <= row < wanted.rows):
        return None
    before = sum(other.columns * other.rows for other in levels[:level])
    return before + row * wanted.columns + column


def offsets_range(index: int) -> tuple[int, int]:
    """The bytes of the file that hold this tile's start and end."""
    start = _HEAD.size + index * _OFFSET.size
    return start, start + 2 * _OFFSET.size


def tile_range(offsets: bytes) -> tuple[int, int]:
    """The bytes of the tile, from what `offsets_range` pointed at."""
    start, end = struct.unpack("<QQ", offsets)
    return int(start), int(end)


def write_pyramid(source: UprightSource, target: Path, *, keep_px: int) -> Image.Image:
    """Write all tiles; returns the largest level whose long side is at most `keep_px`.

    Holds the source, one band of rows, and the level below: a quarter of the pixels.
    """
    levels = levels_of(source.width, source.height)
    kept: Image.Image | None = None
    with target.open("wb") as file:
        writer = _Writer(file, sum(level.columns * level.rows for level in levels))
        smaller = _write_level(writer, levels[0], _bands_of_source(source), source.mode)
        for level in levels[1:]:
            image = smaller
            if kept is None and max(image.size) <= keep_px:
                kept = image
            smaller = _write_level(writer, level, _bands_of_image(image), image.mode)
        writer.finish()
    return kept if kept is not None else source.whole()


def write_deep_pyramid(source: DeepSource, target: Path, *, keep_px: int) -> Samples:
    """The same of a deep image, in 16-bit grey PNG, for whoever sets a window at full size."""
    levels = levels_of(source.width, source.height)
    kept: Samples | None = None
    with target.open("wb") as file:
        writer = _Writer(file, sum(level.columns * level.rows for level in levels))
        bands = (
            source.region((0, top, source.width, min(top + TILE_PX, source.height)))
            for top in range(0, source.height, TILE_PX)
        )
        for level in levels:
            smaller = _write_deep_level(writer, level, bands)
            if kept is None and max(smaller.shape) <= keep_px:
                kept = smaller
            bands = (smaller[top : top + TILE_PX] for top in range(0, len(smaller), TILE_PX))
        writer.finish()
    return kept if kept is not None else source.whole()


def _write_deep_level(writer: "_Writer", level: Level, bands: Iterator[Samples]) -> Samples:
    halves = []
    for band in bands:
        for left in range(0, level.width, TILE_PX):
            writer.add_deep(band[:, left : left + TILE_PX])
        halves.append(halved(band))
    return np.vstack(halves)


class _Writer:
    def __init__(self, file: BinaryIO, count: int) -> None:
        self._file = file
        self._count = count
        self._offsets = [_HEAD.size + (count + 1) * _OFFSET.size]
        file.seek(self._offsets[0])

    def add(self, tile: Image.Image) -> None:
        buffer = BytesIO()
        tile.save(buffer, format="JPEG", quality=90, subsampling=0)
        self._append(buffer)

    def add_deep(self, samples: Samples) -> None:
        buffer = BytesIO()
        picture(samples).save(buffer, format="PNG", compress_level=_DEEP_COMPRESSION)
        self._append(buffer)

    def _append(self, buffer: BytesIO) -> None:
        self._offsets.append(self._offsets[-1] + self._file.write(buffer.getbuffer()))

    def finish(self) -> None:
        self._file.seek(0)
        self._file.write(_HEAD.pack(_MAGIC, _VERSION, self._count))
        self._file.write(b"".join(_OFFSET.pack(offset) for offset in self._offsets))


def _write_level(
    writer: _Writer, level: Level, bands: Iterator[Image.Image], mode: str
) -> Image.Image:
    """Cut bands of tile height into tiles; returns the level of half the size."""
    half = Image.new(mode, (-(-level.width // 2), -(-level.height // 2)))
    for row, band in enumerate(bands):
        for left in range(0, level.width, TILE_PX):
            writer.add(band.crop((left, 0, min(left + TILE_PX, level.width), band.height)))
        half.paste(band.reduce(2), (0, row * TILE_PX // 2))
    return half


def _bands_of_source(source: UprightSource) -> Iterator[Image.Image]:
    for top in range(0, source.height, TILE_PX):
        yield source.region((0, top, source.width, min(top + TILE_PX, source.height)))


def _bands_of_image(image: Image.Image) -> Iterator[Image.Image]:
    for top in range(0, image.height, TILE_PX):
        yield image.crop((0, top, image.width, min(top + TILE_PX, image.height)))
