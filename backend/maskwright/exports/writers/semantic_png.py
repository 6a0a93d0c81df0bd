"""Semantic PNG: one label map per image in `masks/`, and `classes.json` to read them by.

A pixel's value is its class's index, 0 is unlabelled. The files have 8 bits and a palette of the
classes' colours, or 16 bits of grey in all files where a class of the project has an index over
255. Where objects of several layers overlap, the higher layer shows.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np

from maskwright.exports.domain import ExportContext, ExportedImage, ExportedObject
from maskwright.exports.writers.archive import Archive
from maskwright.exports.writers.base import UsedCategories, image_entry
from maskwright.exports.writers.png import encode_grey, encode_palette, palette_of
from maskwright.masks import raster

_UNUSED_COLOUR = (0, 0, 0)


class SemanticPngWriter:
    def __init__(self, archive: Archive, context: ExportContext) -> None:
        self._archive = archive
        self._categories = UsedCategories(context.categories)
        self._images = archive.json_lines("images")
        largest = max((category.index for category in context.categories), default=0)
        self._bits = 8 if largest < 256 else 16
        colours = {category.index: category.rgb for category in context.categories}
        self._palette = palette_of([colours.get(v, _UNUSED_COLOUR) for v in range(256)])

    def add(self, image: ExportedImage, objects: Sequence[ExportedObject]) -> None:
        self._categories.note(objects)
        path = f"masks/{image.stem}.png"
        self._images.append({**image_entry(image), "mask": path})
        classes = raster.label_map(
            [item.mask for item in objects],
            [item.category.index for item in objects],
            image.asset.size,
            np.uint8 if self._bits == 8 else np.uint16,
        )
        encode = (
            partial(encode_palette, classes, self._palette)
            if self._bits == 8
            else partial(encode_grey, classes, 16)
        )
        self._archive.add_encoded(path, encode)

    def finish(self) -> None:
        self._archive.add_json(
            "classes.json",
            {
                "unlabelled": 0,
                "bits": self._bits,
                "classes": [
                    {
                        "value": category.index,
                        "name": category.name,
                        "supercategory": category.supercategory,
                        "kind": category.kind.value,
                        "color": category.color,
                    }
                    for category in self._categories.listed()
                ],
            },
        )
        self._archive.add_json_list("images.json", self._images)
