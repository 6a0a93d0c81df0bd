"""What an attachment is. Its bytes decide; its name and what the client calls it do not.

A file that is two things at once (a PNG that holds a page) is what its first bytes say, and is
handed out as that alone: browsers are told not to guess.
"""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from maskwright.assets.domain import AttachmentKind
from maskwright.assets.errors import (
    AttachmentRefused,
    AttachmentTooLarge,
    FileEmpty,
    NotAnImage,
)
from maskwright.assets.imaging.formats import HEAD_BYTES, format_of
from maskwright.assets.imaging.probe import probe_image

#: A labeler reads it beside an image; a browser has to lay it out.
MAX_TEXT_BYTES = 2 * 1024**2
_MAX_IMAGE_PIXELS = 64_000_000

_WEBM_MARK = b"\x1a\x45\xdf\xa3"
_IMAGES_IN_MP4_CLOTHES = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_HTML = re.compile(
    r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*"
    r"<(?:!doctype\s+html|html|head|body|title|meta|script|iframe|style|table|div|section|article"
    r"|main|h[1-6]|p|a|b|br|img|ul|ol|font|form|link|object|embed|svg|template)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class AttachedFile:
    kind: AttachmentKind
    media_type: str


def attached_file(path: Path) -> AttachedFile:
    """Raises AttachmentRefused, AttachmentTooLarge or, for an image, what is wrong with it."""
    size = path.stat().st_size
    if size == 0:
        raise FileEmpty
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    video = _video_type(head)
    if video is not None:
        return AttachedFile(AttachmentKind.VIDEO, video)
    if _begins_like_an_image(head):
        return AttachedFile(AttachmentKind.IMAGE, _checked_image(path))
    if size > MAX_TEXT_BYTES:
        if _could_be_text(head):
            raise AttachmentTooLarge(size=size, max_bytes=MAX_TEXT_BYTES)
        raise AttachmentRefused
    return _text(path.read_bytes())


def _video_type(head: bytes) -> str | None:
    if head[4:8] == b"ftyp" and head[8:12] not in _IMAGES_IN_MP4_CLOTHES:
        return "video/mp4"
    if head.startswith(_WEBM_MARK) and b"webm" in head[:64]:
        return "video/webm"
    return None


def _begins_like_an_image(head: bytes) -> bool:
    try:
        format_of(head)
    except NotAnImage:
        return False
    # Two letters that many a text begins with as well.
    return not (head.startswith(b"BM") and _could_be_text(head))


def _checked_image(path: Path) -> str:
    """The media type of an image that browsers can show and that is whole as far as headers say."""
    probe = probe_image(path, max_pixels=_MAX_IMAGE_PIXELS)
    if not probe.format.is_for_browsers:
        raise AttachmentRefused(
            f"Browsers can't show {probe.format.value} images. Attach it as PNG or JPEG.",
            format=probe.format.value,
        )
    return probe.format.media_type


def _could_be_text(head: bytes) -> bool:
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")("strict").decode(head)
    except UnicodeDecodeError:
        return False
    return _CONTROL.search(text) is None


def _text(content: bytes) -> AttachedFile:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AttachmentRefused from None
    if _CONTROL.search(text) is not None:
        raise AttachmentRefused
    if _HTML.match(text):
        return AttachedFile(AttachmentKind.HTML, "text/html; charset=utf-8")
    return AttachedFile(AttachmentKind.TEXT, "text/plain; charset=utf-8")
