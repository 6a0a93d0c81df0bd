"""The images that go along with an export."""

from pathlib import Path

from PIL import Image, ImageOps

from maskwright.storage import BlobStore

_EXIF_ORIENTATION = 0x0112
_ORIENTED_MEDIA_TYPES = frozenset({"image/jpeg", "image/tiff", "image/webp", "image/png"})
PNG = "image/png"


def fetch_image(
    blobs: BlobStore, original_key: str, media_type: str, scratch: Path
) -> tuple[Path, str]:
    """The image on disk, in the frame that its masks are in; with its media type.

    That is the original, byte for byte, unless it says by EXIF that it has to be turned: many
    readers do not heed that, and would see it across its masks. Such an image is turned for
    them, into a PNG, which loses nothing.
    """
    original = scratch / "image"
    blobs.download(original_key, original)
    if media_type not in _ORIENTED_MEDIA_TYPES:
        return original, media_type
    with Image.open(original) as image:
        if image.getexif().get(_EXIF_ORIENTATION, 1) == 1:
            return original, media_type
        turned = scratch / "turned.png"
        ImageOps.exif_transpose(image).save(turned, "PNG", compress_level=1)
    return turned, PNG
