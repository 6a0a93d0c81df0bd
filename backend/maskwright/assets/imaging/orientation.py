"""The eight EXIF orientations: how a stored image is turned upright, and where a region of the
upright image lies in the stored one."""

from PIL import Image

Box = tuple[int, int, int, int]

_ORIENTATION_TAG = 0x0112
_TURNS: dict[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def orientation_of(image: Image.Image) -> int:
    """1 to 8, from the EXIF block that precedes the pixels; 1 where there is none.

    XMP is not asked, as browsers don't either. A TIFF is 1 always: Pillow turns it upright itself
    and already reports the upright size.
    """
    block = image.info.get("exif")
    if image.format == "TIFF" or not isinstance(block, bytes):
        return 1
    exif = Image.Exif()
    try:
        exif.load(block)
        value = exif.get(_ORIENTATION_TAG, 1)
    except (OSError, SyntaxError, ValueError, LookupError, TypeError, EOFError):
        return 1  # a damaged EXIF block does not make the pixels unusable
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def upright_size(stored: tuple[int, int], orientation: int) -> tuple[int, int]:
    """(width, height) after turning."""
    width, height = stored
    return (height, width) if orientation >= 5 else (width, height)


def upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def stored_box(box: Box, upright_width: int, upright_height: int, orientation: int) -> Box:
    """Where the region `box` (left, top, right, bottom) of the upright image is stored."""
    left, top, right, bottom = box
    w, h = upright_width, upright_height
    return {
        1: (left, top, right, bottom),
        2: (w - right, top, w - left, bottom),
        3: (w - right, h - bottom, w - left, h - top),
        4: (left, h - bottom, right, h - top),
        5: (top, left, bottom, right),
        6: (top, w - right, bottom, w - left),
        7: (h - bottom, w - right, h - top, w - left),
        8: (h - bottom, left, h - top, right),
    }[orientation]
