"""Every statement about predictions, as SQL on the driver's connection."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.annotations.checking import ObjectRow
from maskwright.annotations.masks import MaskRow
from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import new_id
from maskwright.predictions.domain import ModelName, ModelSummary, PredictedImage

_HOLD_MODEL = """
INSERT INTO prediction_model (id, organization_id, project_id, name, version, created_by)
VALUES (%(id)s, %(organization)s, %(project)s, %(name)s, %(version)s, %(person)s)
ON CONFLICT (project_id, name, version) DO UPDATE SET deleted_at = NULL
RETURNING id
"""


def hold_model(
    session: Session,
    organization_id: UUID,
    project_id: UUID,
    model: ModelName,
    person_id: UUID | None,
) -> UUID:
    """The model's id, made where it is new. Its row is locked: what comes for one model at once is
    written one after the other."""
    row = (
        driver_connection(session)
        .execute(
            _HOLD_MODEL,
            {
                "id": new_id(),
                "organization": organization_id,
                "project": project_id,
                "name": model.name,
                "version": model.version,
                "person": person_id,
            },
        )
        .fetchone()
    )
    if row is None:
        raise LookupError("A model was kept and is not there.")
    model_id: UUID = row[0]
    return model_id


@dataclass(frozen=True, slots=True)
class Place:
    """An image that can have predictions, or could: `task_id` is None before it is ready."""

    asset_id: UUID
    external_id: str | None
    name: str
    height: int | None
    width: int | None
    task_id: UUID | None


_PLACES = """
SELECT a.id AS asset_id, a.external_id, a.name, a.height, a.width, t.id AS task_id
FROM asset a
LEFT JOIN task t ON t.asset_id = a.id AND t.stage = 'label' AND t.slot = 1 AND t.gold_id IS NULL
WHERE a.project_id = %(project)s AND a.deleted_at IS NULL
  AND (a.id = ANY (%(ids)s) OR a.external_id = ANY (%(external_ids)s) OR a.name = ANY (%(names)s))
LIMIT %(limit)s
"""


def find_places(
    session: Session,
    project_id: UUID,
    *,
    ids: Sequence[UUID],
    external_ids: Sequence[str],
    names: Sequence[str],
    limit: int = 10_000,
) -> list[Place]:
    """The images of a project that are named in any of these ways."""
    parameters = {
        "project": project_id,
        "ids": list(ids),
        "external_ids": list(external_ids),
        "names": list(names),
        "limit": limit,
    }
    with driver_connection(session).cursor(row_factory=class_row(Place)) as cursor:
        return cursor.execute(_PLACES, parameters).fetchall()


def digests_of(session: Session, model_id: UUID, asset_ids: Sequence[UUID]) -> dict[UUID, bytes]:
    """What the model said of these images before, by its digest."""
    rows = driver_connection(session).execute(
        "SELECT asset_id, content_sha256 FROM prediction "
        "WHERE model_id = %b AND asset_id = ANY (%b)",
        (model_id, list(asset_ids)),
    )
    return {asset_id: bytes(digest) for asset_id, digest in rows}


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
        id, organization_id, project_id, asset_id, task_id, author_id, model_id,
        current_version_id)
    VALUES (%(label)s, %(organization)s, %(project)s, %(asset)s, %(task)s, NULL, %(model)s,
            %(version)s)
    ON CONFLICT (model_id, asset_id) WHERE model_id IS NOT NULL
    DO UPDATE SET current_version_id = excluded.current_version_id
    RETURNING id
), parent AS (
    SELECT id, number FROM label_version
    WHERE label_id = (SELECT id FROM own) ORDER BY number DESC LIMIT 1
), version AS (
    INSERT INTO label_version (
        id, organization_id, label_id, asset_id, number, kind, origin, parent_id,
        ontology_version, object_count)
    SELECT %(version)s, %(organization)s, own.id, %(asset)s,
           1 + coalesce((SELECT number FROM parent), 0), 'imported', 'model',
           (SELECT id FROM parent), %(ontology)s, %(object_count)s
    FROM own
), objects AS (
    INSERT INTO label_object (
        organization_id, version_id, key, class_id, layer, "order", mask_id, attributes,
        provenance)
    SELECT %(organization)s, %(version)s, o.key, o.class_id, o.layer, o.place, o.mask_id,
           o.attributes::jsonb, o.provenance::jsonb
    FROM unnest(
        %(keys)b::uuid[], %(class_ids)b::uuid[], %(layers)b::integer[], %(orders)b::integer[],
        %(object_mask_ids)b::uuid[], %(attributes)b::text[], %(provenances)b::text[]
    ) AS o (key, class_id, layer, place, mask_id, attributes, provenance)
)
INSERT INTO prediction (
    organization_id, model_id, asset_id, project_id, label_id, version_id, content_sha256, objects,
    confidence)
SELECT %(organization)s, %(model)s, %(asset)s, %(project)s, own.id, %(version)s, %(digest)b,
       %(object_count)s, %(confidence)s
FROM own
ON CONFLICT (model_id, asset_id) DO UPDATE SET
    label_id = excluded.label_id, version_id = excluded.version_id,
    content_sha256 = excluded.content_sha256, objects = excluded.objects,
    confidence = excluded.confidence, updated_at = clock_timestamp()
"""


