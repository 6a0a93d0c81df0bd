"""COCO: instances (run lengths or polygons), and panoptic maps with what their numbers mean."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import numpy as np

from maskwright.gold.truths.domain import (
    Named,
    Truth,
    TruthObject,
    TruthProblem,
    TruthRefused,
    bare_name,
)
from maskwright.masks.codec import Rle, from_runs, parse_counts
from maskwright.masks.errors import InvalidMask
from maskwright.masks.raster import masks_from_label_map

Document = Mapping[str, Any]
ReadMap = Callable[[str], np.ndarray[Any, np.dtype[np.uint32]] | None]


def is_coco(document: object) -> bool:
    return isinstance(document, dict) and isinstance(document.get("annotations"), list)


def is_panoptic(document: Document) -> bool:
    return any("segments_info" in each for each in document["annotations"] if _is_object(each))


def truths_of_instances(source: str, document: Document) -> list[Truth]:
    """One for each image that the file lists, those without annotations too: there is nothing on
    them. Raises TruthRefused where the file is not what it seems."""
    names = _category_names(document)
    truths = _listed_images(source, document)
    for number, annotation in enumerate(document["annotations"], start=1):
        truth = truths.get(_id_of(annotation, "image_id"))
        if truth is None:
            raise _broken(f"Annotation {number} is of an image that the file does not list.")
        if truth.problem is not None or annotation.get("iscrowd") == 1:
            continue
        try:
            truth.objects.append(_instance(annotation, names, truth.size))
        except TruthRefused as error:
            truth.problem = error
    return list(truths.values())


def _instance(
    annotation: Document, names: Mapping[int, str], size: tuple[int, int] | None
) -> TruthObject:
    where = f"Annotation {annotation.get('id', '?')}"
    name = names.get(_id_of(annotation, "category_id"))
    if name is None:
        raise _broken(f"{where} has a category that the file does not list.")
    drawn = annotation.get("segmentation")
    attributes = annotation.get("attributes")
    kept = attributes if isinstance(attributes, dict) else {}
    if isinstance(drawn, dict):
        return TruthObject(name, mask=mask_of(drawn, where), attributes=kept)
    if isinstance(drawn, list) and drawn:
        rings = tuple(_ring(ring, where, size) for ring in drawn)
        return TruthObject(name, rings=rings, attributes=kept)
    raise _broken(f"{where} has no segmentation: boxes alone are no masks.", TruthProblem.BAD_MASK)


def mask_of(wire: Document, where: str) -> Rle:
    """Run lengths in either of COCO's forms: compressed text, or a list of numbers."""
    size, counts = wire.get("size"), wire.get("counts")
    if not (
        isinstance(size, list) and len(size) == 2 and all(isinstance(side, int) for side in size)
    ):
        raise _broken(f"{where}: a mask says its size as [height, width].", TruthProblem.BAD_MASK)
    try:
        if isinstance(counts, list):
            return from_runs(counts, (size[0], size[1]))
        if isinstance(counts, str):
            return parse_counts(counts.encode("ascii", "replace"), (size[0], size[1]))
    except InvalidMask as error:
        raise _broken(f"{where}: {error.detail}", TruthProblem.BAD_MASK) from error
    raise _broken(f"{where}: a mask needs its run lengths in `counts`.", TruthProblem.BAD_MASK)


def _ring(ring: object, where: str, size: tuple[int, int] | None) -> tuple[float, ...]:
    if (
        not isinstance(ring, list)
        or len(ring) < 6
        or len(ring) % 2
        or not all(isinstance(side, int | float) for side in ring)
    ):
        message = f"{where}: a polygon is [x1, y1, x2, y2, …] with three corners or more."
        raise _broken(message, TruthProblem.BAD_MASK)
    return tuple(float(side) for side in ring)


def truths_of_panoptic(source: str, document: Document, read_map: ReadMap) -> list[Truth]:
    """`read_map` gives the map of this file name, or None where it did not come."""
    names = _category_names(document)
    truths = _listed_images(source, document)
    for annotation in document["annotations"]:
        truth = truths.get(_id_of(annotation, "image_id"))
        if truth is None:
            raise _broken("An annotation is of an image that the file does not list.")
        try:
            truth.objects = _segments(annotation, names, read_map)
        except TruthRefused as error:
            truth.problem = error
    return list(truths.values())


def _segments(
    annotation: Document, names: Mapping[int, str], read_map: ReadMap
) -> list[TruthObject]:
    file_name = str(annotation.get("file_name", ""))
    numbers = read_map(bare_name(file_name))
    if numbers is None:
        raise _broken(f"Its map {bare_name(file_name)} did not come with the file.")
    classes = {
        _id_of(segment, "id"): names.get(_id_of(segment, "category_id"))
        for segment in annotation.get("segments_info", ())
        if _is_object(segment)
    }
    objects = []
    for number, mask in masks_from_label_map(numbers).items():
        name = classes.get(number)
        if name is None:
            raise _broken(f"The map has a segment {number} that the file does not explain.")
        objects.append(TruthObject(name, mask=mask))
    return objects


def image_named(entry: Document, *names: object) -> Named:
    """How an image's entry names it: by our own exports' fields, or by its file name."""
    found = [entry.get("original_name"), entry.get("file_name"), *names]
    asset_id = None
    if isinstance(entry.get("asset_id"), str):
        try:
            asset_id = UUID(entry["asset_id"])
        except ValueError:
            asset_id = None  # another program's; the names are left
    external_id = entry.get("external_id")
    return Named(
        asset_id,
        external_id if isinstance(external_id, str) else None,
        tuple(dict.fromkeys(bare_name(name) for name in found if isinstance(name, str) and name)),
    )


def size_of(entry: Document) -> tuple[int, int] | None:
    height, width = entry.get("height"), entry.get("width")
    return (height, width) if isinstance(height, int) and isinstance(width, int) else None


def _listed_images(source: str, document: Document) -> dict[int, Truth]:
    images = document.get("images")
    if not isinstance(images, list) or not all(_is_object(each) for each in images):
        raise _broken("A COCO file lists its images in `images`.")
    return {
        _id_of(each, "id"): Truth(source, image_named(each), size=size_of(each)) for each in images
    }


def _category_names(document: Document) -> dict[int, str]:
    categories = document.get("categories")
    if not isinstance(categories, list) or not all(_is_object(each) for each in categories):
        raise _broken("A COCO file lists its classes in `categories`.")
    return {_id_of(each, "id"): str(each.get("name", "")) for each in categories}


def _id_of(entry: object, name: str) -> int:
    value = entry.get(name) if isinstance(entry, dict) else None
    if not isinstance(value, int):
        raise _broken(f"An entry of the file has no `{name}`.")
    return value


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _broken(message: str, problem: TruthProblem = TruthProblem.NOT_UNDERSTOOD) -> TruthRefused:
    return TruthRefused(problem, message)
