"""A reviewer's own version of somebody's label, as SQL on the driver's connection."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.annotations.checking import CheckedObjects
from maskwright.annotations.columns import object_columns
from maskwright.annotations.domain import VersionKind, VersionRef, WorkPlace
from maskwright.annotations.queries import store_masks
from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import new_id

# The label's row is locked by the update of its current version, so that numbers follow.
_APPEND = """
WITH own AS (
    UPDATE label SET
        current_version_id = CASE WHEN %(counts)s THEN %(version)s ELSE current_version_id END
    WHERE id = %(label)s RETURNING id
), version AS (
    INSERT INTO label_version (
        id, organization_id, label_id, asset_id, number, kind, origin, author_id, parent_id,
        lease_id, ontology_version, active_ms, object_count, image_attributes)
    SELECT %(version)s, %(organization)s, own.id, %(asset)s,
           1 + (SELECT max(number) FROM label_version WHERE label_id = own.id), %(kind)s, 'human',
           %(author)s, %(parent)s, %(lease)s, %(ontology)s, %(active_ms)s, %(object_count)s,
           %(image_attributes)s::jsonb
    FROM own
    RETURNING number
), objects AS (
    INSERT INTO label_object (
        organization_id, version_id, key, class_id, layer, "order", mask_id, attributes,
        provenance, relationships)
    SELECT %(organization)s, %(version)s, o.key, o.class_id, o.layer, o.place, o.mask_id,
           o.attributes::jsonb, o.provenance::jsonb, o.relationships::jsonb
    FROM unnest(
        %(keys)b::uuid[], %(class_ids)b::uuid[], %(layers)b::integer[], %(orders)b::integer[],
        %(object_mask_ids)b::uuid[], %(attributes)b::text[], %(provenances)b::text[],
        %(relationships)b::text[]
    ) AS o (key, class_id, layer, place, mask_id, attributes, provenance, relationships)
)
SELECT number FROM version
"""


def append_correction(
    session: Session,
    place: WorkPlace,
    checked: CheckedObjects,
    *,
    label_id: UUID,
    parent_id: UUID,
    active_ms: int,
    kind: VersionKind = VersionKind.REVIEWED,
) -> VersionRef:
    """Append a version by `place.author_id` to a label that is somebody else's; it counts now,
    unless it is an orphan."""
    store_masks(session, place, checked.masks)
    version_id = new_id()
    parameters: dict[str, Any] = {
        **object_columns(checked.objects),
        "version": version_id,
        "label": label_id,
        "organization": place.organization_id,
        "asset": place.asset_id,
        "kind": kind.value,
        "counts": kind is not VersionKind.ORPHAN,
        "author": place.author_id,
        "parent": parent_id,
        "lease": place.lease_id,
        "ontology": place.ontology_version,
        "active_ms": active_ms,
        "object_count": len(checked.objects),
        "image_attributes": checked.image_attributes,
    }
    row = driver_connection(session).execute(_APPEND, parameters).fetchone()
    if row is None:
        raise LookupError("A label was corrected and is not there.")
    return VersionRef(version_id, row[0])


_LATE = """
SELECT id FROM label_version
WHERE asset_id = %(asset)s AND lease_id = %(lease)s AND author_id = %(author)s AND kind = 'orphan'
"""


def late_correction(session: Session, place: WorkPlace) -> UUID | None:
    """What was kept of this review before: its sender did not hear of it."""
    parameters = {"asset": place.asset_id, "lease": place.lease_id, "author": place.author_id}
    row = driver_connection(session).execute(_LATE, parameters).fetchone()
    return row[0] if row else None
