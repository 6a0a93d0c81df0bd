"""YOLO segmentation: `labels/<image>.txt`, a line per object, and `data.yaml`.

A line is the class and the outline, x and y in parts of width and height. The format knows
neither holes nor objects of several parts: they are joined by seams without area
(masks.polygons.bridged). Classes count from 0 without gaps, as the format wants it; data.yaml
names them in the order of their indices.
"""

from collections.abc import Sequence

import numpy as np

from maskwright.exports.domain import ExportContext, ExportedImage, ExportedObject
from maskwright.exports.writers.archive import Archive, to_json
from maskwright.exports.writers.base import image_entry
from maskwright.masks import polygons
from maskwright.masks.polygons import Ring


class YoloSegWriter:
    def __init__(self, archive: Archive, context: ExportContext) -> None:
        self._archive = archive
        self._categories = context.categories
        self._class_number = {c.index: number for number, c in enumerate(context.categories)}
        self._images = archive.json_lines("images")

    def add(self, image: ExportedImage, objects: Sequence[ExportedObject]) -> None:
        path = f"labels/{image.stem}.txt"
        self._images.append({**image_entry(image), "label": path})
        lines = [
            f"{self._class_number[item.category.index]} {_outline(item, image)}\n"
            for item in objects
            if item.area
        ]
        self._archive.add_bytes(path, "".join(lines).encode(), is_compressed=False)

    def finish(self) -> None:
        # JSON strings are YAML strings.
        names = "".join(
            f"  {self._class_number[category.index]}: {to_json(category.name)}\n"
            for category in self._categories
        )
        header = "path: .\ntrain: images\nval: images\n"
        listed = f"names:\n{names}" if names else "names: {}\n"
        self._archive.add_bytes("data.yaml", (header + listed).encode(), is_compressed=False)
        self._archive.add_json_list("images.json", self._images)


def _outline(item: ExportedObject, image: ExportedImage) -> str:
    ring: Ring = polygons.bridged(polygons.outlines(item.mask))
    parts = ring / np.array([image.asset.width, image.asset.height])
    # Seven digits place a corner to 1/1000 px in an image of 10,000 px.
    return " ".join(f"{value:.7g}" for value in parts.ravel())