@dataclass(frozen=True, slots=True)
class Written:
    """One image's predictions ready to be stored."""

    organization_id: UUID
    project_id: UUID
    model_id: UUID
    asset_id: UUID
    task_id: UUID
    ontology_version: int
    digest: bytes
    confidence: float | None
    objects: Sequence[ObjectRow]
    masks: Sequence[MaskRow]


def write_prediction(session: Session, written: Written) -> None:
    """Make this what the model says of the image; what it said before stays as a version."""
    masks, objects = written.masks, written.objects
    parameters: dict[str, Any] = {
        "organization": written.organization_id,
        "project": written.project_id,
        "asset": written.asset_id,
        "task": written.task_id,
        "model": written.model_id,
        "label": new_id(),
        "version": new_id(),
        "ontology": written.ontology_version,
        "digest": written.digest,
        "confidence": written.confidence,
        "object_count": len(objects),
        "mask_ids": [mask.id for mask in masks],
        "sha256s": [mask.sha256 for mask in masks],
        "counts": [mask.counts for mask in masks],
        "areas": [mask.area for mask in masks],
        "xs": [mask.bbox.x for mask in masks],
        "ys": [mask.bbox.y for mask in masks],
        "widths": [mask.bbox.width for mask in masks],
        "heights": [mask.bbox.height for mask in masks],
        "keys": [row.key for row in objects],
        "class_ids": [row.class_id for row in objects],
        "layers": [row.layer for row in objects],
        "orders": [row.order for row in objects],
        "object_mask_ids": [row.mask_id for row in objects],
        "attributes": [row.attributes for row in objects],
        "provenances": [row.provenance for row in objects],
    }
    driver_connection(session).execute(_WRITE, parameters, prepare=True)


_MODELS = """
SELECT m.id, m.name, m.version, m.created_at, max(p.updated_at) AS newest_at,
       count(p.asset_id) AS images, coalesce(sum(p.objects), 0)::bigint AS objects,
       avg(p.confidence) AS confidence,
       m.id IS NOT DISTINCT FROM project.prelabel_model_id AS is_prelabel
FROM prediction_model m
JOIN project ON project.id = m.project_id
LEFT JOIN (prediction p JOIN asset a ON a.id = p.asset_id AND a.deleted_at IS NULL)
    ON p.model_id = m.id
WHERE m.project_id = %(project)s AND m.deleted_at IS NULL
  AND (%(model)s::uuid IS NULL OR m.id = %(model)s)
GROUP BY m.id, project.prelabel_model_id
ORDER BY m.id DESC
"""


def models_of_project(
    session: Session, project_id: UUID, model_id: UUID | None = None
) -> list[ModelSummary]:
    """The newest first, or that one."""
    with driver_connection(session).cursor(row_factory=class_row(ModelSummary)) as cursor:
        return cursor.execute(_MODELS, {"project": project_id, "model": model_id}).fetchall()


def project_of_model(session: Session, organization_id: UUID, model_id: UUID) -> UUID | None:
    row = (
        driver_connection(session)
        .execute(
            "SELECT project_id FROM prediction_model "
            "WHERE organization_id = %b AND id = %b AND deleted_at IS NULL",
            (organization_id, model_id),
        )
        .fetchone()
    )
    return row[0] if row else None


