"""What a file is, decided from its first bytes and never from its name."""

import re
from enum import Enum

from maskwright.assets.errors import NotAnImage

#: As many bytes as `format_of` wants to see.
HEAD_BYTES = 4096


class ImageFormat(Enum):
    """The formats that are taken. `value` is Pillow's name."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    TIFF = "TIFF"
    BMP = "BMP"

    @property
    def media_type(self) -> str:
        return f"image/{self.value.lower()}"

    @property
    def is_for_browsers(self) -> bool:
        return self in (ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP)


def is_zip(head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def format_of(head: bytes) -> ImageFormat:
    """The image format of a file that begins like this; raises NotAnImage, naming what it is."""
    for prefix, image_format in _PREFIXES:
        if head.startswith(prefix):
            return image_format
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return ImageFormat.WEBP
    kind = _kind_of_stranger(head)
    if kind is None:
        raise NotAnImage(kind="unknown")
    raise NotAnImage(
        f"The file is {kind}, whatever its name says. "
        "Upload JPEG, PNG, WebP, TIFF or BMP images, or a zip of them.",
        kind=kind.split(" ", 1)[1],
    )


_PREFIXES: tuple[tuple[bytes, ImageFormat], ...] = (
    (b"\xff\xd8\xff", ImageFormat.JPEG),
    (b"\x89PNG\r\n\x1a\n", ImageFormat.PNG),
    (b"II*\0", ImageFormat.TIFF),
    (b"MM\0*", ImageFormat.TIFF),
    (b"II+\0", ImageFormat.TIFF),
    (b"MM\0+", ImageFormat.TIFF),
    (b"BM", ImageFormat.BMP),
)

_STRANGERS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"GIF8", "a GIF"),
    (0, b"%PDF", "a PDF document"),
    (0, b"%!PS", "a PostScript document"),
    (0, b"PK\x03\x04", "a zip archive"),
    (0, b"PK\x05\x06", "a zip archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"7z\xbc\xaf", "a 7-Zip archive"),
    (0, b"Rar!", "a RAR archive"),
    (0, b"8BPS", "a Photoshop document"),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 image"),
    (0, b"\xff\x4f\xff\x51", "a JPEG 2000 image"),
    (0, b"\0\0\x01\0", "a Windows icon"),
    (0, b"\x76\x2f\x31\x01", "an OpenEXR image"),
    (0, b"#?RADIANCE", "a Radiance image"),
    (0, b"\x89HDF", "an HDF5 file"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ", "a program"),
    (128, b"DICM", "a DICOM file"),
    (4, b"ftypavif", "an AVIF image"),
    (4, b"ftyphei", "a HEIC image"),
    (4, b"ftypmif1", "a HEIC image"),
    (4, b"ftyp", "a video"),
    (8, b"AVI ", "a video"),
)

_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|script|iframe)\b", re.IGNORECASE)
_SVG = re.compile(rb"<(!doctype\s+svg|svg)\b", re.IGNORECASE)


def _kind_of_stranger(head: bytes) -> str | None:
    """What else it is, with its article, in words that a person knows."""
    for offset, mark, kind in _STRANGERS:
        if head.startswith(mark, offset):
            return kind
    text = _as_text(head)
    if text is None:
        return None
    if _SVG.search(text):
        return "an SVG drawing"
    if _HTML.search(text):
        return "an HTML page"
    if text.lstrip().startswith(b"<?xml"):
        return "an XML document"
    return "a text"


def _as_text(head: bytes) -> bytes | None:
    """The bytes as plain ASCII-like text, or None where they are not text at all."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    text = head.removeprefix(b"\xef\xbb\xbf")
    return None if b"\0" in text or not text.strip() else text
