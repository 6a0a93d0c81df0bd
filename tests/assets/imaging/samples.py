"""Images made on the spot, good and bad."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

MAX_PIXELS = 200_000_000


def gradient(width: int, height: int) -> Image.Image:
    """RGB; red grows to the right, green downwards: no two corners are alike."""
    red = np.linspace(0, 255, width)[None, :].repeat(height, 0)
    green = np.linspace(0, 255, height)[:, None].repeat(width, 1)
    blue = np.full((height, width), 60.0)
    return Image.fromarray(np.dstack([red, green, blue]).astype(np.uint8))


def encoded(image: Image.Image, image_format: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, format=image_format, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


def write(folder: Path, content: bytes, name: str = "file") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def png_chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def png_bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A few kilobytes that claim 2.5 gigapixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            png_chunk(b"IHDR", header),
            png_chunk(b"IDAT", zlib.compress(bytes(100_000))),
            png_chunk(b"IEND", b""),
        ]
    )


def with_orientation(image: Image.Image, orientation: int) -> bytes:
    """A lossless-enough JPEG with this EXIF orientation."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(image, "JPEG", quality=100, subsampling=0, exif=exif.tobytes())


def deep_grey(width: int, height: int) -> NDArray[np.uint16]:
    """16-bit grey that uses a narrow band of its range, with one speck far outside of it."""
    values = np.linspace(1000, 3000, width * height).reshape(height, width).astype(np.uint16)
    values[height // 2, width // 2] = 65535
    return values
