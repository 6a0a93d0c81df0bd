"""Every statement about labels, their versions, objects, masks and drafts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from maskwright.annotations.checking import CheckedObjects, ObjectRow
from maskwright.annotations.columns import (
    VERSION_TYPES,
    mask_columns,
    object_columns,
    version_values,
)
from maskwright.annotations.domain import (
    StoredObject,
    VersionKind,
    VersionRef,
    WorkPlace,
)
from maskwright.annotations.masks import MaskRow
from maskwright.db.driver import driver_connection
from maskwright.db.lane import Lane
from maskwright.db.statements import Statement
from maskwright.kernel.ids import new_id
from maskwright.masks.codec import unpack

# Drafts


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A label of its author, and its draft where there is one (`version` is None otherwise).

    `last_seq` maps a client to [the last sequence taken in, the draft's version that made].
    """

    label_id: UUID
    version: int | None
    active_ms: int
    last_seq: dict[str, list[int]]
    saved_at: datetime | None
    image_attributes: dict[str, object]


_DRAFT = """
SELECT l.id, d.version, coalesce(d.active_ms, 0), coalesce(d.last_seq, '{}'), d.saved_at,
       coalesce(d.image_attributes, '{}')
FROM label l LEFT JOIN draft d ON d.label_id = l.id
WHERE l.task_id = %b AND l.author_id = %b
ORDER BY l.round DESC
LIMIT 1
"""


def find_draft(
    session: Session, task_id: UUID, author_id: UUID, *, lock: bool = False
) -> DraftRow | None:
    """This author's label on this task; `lock` makes other saves of it wait."""
    statement = f"{_DRAFT} FOR UPDATE OF l" if lock else _DRAFT
    cursor = driver_connection(session).execute(statement, (task_id, author_id), prepare=True)
    row = cursor.fetchone()
    return DraftRow(*row) if row else None


_START_LABEL = """
INSERT INTO label (id, organization_id, project_id, asset_id, task_id, author_id)
VALUES (%b, %b, %b, %b, %b, %b)
ON CONFLICT (task_id, author_id, round) DO NOTHING
"""


def start_label(session: Session, place: WorkPlace) -> None:
    """Make the author's label on this task, unless it is there."""
    driver_connection(session).execute(
        _START_LABEL,
        (
            new_id(),
            place.organization_id,
            place.project_id,
            place.asset_id,
            place.task_id,
            place.author_id,
        ),
    )


_SAVE_DRAFT = """
INSERT INTO draft (
    organization_id, label_id, project_id, task_id, author_id, version, ontology_version,
    active_ms, last_seq, image_attributes)
VALUES (
    %(organization)s, %(label)s, %(project)s, %(task)s, %(author)s, %(version)s, %(ontology)s,
    %(active_ms)s, %(last_seq)s, coalesce(%(image_attributes)s::jsonb, '{}'))
ON CONFLICT (label_id) DO UPDATE SET
    version = excluded.version,
    ontology_version = excluded.ontology_version,
    active_ms = greatest(draft.active_ms, excluded.active_ms),
    last_seq = excluded.last_seq,
    image_attributes = coalesce(%(image_attributes)s::jsonb, draft.image_attributes),
    saved_at = clock_timestamp()
RETURNING saved_at
"""


def save_draft(
    session: Session,
    place: WorkPlace,
    label_id: UUID,
    *,
    version: int,
    active_ms: int,
    last_seq: Mapping[str, Sequence[int]],
    image_attributes: str | None,
) -> datetime:
    """Write the draft's head; returns the database's time of it.

    image_attributes  a JSON text; None leaves them as they are
    """
    cursor = driver_connection(session).execute(
        _SAVE_DRAFT,
        {
            "organization": place.organization_id,
            "label": label_id,
            "project": place.project_id,
            "task": place.task_id,
            "author": place.author_id,
            "version": version,
            "ontology": place.ontology_version,
            "active_ms": active_ms,
            "last_seq": Jsonb(last_seq),
            "image_attributes": image_attributes,
        },
    )
    row = cursor.fetchone()
    if row is None:
        raise LookupError("A draft was saved and is not there.")
    saved_at: datetime = row[0]
    return saved_at


