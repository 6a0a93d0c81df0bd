"""COCO instances: `annotations/instances.json`.

Stuff is written too, with `isthing` 0 in its category: an export loses nothing that was labelled
unless the filter says so. Every mask is run-length encoded, with `iscrowd` 0 all the same: it is
one object with holes and parts as they were drawn, which polygons could not hold.
"""

from collections.abc import Sequence

from maskwright.exports.domain import ExportContext, ExportedImage, ExportedObject
from maskwright.exports.writers.archive import Archive
from maskwright.exports.writers.base import (
    UsedCategories,
    coco_category,
    coco_info,
    image_entry,
)


class CocoInstancesWriter:
    def __init__(self, archive: Archive, context: ExportContext) -> None:
        self._archive = archive
        self._context = context
        self._categories = UsedCategories(context.categories)
        self._images = archive.json_lines("images")
        self._annotations = archive.json_lines("annotations")

    def add(self, image: ExportedImage, objects: Sequence[ExportedObject]) -> None:
        self._categories.note(objects)
        self._images.append(image_entry(image))
        for item in objects:
            self._annotations.append(
                {
                    "id": self._annotations.count + 1,
                    "image_id": image.number,
                    "category_id": item.category.index,
                    "segmentation": item.mask.to_wire(),
                    "area": item.area,
                    "bbox": item.bbox,
                    "iscrowd": 0,
                    "attributes": item.attributes,
                    "layer": item.layer,
                    "object_key": str(item.key),
                }
            )

    def finish(self) -> None:
        self._archive.add_json(
            "annotations/instances.json",
            {
                "info": coco_info(self._context),
                "licenses": [],
                "categories": [coco_category(c) for c in self._categories.listed()],
                "images": self._images,
                "annotations": self._annotations,
            },
        )
