"""A label as the statements take it that write it: its masks and its objects as one array for each
column, which `unnest` turns into rows again."""

from collections.abc import Sequence
from typing import Any

from maskwright.annotations.checking import CheckedObjects, ObjectRow
from maskwright.annotations.domain import VersionKind, WorkPlace
from maskwright.annotations.masks import MaskRow
from maskwright.kernel.ids import new_id

#: The parameters of `write_label_version`, a function in the database.
VERSION_TYPES = """
organization:uuid project:uuid asset:uuid task:uuid author:uuid lease:uuid
new_label:uuid version:uuid kind:text is_gold:bool
ontology:int4 active_ms:int8 image_attributes:text
mask_ids:uuid[] sha256s:bytea[] counts:bytea[] areas:int8[] boxes:int4[]
keys:uuid[] class_ids:uuid[] layers:int4[] orders:int4[] object_mask_ids:uuid[]
attributes:text[] provenances:text[] relationships:text[]
"""


def version_values(
    place: WorkPlace, kind: VersionKind, checked: CheckedObjects, *, active_ms: int
) -> dict[str, Any]:
    """The values of `VERSION_TYPES` by their names."""
    return {
        "organization": place.organization_id,
        "project": place.project_id,
        "asset": place.asset_id,
        "task": place.task_id,
        "author": place.author_id,
        "lease": place.lease_id,
        "new_label": new_id(),
        "version": new_id(),
        "kind": kind.value,
        "is_gold": place.is_gold,
        "ontology": place.ontology_version,
        "active_ms": active_ms,
        "image_attributes": checked.image_attributes,
        **_columns(checked.masks, checked.objects),
    }


#: Of the parameters of `submit_labels`, those that many labels' masks and objects are written by.
LABEL_TYPES = """
mask_labels:int4[] mask_ids:uuid[] sha256s:bytea[] counts:bytea[] areas:int8[] boxes:int4[]
object_labels:int4[] keys:uuid[] class_ids:uuid[] layers:int4[] orders:int4[]
object_mask_ids:uuid[] attributes:text[] provenances:text[] relationships:text[]
"""


def label_columns(labels: Sequence[CheckedObjects]) -> dict[str, Any]:
    """The values of `LABEL_TYPES` by their names. Labels are numbered from 1."""
    masks = [mask for label in labels for mask in label.masks]
    objects = [row for label in labels for row in label.objects]
    return {
        "mask_labels": [n for n, label in enumerate(labels, 1) for _ in label.masks],
        "object_labels": [n for n, label in enumerate(labels, 1) for _ in label.objects],
        **_columns(masks, objects),
    }


def _columns(masks: Sequence[MaskRow], objects: Sequence[ObjectRow]) -> dict[str, Any]:
    return {
        "mask_ids": [mask.id for mask in masks],
        "sha256s": [mask.sha256 for mask in masks],
        "counts": [mask.counts for mask in masks],
        "areas": [mask.area for mask in masks],
        "boxes": [side for mask in masks for side in mask.bbox],
        "keys": [row.key for row in objects],
        "class_ids": [row.class_id for row in objects],
        "layers": [row.layer for row in objects],
        "orders": [row.order for row in objects],
        "object_mask_ids": [row.mask_id for row in objects],
        "attributes": _unless_all_are("{}", [row.attributes for row in objects]),
        "provenances": _unless_all_are("{}", [row.provenance for row in objects]),
        "relationships": _unless_all_are("[]", [row.relationships for row in objects]),
    }


def _unless_all_are(nothing: str, texts: list[str]) -> list[str]:
    """Empty where none says anything: Postgres need not read that for each object."""
    return texts if texts.count(nothing) < len(texts) else []


def mask_columns(masks: Sequence[MaskRow]) -> dict[str, Any]:
    """The same for statements of the driver's own."""
    return {
        "mask_ids": [mask.id for mask in masks],
        "sha256s": [mask.sha256 for mask in masks],
        "counts": [mask.counts for mask in masks],
        "areas": [mask.area for mask in masks],
        "xs": [mask.bbox.x for mask in masks],
        "ys": [mask.bbox.y for mask in masks],
        "widths": [mask.bbox.width for mask in masks],
        "heights": [mask.bbox.height for mask in masks],
    }


def object_columns(objects: Sequence[ObjectRow]) -> dict[str, Any]:
    return {
        "keys": [row.key for row in objects],
        "class_ids": [row.class_id for row in objects],
        "layers": [row.layer for row in objects],
        "orders": [row.order for row in objects],
        "object_mask_ids": [row.mask_id for row in objects],
        "attributes": [row.attributes for row in objects],
        "provenances": [row.provenance for row in objects],
        "relationships": [row.relationships for row in objects],
    }
