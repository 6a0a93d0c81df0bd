"""Instance PNG: one map of object numbers per image in `masks/`, and what the numbers mean.

The files have 16 bits of grey; 0 is unlabelled, and an image's objects count from 1. The numbers
are explained in `instances.json`, image by image, and the classes in `classes.json`. Where
objects of several layers overlap, the higher layer shows.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np

from maskwright.exports.domain import ExportContext, ExportedImage, ExportedObject
from maskwright.exports.writers.archive import Archive
from maskwright.exports.writers.base import UsedCategories, image_entry
from maskwright.exports.writers.png import encode_grey
from maskwright.masks import raster


class InstancePngWriter:
    def __init__(self, archive: Archive, context: ExportContext) -> None:
        self._archive = archive
        self._categories = UsedCategories(context.categories)
        self._images = archive.json_lines("instances")

    def add(self, image: ExportedImage, objects: Sequence[ExportedObject]) -> None:
        self._categories.note(objects)
        path = f"masks/{image.stem}.png"
        numbers = range(1, len(objects) + 1)
        self._images.append(
            {
                **image_entry(image),
                "mask": path,
                "instances": [
                    {
                        "id": number,
                        "class": item.category.index,
                        "class_name": item.category.name,
                        "area": item.area,
                        "bbox": item.bbox,
                        "attributes": item.attributes,
                        "layer": item.layer,
                        "object_key": str(item.key),
                    }
                    for number, item in zip(numbers, objects, strict=True)
                ],
            }
        )
        # Widened to 16 bits band by band: of a large image, half the memory.
        dtype = np.uint8 if len(objects) < 256 else np.uint16
        instances = raster.label_map(
            [item.mask for item in objects], numbers, image.asset.size, dtype
        )
        self._archive.add_encoded(path, partial(encode_grey, instances, 16))

    def finish(self) -> None:
        self._archive.add_json(
            "classes.json",
            {
                "unlabelled": 0,
                "classes": [
                    {
                        "index": category.index,
                        "name": category.name,
                        "supercategory": category.supercategory,
                        "kind": category.kind.value,
                        "color": category.color,
                    }
                    for category in self._categories.listed()
                ],
            },
        )
        self._archive.add_json_list("instances.json", self._images)
