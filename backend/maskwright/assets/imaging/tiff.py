"""What Pillow needs to be told about some TIFFs."""

from PIL import Image
from PIL.TiffImagePlugin import OPEN_INFO, TiffImageFile

_BITS, _PHOTOMETRIC, _FILL_ORDER, _SAMPLES, _PLANES, _SAMPLE_FORMAT = 258, 262, 266, 277, 284, 339
_SEPARATE = 2


def mend_single_plane(image: Image.Image) -> None:
    """Let an uncompressed image of one channel be read though it says "each channel by itself".

    GDAL writes its GeoTIFFs so. Pillow (13.0, `_setup`) then takes one letter of the raw mode per
    channel, and of `I;16` only the `I`.
    """
    if not isinstance(image, TiffImageFile):
        return
    tags = image.tag_v2
    if tags.get(_PLANES) != _SEPARATE or tags.get(_SAMPLES, 1) != 1:
        return
    key = (
        tags.prefix,
        tags.get(_PHOTOMETRIC, 0),
        tuple(tags.get(_SAMPLE_FORMAT, (1,))),
        tags.get(_FILL_ORDER, 1),
        tuple(tags.get(_BITS, (1,))),
        (),
    )
    if key in OPEN_INFO:
        _, raw_mode = OPEN_INFO[key]
        image.tile = [
            tile._replace(args=(raw_mode, *tile.args[1:]))
            if tile.codec_name == "raw" and isinstance(tile.args, tuple)
            else tile
            for tile in image.tile
        ]
