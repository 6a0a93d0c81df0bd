"""COCO panoptic: `annotations/panoptic.json` and a PNG per image in `panoptic/`.

A pixel's colour is its segment's id, red + 256 · green + 65536 · blue, and 0 is unlabelled. Every
pixel belongs to one segment: where objects of several layers overlap, the higher layer shows, and
areas and boxes are those of what shows. All stuff of a class in an image is one segment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from maskwright.exports.domain import Category, ExportContext, ExportedImage, ExportedObject
from maskwright.exports.writers.archive import Archive
from maskwright.exports.writers.base import (
    UsedCategories,
    coco_category,
    coco_info,
    image_entry,
)
from maskwright.exports.writers.png import encode_rgb_ids
from maskwright.masks import algebra, codec, raster
from maskwright.masks.codec import Box, Rle
from maskwright.ontologies.domain import ClassKind


@dataclass(frozen=True, slots=True)
class _Segment:
    category: Category
    mask: Rle
    area: int
    bbox: Box


class CocoPanopticWriter:
    def __init__(self, archive: Archive, context: ExportContext) -> None:
        self._archive = archive
        self._context = context
        self._categories = UsedCategories(context.categories)
        self._images = archive.json_lines("images")
        self._annotations = archive.json_lines("annotations")

    def add(self, image: ExportedImage, objects: Sequence[ExportedObject]) -> None:
        self._categories.note(objects)
        self._images.append(image_entry(image))
        segments = _segments(objects)
        numbers = range(1, len(segments) + 1)
        file_name = f"{image.stem}.png"
        ids = raster.label_map(
            [segment.mask for segment in segments],
            numbers,
            image.asset.size,
            np.uint8 if len(segments) < 256 else np.uint32,
        )
        self._archive.add_encoded(f"panoptic/{file_name}", partial(encode_rgb_ids, ids))
        self._annotations.append(
            {
                "image_id": image.number,
                "file_name": file_name,
                "segments_info": [
                    {
                        "id": number,
                        "category_id": segment.category.index,
                        "area": segment.area,
                        "bbox": segment.bbox,
                        "iscrowd": 0,
                    }
                    for number, segment in zip(numbers, segments, strict=True)
                ],
            }
        )

    def finish(self) -> None:
        self._archive.add_json(
            "annotations/panoptic.json",
            {
                "info": coco_info(self._context),
                "licenses": [],
                "categories": [coco_category(c) for c in self._categories.listed()],
                "images": self._images,
                "annotations": self._annotations,
            },
        )


def _segments(objects: Sequence[ExportedObject]) -> list[_Segment]:
    """What shows of each thing, and of each class of stuff; what shows nowhere is left out."""
    shown = _without_what_is_covered(objects)
    segments: list[_Segment] = []
    stuff: dict[int, list[_Segment]] = {}
    for segment in shown:
        if segment.category.kind is ClassKind.STUFF:
            stuff.setdefault(segment.category.index, []).append(segment)
        else:
            segments.append(segment)
    segments.extend(_joined(parts) for parts in stuff.values())
    return segments


def _joined(parts: Sequence[_Segment]) -> _Segment:
    if len(parts) == 1:
        return parts[0]
    return _segment(parts[0].category, algebra.union([part.mask for part in parts]))


def _without_what_is_covered(objects: Sequence[ExportedObject]) -> list[_Segment]:
    """Objects of one layer are disjoint, so that only further layers can cover anything."""
    layers = {item.layer for item in objects}
    shown: list[_Segment] = []
    for position, item in enumerate(objects):
        above = [other.mask for other in objects[position + 1 :] if other.layer > item.layer]
        if not above or len(layers) == 1:
            shown.append(_Segment(item.category, item.mask, item.area, item.bbox))
        else:
            mask = algebra.difference(item.mask, algebra.union(above))
            shown.append(_segment(item.category, mask))
    return [segment for segment in shown if segment.area]


def _segment(category: Category, mask: Rle) -> _Segment:
    return _Segment(category, mask, codec.area(mask), codec.bbox(mask))
