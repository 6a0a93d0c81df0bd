"""The images that go along with an export."""

from pathlib import Path

from maskwright.assets.service import turned_upright
from maskwright.storage import BlobStore

PNG = "image/png"


def fetch_image(
    blobs: BlobStore, original_key: str, media_type: str, scratch: Path
) -> tuple[Path, str]:
    """The image on disk, in the frame that its masks are in; with its media type.

    That is the original, byte for byte, unless the file says that it has to be turned first.
    """
    original, turned = scratch / "image", scratch / "turned.png"
    blobs.download(original_key, original)
    return (turned, PNG) if turned_upright(original, turned) else (original, media_type)