# Foreign keys are checked when the statement ends. The first save comes as version 2.
_BEGIN_DRAFT = """
WITH own AS (
    INSERT INTO label (id, organization_id, project_id, asset_id, task_id, author_id)
    SELECT %(new_label)s, t.organization_id, t.project_id, t.asset_id, t.id, %(author)s
    FROM task t WHERE t.id = %(task)s
    ON CONFLICT (task_id, author_id, round) DO UPDATE SET author_id = excluded.author_id
    RETURNING id, organization_id, project_id
), begun AS (
    INSERT INTO draft (
        organization_id, label_id, project_id, task_id, author_id, version, ontology_version,
        active_ms, last_seq, image_attributes)
    SELECT own.organization_id, own.id, own.project_id, %(task)s, %(author)s, 1,
           v.ontology_version, 0, '{}', v.image_attributes
    FROM own JOIN label_version v ON v.id = %(version)s
    ON CONFLICT (label_id) DO NOTHING
    RETURNING label_id
)
INSERT INTO draft_object (
    organization_id, label_id, key, class_id, layer, "order", mask_id, attributes, provenance,
    relationships)
SELECT o.organization_id, begun.label_id, o.key, o.class_id, o.layer, o."order", o.mask_id,
       o.attributes, o.provenance, o.relationships
FROM begun
JOIN label_object o ON o.version_id = %(version)s
JOIN label_version v ON v.id = o.version_id
JOIN label l ON l.id = v.label_id
JOIN project p ON p.id = l.project_id
WHERE l.model_id IS NULL
   OR coalesce((o.provenance ->> 'confidence')::float8, 1) >= p.prelabel_confidence
"""


def begin_draft_with_version(
    session: Session, task_id: UUID, author_id: UUID, version_id: UUID
) -> None:
    """Copy a version into the author's draft on a task, unless he has one."""
    driver_connection(session).execute(
        _BEGIN_DRAFT,
        {"new_label": new_id(), "task": task_id, "author": author_id, "version": version_id},
    )


_DELETE_DRAFT = """
DELETE FROM draft USING label b
WHERE b.task_id = %b AND b.author_id = %b AND draft.label_id = b.id
"""


def delete_draft(session: Session, task_id: UUID, author_id: UUID) -> None:
    driver_connection(session).execute(_DELETE_DRAFT, (task_id, author_id))


_INSERT_MASKS = """
INSERT INTO mask (id, organization_id, asset_id, sha256, counts, area, bbox)
SELECT m.id, %(organization)s, %(asset)s, m.sha256, m.counts, m.area, ARRAY[m.x, m.y, m.w, m.h]
FROM unnest(
    %(mask_ids)b::uuid[], %(sha256s)b::bytea[], %(counts)b::bytea[], %(areas)b::bigint[],
    %(xs)b::integer[], %(ys)b::integer[], %(widths)b::integer[], %(heights)b::integer[]
) AS m (id, sha256, counts, area, x, y, w, h)
ON CONFLICT DO NOTHING
"""


def store_masks(session: Session, place: WorkPlace, masks: Sequence[MaskRow]) -> None:
    """Store what is not there yet."""
    if masks:
        driver_connection(session).execute(
            _INSERT_MASKS, {**_place(place), **mask_columns(masks)}, prepare=True
        )


_UPSERT_OBJECTS = """
INSERT INTO draft_object (
    organization_id, label_id, key, class_id, layer, "order", mask_id, attributes, provenance,
    relationships)
SELECT %(organization)s, %(label)s, o.key, o.class_id, o.layer, o.place, o.mask_id,
       o.attributes::jsonb, o.provenance::jsonb, o.relationships::jsonb
FROM unnest(
    %(keys)b::uuid[], %(class_ids)b::uuid[], %(layers)b::integer[], %(orders)b::integer[],
    %(object_mask_ids)b::uuid[], %(attributes)b::text[], %(provenances)b::text[],
    %(relationships)b::text[]
) AS o (key, class_id, layer, place, mask_id, attributes, provenance, relationships)
ON CONFLICT (label_id, key) DO UPDATE SET
    class_id = excluded.class_id, layer = excluded.layer, "order" = excluded."order",
    mask_id = excluded.mask_id, attributes = excluded.attributes,
    provenance = excluded.provenance, relationships = excluded.relationships
"""


def upsert_draft_objects(
    session: Session, place: WorkPlace, label_id: UUID, objects: Sequence[ObjectRow]
) -> None:
    if objects:
        driver_connection(session).execute(
            _UPSERT_OBJECTS,
            {**_place(place), "label": label_id, **object_columns(objects)},
            prepare=True,
        )


def delete_draft_objects(session: Session, label_id: UUID, keys: Sequence[UUID]) -> None:
    if keys:
        driver_connection(session).execute(
            "DELETE FROM draft_object WHERE label_id = %b AND key = ANY (%b)",
            (label_id, list(keys)),
        )


def count_draft_objects(session: Session, label_id: UUID) -> int:
    cursor = driver_connection(session).execute(
        "SELECT count(*) FROM draft_object WHERE label_id = %b", (label_id,)
    )
    row = cursor.fetchone()
    return int(row[0]) if row else 0


