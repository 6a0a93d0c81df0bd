"""Ground truth that came from outside, as label versions of nobody's."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.annotations.checking import ObjectRow
from maskwright.annotations.columns import mask_columns, object_columns
from maskwright.annotations.domain import Origin, TruthPlace, VersionKind
from maskwright.annotations.masks import MaskRow
from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import new_id

# One that does not count is kept like an answer to a gold: no list of labels shows it.
_WRITE = """
WITH stored AS (
    INSERT INTO mask (id, organization_id, asset_id, sha256, counts, area, bbox)
    SELECT m.id, %(organization)s, %(asset)s, m.sha256, m.counts, m.area,
           ARRAY[m.x, m.y, m.w, m.h]
    FROM unnest(
        %(mask_ids)b::uuid[], %(sha256s)b::bytea[], %(counts)b::bytea[], %(areas)b::bigint[],
        %(xs)b::integer[], %(ys)b::integer[], %(widths)b::integer[], %(heights)b::integer[]
    ) AS m (id, sha256, counts, area, x, y, w, h)
    ON CONFLICT DO NOTHING
), own AS (
    INSERT INTO label (
        id, organization_id, project_id, asset_id, task_id, author_id, round, is_gold,
        current_version_id)
    SELECT %(label)s, %(organization)s, %(project)s, %(asset)s, t.id, NULL, t.round,
           NOT %(is_label)s, CASE WHEN %(is_label)s THEN %(version)s::uuid END
    FROM task t WHERE t.id = %(task)s
    RETURNING id
), version AS (
    INSERT INTO label_version (
        id, organization_id, label_id, asset_id, number, kind, origin, ontology_version,
        object_count)
    SELECT %(version)s, %(organization)s, own.id, %(asset)s, 1, %(kind)s, %(origin)s,
           %(ontology)s, %(object_count)s
    FROM own
)
INSERT INTO label_object (
    organization_id, version_id, key, class_id, layer, "order", mask_id, attributes, provenance)
SELECT %(organization)s, %(version)s, o.key, o.class_id, o.layer, o.place, o.mask_id,
       o.attributes::jsonb, o.provenance::jsonb
FROM unnest(
    %(keys)b::uuid[], %(class_ids)b::uuid[], %(layers)b::integer[], %(orders)b::integer[],
    %(object_mask_ids)b::uuid[], %(attributes)b::text[], %(provenances)b::text[]
) AS o (key, class_id, layer, place, mask_id, attributes, provenance)
"""


def write_truth(
    session: Session,
    place: TruthPlace,
    objects: Sequence[ObjectRow],
    masks: Sequence[MaskRow],
    *,
    is_label: bool,
) -> UUID:
    """Keep it as a version; `is_label`: it is what counts for the image. Returns the version."""
    version_id = new_id()
    parameters: dict[str, Any] = {
        **mask_columns(masks),
        **object_columns(objects),
        "organization": place.organization_id,
        "project": place.project_id,
        "asset": place.asset_id,
        "task": place.task_id,
        "label": new_id(),
        "version": version_id,
        "is_label": is_label,
        "kind": VersionKind.IMPORTED.value,
        "origin": Origin.IMPORT.value,
        "ontology": place.ontology_version,
        "object_count": len(objects),
    }
    driver_connection(session).execute(_WRITE, parameters)
    return version_id
