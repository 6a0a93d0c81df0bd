"""What every format does, and what several of them write alike."""

from collections.abc import Sequence
from typing import Protocol

from maskwright.exports.domain import (
    Category,
    ExportContext,
    ExportedImage,
    ExportedObject,
)
from maskwright.exports.writers.archive import Archive
from maskwright.ontologies.domain import ClassKind


class ExportWriter(Protocol):
    """One format. It is handed the images one by one and keeps none of them in memory."""

    def __init__(self, archive: Archive, context: ExportContext) -> None: ...

    def add(self, image: ExportedImage, objects: Sequence[ExportedObject]) -> None:
        """Write one image; `objects` are in painting order."""

    def finish(self) -> None:
        """Write what stands at the end: lists that were spooled, the classes."""


class UsedCategories:
    """The classes that a file lists: those of the ontology, and retired ones that occurred."""

    def __init__(self, categories: Sequence[Category]) -> None:
        self._categories = categories
        self._used: set[int] = set()

    def note(self, objects: Sequence[ExportedObject]) -> None:
        self._used.update(item.category.index for item in objects)

    def listed(self) -> list[Category]:
        return [c for c in self._categories if not c.retired or c.index in self._used]


def image_entry(image: ExportedImage) -> dict[str, object]:
    """An image in COCO's terms, and how to find its asset again."""
    asset = image.asset
    return {
        "id": image.number,
        "file_name": image.file_name,
        "width": asset.width,
        "height": asset.height,
        "asset_id": str(asset.id),
        "external_id": asset.external_id,
        "original_name": asset.name,
        "attributes": image.attributes,
    }


def coco_category(category: Category) -> dict[str, object]:
    return {
        "id": category.index,
        "name": category.name,
        "supercategory": category.supercategory,
        "isthing": int(category.kind is ClassKind.THING),
        "color": list(category.rgb),
    }


def coco_info(context: ExportContext) -> dict[str, object]:
    return {
        "description": context.project_name,
        "version": f"ontology {context.ontology_version}",
        "year": context.created_at.year,
        "date_created": context.created_at.isoformat(),
        "contributor": "",
        "url": "",
    }