_DRAFT_MASKS = """
SELECT o.key, m.id, m.counts
FROM label l
JOIN draft_object o ON o.label_id = l.id
JOIN mask m ON m.id = o.mask_id
WHERE l.task_id = %b AND l.author_id = %b AND o.key = ANY (%b)
"""


def masks_of_draft(
    lane: Lane, task_id: UUID, author_id: UUID, keys: Sequence[UUID]
) -> list[tuple[UUID, UUID, bytes]]:
    """(key, mask id, deflated counts) of those of these objects that the draft has."""
    cursor = driver_connection(lane).execute(
        _DRAFT_MASKS, (task_id, author_id, list(keys)), binary=True
    )
    return [(key, id_, counts) for key, id_, counts in cursor]


_SURROUNDINGS = """
SELECT o.key, o.class_id, o.layer, m.counts
FROM label l
JOIN label_version v ON v.id = l.current_version_id AND v.kind = 'surroundings'
JOIN label_object o ON o.version_id = v.id
JOIN mask m ON m.id = o.mask_id
WHERE l.task_id = %b AND l.author_id IS NULL
"""


def surroundings_of_task(lane: Lane, task_id: UUID) -> list[tuple[UUID, UUID, int, bytes]]:
    """(key, class, layer, deflated counts) of what is shown around the region of a task."""
    cursor = driver_connection(lane).execute(_SURROUNDINGS, (task_id,), binary=True)
    return [(key, class_id, layer, counts) for key, class_id, layer, counts in cursor]


_DRAFT_OBJECTS = """
SELECT o.key, o.class_id, o.layer, o."order", a.height, a.width, m.counts, o.attributes,
       o.provenance, o.relationships
FROM draft_object o JOIN mask m ON m.id = o.mask_id JOIN asset a ON a.id = m.asset_id
WHERE o.label_id = %b
ORDER BY o.layer, o."order", o.key
"""


def objects_of_draft(session: Session, label_id: UUID) -> tuple[StoredObject, ...]:
    cursor = driver_connection(session).execute(_DRAFT_OBJECTS, (label_id,), binary=True)
    return tuple(_stored_object(row) for row in cursor)


# Versions

# A function in the database: see migrations/versions/…_the_busiest_statements
_WRITE_VERSION = Statement.calling("write_label_version", VERSION_TYPES)


def write_version(
    lane: Lane,
    place: WorkPlace,
    kind: VersionKind,
    checked: CheckedObjects,
    *,
    active_ms: int,
) -> VersionRef:
    """Append a version to the author's label on this task, which is made where it is not there.

    Unless it is an orphan it becomes the label's current version, save for a gold task, and the
    draft goes.
    """
    values = version_values(place, kind, checked, active_ms=active_ms)
    row = lane.one(_WRITE_VERSION, *_WRITE_VERSION.ordered(values))
    if row is None:
        raise LookupError("A version was written and is not there.")
    return VersionRef(values["version"], row[0])


_PROJECT_OF_ASSET = """
SELECT p.id FROM asset a JOIN project p ON p.id = a.project_id
WHERE a.id = %b AND a.organization_id = %b AND a.deleted_at IS NULL AND p.deleted_at IS NULL
"""


def project_of_asset(session: Session, organization_id: UUID, asset_id: UUID) -> UUID | None:
    cursor = driver_connection(session).execute(_PROJECT_OF_ASSET, (asset_id, organization_id))
    row = cursor.fetchone()
    return row[0] if row else None


_VERSION_OBJECTS = """
SELECT o.key, o.class_id, o.layer, o."order", a.height, a.width, m.counts, o.attributes,
       o.provenance, o.relationships
FROM label_object o JOIN mask m ON m.id = o.mask_id JOIN asset a ON a.id = m.asset_id
WHERE o.version_id = %b
ORDER BY o.layer, o."order", o.key
"""


def objects_of_version(session: Session, version_id: UUID) -> tuple[StoredObject, ...]:
    cursor = driver_connection(session).execute(_VERSION_OBJECTS, (version_id,), binary=True)
    return tuple(_stored_object(row) for row in cursor)


def image_answers_of_version(session: Session, version_id: UUID) -> dict[str, object]:
    statement = "SELECT image_attributes FROM label_version WHERE id = %b"
    row = driver_connection(session).execute(statement, (version_id,)).fetchone()
    return row[0] if row else {}


def _stored_object(row: tuple[Any, ...]) -> StoredObject:
    key, class_id, layer, order, height, width, counts, attributes, provenance, relations = row
    size = (height, width)
    text = unpack(counts, size).counts.decode("ascii")
    return StoredObject(key, class_id, layer, order, size, text, attributes, provenance, relations)


def _place(place: WorkPlace) -> dict[str, Any]:
    return {"organization": place.organization_id, "asset": place.asset_id}
