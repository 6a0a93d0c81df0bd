"""An original for people who take it elsewhere, in the frame that its masks are in."""

from pathlib import Path

from PIL import Image

from maskwright.assets.imaging.orientation import orientation_of, upright

_TIFF_ORIENTATION_TAG = 274


def turned_upright(original: Path, target: Path) -> bool:
    """Write the image to `target` as a PNG if it is stored lying; False where it is upright.

    Many readers ignore the orientation in a file, and would see the image across its masks. PNG
    keeps every pixel, and 16 bits where there are such.
    """
    with Image.open(original) as image:
        if image.format == "TIFF":
            # Pillow turns a TIFF itself while it is read; other readers may not.
            is_lying = bool(image.getexif().get(_TIFF_ORIENTATION_TAG, 1) != 1)
            orientation = 1
        else:
            orientation = orientation_of(image)
            is_lying = orientation != 1
        if is_lying:
            image.load()
            turned = upright(image, orientation)
            turned.save(target, "PNG", compress_level=1, exif=Image.Exif())
    return is_lying
