"""Whether a file is whole, told by walking its structure: no pixel is decoded, memory stays flat.

What is missed here is found when the image is decoded by a worker.
"""

import struct
from collections.abc import Callable, Iterator
from typing import BinaryIO

from maskwright.assets.errors import ImageBroken, ImageTruncated
from maskwright.assets.imaging.formats import ImageFormat

#: No tag of an honest TIFF but its tables of strips comes near this.
_MAX_TAG_BYTES = 16 * 1024**2
_TIFF_TYPE_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_TIFF_TYPE_BYTES |= {13: 4, 16: 8, 17: 8, 18: 8}
_JPEG_TAIL_BYTES = 64 * 1024


def check_structure(file: BinaryIO, image_format: ImageFormat, size: int) -> None:
    """Raise ImageTruncated where the file must have been longer, ImageBroken where its structure
    makes no sense. `size` is the file's in bytes."""
    file.seek(0)
    try:
        _CHECKS[image_format](file, size)
    except (struct.error, EOFError) as error:
        raise ImageTruncated from error
    finally:
        file.seek(0)


def webp_canvas(head: bytes) -> tuple[int, int]:
    """Width and height of a WebP: read by us, because Pillow allocates the canvas to find out."""
    chunk = head[12:16]
    if chunk == b"VP8X" and len(head) >= 30:
        return (
            int.from_bytes(head[24:27], "little") + 1,
            int.from_bytes(head[27:30], "little") + 1,
        )
    if chunk == b"VP8L" and len(head) >= 25:
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    if chunk == b"VP8 " and len(head) >= 30:
        width, height = struct.unpack_from("<HH", head, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise ImageBroken


def _check_jpeg(file: BinaryIO, size: int) -> None:
    """The end-of-image marker stands near the end (trailers may follow it). It can't occur inside
    the compressed pixels, so a file that was cut there is noticed; the decoder insists on it."""
    file.seek(max(0, size - _JPEG_TAIL_BYTES))
    if b"\xff\xd9" not in file.read(_JPEG_TAIL_BYTES):
        raise ImageTruncated


def _check_png(file: BinaryIO, size: int) -> None:
    """Chunks up to IEND, whose lengths stay inside the file."""
    position = 8
    while True:
        file.seek(position)
        length, kind = struct.unpack(">I4s", _exactly(file, 8))
        position += 12 + length
        if position > size:
            raise ImageTruncated
        if kind == b"IEND":
            return


def _check_webp(file: BinaryIO, size: int) -> None:
    _, length = struct.unpack("<4sI", _exactly(file, 8))
    if length + 8 > size:
        raise ImageTruncated


def _check_bmp(file: BinaryIO, size: int) -> None:
    """Uncompressed rows must fit; compressed ones are left to the decoder."""
    header = _exactly(file, 14)
    pixels_at = struct.unpack_from("<I", header, 10)[0]
    header_bytes = struct.unpack("<I", _exactly(file, 4))[0]
    if header_bytes == 12:
        width, height, _, bits = struct.unpack("<HHHH", _exactly(file, 8))
        compression = 0
    else:
        width, height, _, bits, compression = struct.unpack("<iiHHI", _exactly(file, 16))
    row_bytes = (width * bits + 31) // 32 * 4
    if compression in (0, 3) and pixels_at + row_bytes * abs(height) > size:
        raise ImageTruncated


def _check_tiff(file: BinaryIO, size: int) -> None:
    """The first page's tags and strips lie inside the file, and no tag is absurdly large."""
    tags = dict(_tiff_tags(file, size))
    for offsets, counts in ((273, 279), (324, 325)):
        if offsets in tags and counts in tags:
            starts, lengths = tags[offsets](), tags[counts]()
            ends = (start + length for start, length in zip(starts, lengths, strict=False))
            if max(ends, default=0) > size:
                raise ImageTruncated


def _tiff_tags(file: BinaryIO, size: int) -> Iterator[tuple[int, Callable[[], Iterator[int]]]]:
    """Tag numbers of the first page, each with a function that reads its whole numbers."""
    head = _exactly(file, 16)
    order = "<" if head.startswith(b"II") else ">"
    big = head[2:4] in (b"+\0", b"\0+")
    first_page = struct.unpack_from(order + ("Q" if big else "I"), head, 8 if big else 4)[0]
    count_format, entry_format = ("Q", "HHQ8s") if big else ("H", "HHI4s")
    file.seek(first_page)
    count_bytes = struct.calcsize(order + count_format)
    entries = struct.unpack(order + count_format, _exactly(file, count_bytes))[0]
    if entries > 10_000:
        raise ImageBroken
    entry_bytes = struct.calcsize(order + entry_format)
    table = _exactly(file, entries * entry_bytes)
    for tag, kind, count, value in struct.iter_unpack(order + entry_format, table):
        length = _TIFF_TYPE_BYTES.get(kind, 1) * count
        if length > _MAX_TAG_BYTES:
            raise ImageBroken
        place = None
        if length > len(value):
            place = struct.unpack(order + ("Q" if big else "I"), value)[0]
            if place + length > size:
                raise ImageTruncated
        yield tag, _tiff_numbers(file, order, kind, count, value if place is None else place)


def _tiff_numbers(
    file: BinaryIO, order: str, kind: int, count: int, where: bytes | int
) -> Callable[[], Iterator[int]]:
    letter = {3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}.get(kind)

    def read() -> Iterator[int]:
        if letter is None:
            return
        length = struct.calcsize(order + letter) * count
        if isinstance(where, bytes):
            table = where[:length]
        else:
            file.seek(where)
            table = _exactly(file, length)
        for (number,) in struct.iter_unpack(order + letter, table):
            yield number

    return read


def _exactly(file: BinaryIO, count: int) -> bytes:
    read = file.read(count)
    if len(read) < count:
        raise EOFError
    return read


_CHECKS: dict[ImageFormat, Callable[[BinaryIO, int], None]] = {
    ImageFormat.JPEG: _check_jpeg,
    ImageFormat.PNG: _check_png,
    ImageFormat.WEBP: _check_webp,
    ImageFormat.BMP: _check_bmp,
    ImageFormat.TIFF: _check_tiff,
}
