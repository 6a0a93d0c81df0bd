"""NDJSON: `objects.ndjson`, one object a line with all that is known of it, and `assets.ndjson`,
one image a line with the label version that its objects are from. Both can be read as a stream."""

from collections.abc import Sequence

from maskwright.exports.domain import ExportContext, ExportedImage, ExportedObject, ExportedVersion
from maskwright.exports.writers.archive import Archive
from maskwright.exports.writers.base import image_entry


class NdjsonWriter:
    def __init__(self, archive: Archive, context: ExportContext) -> None:
        self._archive = archive
        self._assets = archive.json_lines("assets")
        self._objects = archive.json_lines("objects")

    def add(self, image: ExportedImage, objects: Sequence[ExportedObject]) -> None:
        asset = image.asset
        version = asset.version
        self._assets.append(
            {
                **image_entry(image),
                "objects": len(objects),
                "label_version": _version_entry(version) if version else None,
            }
        )
        for item in objects:
            self._objects.append(
                {
                    "key": str(item.key),
                    "asset": {
                        "id": str(asset.id),
                        "external_id": asset.external_id,
                        "name": asset.name,
                        "file_name": image.file_name,
                    },
                    "class": {
                        "id": str(item.category.id),
                        "index": item.category.index,
                        "name": item.category.name,
                    },
                    "layer": item.layer,
                    "mask": item.mask.to_wire(),
                    "area": item.area,
                    "bbox": item.bbox,
                    "attributes": item.attributes,
                    "provenance": item.provenance,
                    "relationships": item.relationships,
                    "label_version": str(version.id) if version else None,
                }
            )

    def finish(self) -> None:
        self._archive.add_ndjson("assets.ndjson", self._assets)
        self._archive.add_ndjson("objects.ndjson", self._objects)


def _version_entry(version: ExportedVersion) -> dict[str, object]:
    return {
        "id": str(version.id),
        "number": version.number,
        "kind": version.kind.value,
        "origin": version.origin.value,
        "ontology_version": version.ontology_version,
        "active_ms": version.active_ms,
        "created_at": version.created_at.isoformat(),
    }