_IMAGES = """
SELECT p.asset_id, a.name AS asset_name, p.model_id, p.version_id, p.objects, p.confidence,
       p.updated_at
FROM prediction p
JOIN prediction_model m ON m.id = p.model_id AND m.deleted_at IS NULL
JOIN asset a ON a.id = p.asset_id AND a.deleted_at IS NULL
WHERE p.project_id = %(project)s
  AND (%(model)s::uuid IS NULL OR p.model_id = %(model)s)
  AND (%(asset)s::uuid IS NULL OR p.asset_id = %(asset)s)
  AND (%(confidence)s::float8 IS NULL OR p.confidence <= %(confidence)s)
  AND (%(after)s::uuid IS NULL OR p.version_id < %(after)s)
ORDER BY p.version_id DESC
LIMIT %(limit)s
"""


def page_of_predictions(
    session: Session,
    project_id: UUID,
    *,
    model_id: UUID | None,
    asset_id: UUID | None,
    max_confidence: float | None,
    after: UUID | None,
    limit: int,
) -> list[PredictedImage]:
    """Up to `limit + 1` images that models spoke of, the newest first."""
    parameters = {
        "project": project_id,
        "model": model_id,
        "asset": asset_id,
        "confidence": max_confidence,
        "after": after,
        "limit": limit + 1,
    }
    with driver_connection(session).cursor(row_factory=class_row(PredictedImage)) as cursor:
        return cursor.execute(_IMAGES, parameters).fetchall()


_FORGET = """
WITH gone AS (
    UPDATE prediction_model SET deleted_at = clock_timestamp() WHERE id = %(model)s
), heads AS (
    DELETE FROM prediction WHERE model_id = %(model)s
), unchosen AS (
    UPDATE project SET prelabel_model_id = NULL WHERE prelabel_model_id = %(model)s
)
UPDATE label SET current_version_id = NULL WHERE model_id = %(model)s
"""


def forget_model(session: Session, model_id: UUID) -> None:
    """Its predictions count for nothing any more; their versions stay in the images' history."""
    driver_connection(session).execute(_FORGET, {"model": model_id})


_CHOOSE = """
UPDATE project SET prelabel_model_id = %(model)s, prelabel_confidence = %(confidence)s
WHERE id = %(project)s
"""
# What nobody began yet begins with the model's version, or with an empty image where there is none.
_BEGIN_TASKS = """
UPDATE task t SET subject_version_id = p.version_id
FROM project, prediction p
WHERE project.id = %(project)s AND p.model_id = project.prelabel_model_id
  AND t.asset_id = p.asset_id AND t.stage = 'label' AND t.round = 1
  AND t.state IN ('open', 'waiting', 'skipped')
  AND (%(assets)s::uuid[] IS NULL OR p.asset_id = ANY (%(assets)s))
  AND t.subject_version_id IS DISTINCT FROM p.version_id
"""
_END_BEGINNINGS = """
UPDATE task t SET subject_version_id = NULL
FROM label_version v JOIN label l ON l.id = v.label_id AND l.model_id IS NOT NULL
WHERE t.project_id = %(project)s AND t.subject_version_id = v.id AND t.stage = 'label'
  AND t.round = 1 AND t.state IN ('open', 'waiting', 'skipped')
"""


def choose_prelabels(
    session: Session, project_id: UUID, model_id: UUID | None, min_confidence: float
) -> None:
    """Let tasks that nobody began begin with what this model says, or with nothing."""
    connection = driver_connection(session)
    chosen = {"project": project_id, "model": model_id, "confidence": min_confidence}
    connection.execute(_CHOOSE, chosen)
    connection.execute(_END_BEGINNINGS, {"project": project_id})
    begin_with_predictions(session, project_id, None)


def begin_with_predictions(
    session: Session, project_id: UUID, asset_ids: Sequence[UUID] | None
) -> None:
    """Give the project's chosen predictions to the tasks of these images, or of all."""
    driver_connection(session).execute(
        _BEGIN_TASKS,
        {"project": project_id, "assets": None if asset_ids is None else list(asset_ids)},
    )


def min_confidence_of(session: Session, project_id: UUID) -> float:
    row = (
        driver_connection(session)
        .execute("SELECT prelabel_confidence FROM project WHERE id = %b", (project_id,))
        .fetchone()
    )
    return float(row[0]) if row else 0.0
